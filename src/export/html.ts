import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dense } from './dense';
import { type HtmlPage as Page, type Part, pageParts } from './page';

export interface HtmlPage extends Page {
  /** The `dist` folder: `webview/main.js`, `webview/main.css`. */
  readonly assets: string;
}

/** See `pageParts`. */
export function* htmlPage({ assets, ...page }: HtmlPage): Generator<string> {
  const read = (name: string) => {
    const file = join(assets, 'webview', name);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  for (const part of pageParts(page, read)) yield made(part);
}

function made(part: Part): string {
  if (typeof part === 'string') return part;
  if ('hash' in part) return `sha256-${createHash('sha256').update(part.hash, 'utf8').digest('base64')}`;
  const bytes = gzipSync(part.pack, { level: 9 });
  return part.as === 'dense' ? dense(bytes) : bytes.toString('base64');
}
