import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { TraceSource } from '../core/trace/source';

export interface HtmlPage {
  readonly trace: TraceSource;
  /** The older run that it is compared with. */
  readonly beside?: { readonly trace: TraceSource; readonly label: string };
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
 * One page that holds everything: the panel's own script and style, and the trace. It loads nothing, and its policy forbids it to;
 * what a program put into names and texts stays data. It comes in pieces: of a large trace never all is in memory.
 * @throws if the webview is not built.
 */
export function* htmlPage({ trace, beside, locale, words, root, title, assets }: HtmlPage): Generator<string> {
  const folder = join(assets, 'webview');
  const script = escaped(read(join(folder, 'main.js')), 'script');
  const style = escaped(withFonts(read(join(folder, 'main.css')), folder), 'style');
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'font-src data:',
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const about = JSON.stringify({ locale, words, root, besideLabel: beside?.label }).replaceAll('<', '\\u003c');
  yield `<!DOCTYPE html>
<html lang="${attribute(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Coroscope">
<title>${text(title)}</title>
<style>`;
  yield style;
  // In the head: the script fills the body anew.
  yield `</style>
<script type="application/json" id="coroscope-data">${about.slice(0, -1)},"trace":"`;
  yield* base64(trace);
  if (beside) {
    yield '","beside":"';
    yield* base64(beside.trace);
  }
  yield `"}</script>
</head>
<body>
<script>`;
  yield script;
  yield '</script>\n</body>\n</html>\n';
}

/** Bytes of a piece: a multiple of three, so that none but the last is filled up. */
const PIECE = 3 << 18;

function* base64(trace: TraceSource): Generator<string> {
  for (let at = 0; at < trace.length; at += PIECE) {
    const { buffer, byteOffset, byteLength } = trace.bytes(at, Math.min(PIECE, trace.length - at));
    yield Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  }
}

/** What browsers hash is the text after they have read it: with line feeds alone. */
function read(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\r\n?/g, '\n');
}

function hash(source: string): string {
  return `sha256-${createHash('sha256').update(source, 'utf8').digest('base64')}`;
}

/** The end tag of the element that holds it must not stand inside; nor the marks that switch a script's parsing. */
function escaped(source: string, element: 'script' | 'style'): string {
  const ended = source.replaceAll(new RegExp(`</(?=${element})`, 'gi'), '<\\/').replaceAll('<!--', '<\\!--');
  return element === 'script'
    ? ended.replace(/\n\/\/# sourceMappingURL=.*\n*$/, '\n')
    : ended.replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '');
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

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(value: string): string {
  return text(value).replaceAll('"', '&quot;');
}
