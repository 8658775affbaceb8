import { Uri, workspace } from 'vscode';
import type { FileHost } from '../../editor/host/host';
import { base64 } from '../../export/base64';
import { dense } from '../../export/dense';
import { type Part, pageParts } from '../../export/page';
import type { Reading } from '../../export/sources';
import { gzip } from './gzip';
import { pathsOfUris } from './paths';

/** Files through VS Code, which gives no parts of them. @param assets the `dist` folder */
export function fileHost(assets: Uri): FileHost {
  return {
    stored: async () => undefined,
    sources,
    async page(page) {
      const folder = Uri.joinPath(assets, 'webview');
      const names = ['main.js', 'main.css', 'codicon.ttf'];
      const read = await Promise.all(
        names.map(async (name) => [name, await workspace.fs.readFile(Uri.joinPath(folder, name))] as const),
      );
      const files = new Map(read);
      const texts: string[] = [];
      for (const part of pageParts(page, (name) => files.get(name))) texts.push(await made(part));
      return texts.join('');
    },
  };
}

/** What is open and saved in the editor: a run there is of one document, and its text is known. */
function sources({ known = [], folders }: Reading): (file: string) => string | undefined {
  return (file) => {
    const text = known.find((document) => document.file === file)?.text;
    if (text !== undefined) return text;
    if (!/\.(pyw?|md|markdown|mdx|mkd)$/i.test(file)) return undefined;
    if (!folders.some((folder) => pathsOfUris.relative(folder, file).split('/')[0] !== '..')) return undefined;
    return workspace.textDocuments.find(({ uri, isDirty }) => uri.path === file && !isDirty)?.getText();
  };
}

async function made(part: Part): Promise<string> {
  if (typeof part === 'string') return part;
  const encoder = new TextEncoder();
  if ('hash' in part) {
    const sum = await crypto.subtle.digest('SHA-256', encoder.encode(part.hash));
    return `sha256-${base64(new Uint8Array(sum))}`;
  }
  const bytes = await gzip(typeof part.pack === 'string' ? encoder.encode(part.pack) : new Uint8Array(part.pack));
  return part.as === 'dense' ? dense(bytes) : base64(bytes);
}
