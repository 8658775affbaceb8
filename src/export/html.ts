import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { ShapesByFile } from '../core/protocol/shapes';
import type { SourceText } from '../core/protocol/source-text';
import type { TraceSource } from '../core/trace/source';
import { translator } from '../core/translate';
import { LOADER } from './loader';
import { dense, packed, packedTrace } from './pack';
import { wordsOf } from './page-words';

export interface HtmlPage {
  readonly trace: TraceSource;
  /** The older run that it is compared with. */
  readonly older?: { readonly trace: TraceSource; readonly label: string };
  /** The source that tasks ran, to show beside the timeline. */
  readonly sources?: readonly SourceText[];
  /** What the sources tell of how awaits are written, for findings. */
  readonly shapes?: ShapesByFile;
  /** `en`, `ko`, … and the messages of that language, English → translation. */
  readonly locale: string;
  readonly words: Readonly<Record<string, string>>;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  readonly title: string;
  /** The `dist` folder: `webview/main.js`, `webview/main.css`. */
  readonly assets: string;
}

/**
 * A self-contained page: the panel's own script and style, the trace and the source. It loads nothing, which its policy forbids;
 * names and texts of a program stay data. It is returned in pieces, so that a large trace is never in memory as a whole.
 * Script, style and trace are compressed; a few lines unpack them.
 * @throws if the webview is not built.
 */
export function* htmlPage(page: HtmlPage): Generator<string> {
  const { trace, older, sources = [], shapes = [], locale, words, root, title, assets } = page;
  const folder = join(assets, 'webview');
  const script = withoutMap(read(join(folder, 'main.js')));
  const style = withoutMap(withFonts(read(join(folder, 'main.css')), folder));
  const policy = [
    "default-src 'none'",
    // Hashes count for elements that the loader makes, too.
    `script-src '${hash(LOADER)}' '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'font-src data:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const t = translator(words);
  const about = packed(
    JSON.stringify({ locale, words: wordsOf(script, words), root, olderLabel: older?.label, sources, shapes }),
  );
  yield `<!DOCTYPE html>
<html lang="${attribute(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Coroscope">
<title>${text(title)}</title>
</head>
<body>
<p id="coroscope-wait">${text(t('Loading the timeline… If this line stays, the file is incomplete: get it again, or export it once more.'))}</p>
<script type="application/json" id="coroscope-data">{"about":"${about}","trace":`;
  // Behind a line that stays if the file ends in the middle of the data.
  yield* packedTrace(trace);
  if (older) {
    yield ',"older":';
    yield* packedTrace(older.trace);
  }
  yield `}</script>
<script type="application/json" id="coroscope-page">${json({
    style: dense(style),
    script: dense(script),
    trouble: t(
      'This page could not be opened. It needs a browser that can unpack gzip: Chrome or Edge 80, Firefox 113, Safari 16.4, or later.',
    ),
    damaged: t('This page is damaged. Get it again, or export it once more.'),
  })}</script>
<noscript>${text(t('This page needs JavaScript to draw the timeline. It loads nothing from elsewhere.'))}</noscript>
<script>${LOADER}</script>
</body>
</html>
`;
}

/** What browsers hash is the text after they have read it: with line feeds alone. */
function read(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\r\n?/g, '\n');
}

function hash(source: string): string {
  return `sha256-${createHash('sha256').update(source, 'utf8').digest('base64')}`;
}

function withoutMap(source: string): string {
  return source.replace(/\n\/\/# sourceMappingURL=.*\n*$/, '\n').replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '');
}

const TYPES: Readonly<Record<string, string>> = {
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

function withFonts(style: string, folder: string): string {
  return style.replaceAll(/url\((["']?)(?!data:|#)([^)"']+)\1\)/g, (whole, _quote, reference: string) => {
    const file = join(folder, basename(reference.replace(/[?#].*$/, '')));
    if (!existsSync(file)) return whole;
    return `url(data:${TYPES[extname(file)] ?? 'application/octet-stream'};base64,${readFileSync(file).toString('base64')})`;
  });
}

/** JSON that cannot close the element that contains it. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;');
}
