import { baseName } from '../core/places/base-name';
import type { ShapesByFile } from '../core/protocol/shapes';
import type { SourceText } from '../core/protocol/source-text';
import type { TraceSource } from '../core/trace/source';
import { translator } from '../core/translate';
import { base64 } from './base64';
import { LOADER } from './loader';
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
}

/** A file of the panel's page (`main.js`, `main.css`, a font). Undefined: there is none of this name. */
export type ReadAsset = (name: string) => Uint8Array | undefined;

/** A part of a page; what is no text is for the host to make: only Node does it at once. */
export type Part =
  | string
  /** gzip, in the letters of base64, or of `dense`. */
  | { readonly pack: Uint8Array | string; readonly as: 'base64' | 'dense' }
  /** As a policy names it. */
  | { readonly hash: string };

/** Bytes to compress at once, so that a large trace is never in memory as a whole. */
const PIECE = 4 << 20;

/**
 * A self-contained page: the panel's own script and style, the trace and the source. It loads nothing, which its policy forbids;
 * names and texts of a program stay data. It is returned in pieces, so that a large trace is never in memory as a whole.
 * Script, style and trace are compressed; a few lines unpack them.
 * @throws if the webview is not built.
 */
export function* pageParts(page: HtmlPage, asset: ReadAsset): Generator<Part> {
  const { trace, older, sources = [], shapes = [], locale, words, root, title } = page;
  const script = withoutMap(textOf(asset, 'main.js'));
  const style = withoutMap(withFonts(textOf(asset, 'main.css'), asset));
  const t = translator(words);
  const about = JSON.stringify({
    locale,
    words: wordsOf(script, words),
    root,
    olderLabel: older?.label,
    sources,
    shapes,
  });
  yield `<!DOCTYPE html>
<html lang="${attribute(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src '`;
  // Hashes count for elements that the loader makes, too.
  yield { hash: LOADER };
  yield "' '";
  yield { hash: script };
  yield "'; style-src '";
  yield { hash: style };
  yield `'; font-src data:; img-src data: blob:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Coroscope">
<title>${text(title)}</title>
</head>
<body>
<p id="coroscope-wait">${text(t('Loading the timeline… If this line stays, the file is incomplete: get it again, or export it once more.'))}</p>
<script type="application/json" id="coroscope-data">{"about":"`;
  yield { pack: about, as: 'base64' };
  yield '","trace":';
  // Behind a line that stays if the file ends in the middle of the data.
  yield* packedTrace(trace);
  if (older) {
    yield ',"older":';
    yield* packedTrace(older.trace);
  }
  yield `}</script>
<script type="application/json" id="coroscope-page">{"style":"`;
  yield { pack: style, as: 'dense' };
  yield '","script":"';
  yield { pack: script, as: 'dense' };
  yield `",${json({
    trouble: t(
      'This page could not be opened. It needs a browser that can unpack gzip: Chrome or Edge 80, Firefox 113, Safari 16.4, or later.',
    ),
    damaged: t('This page is damaged. Get it again, or export it once more.'),
  }).slice(1)}</script>
<noscript>${text(t('This page needs JavaScript to draw the timeline. It loads nothing from elsewhere.'))}</noscript>
<script>${LOADER}</script>
</body>
</html>
`;
}

/** A trace as JSON text: an array of packed pieces. Browsers refuse a stream of several gzip members, so each piece is one by itself. */
function* packedTrace(trace: TraceSource): Generator<Part> {
  yield '[';
  for (let at = 0; at < trace.length; at += PIECE) {
    yield at > 0 ? ',"' : '"';
    yield { pack: trace.bytes(at, Math.min(PIECE, trace.length - at)), as: 'base64' };
    yield '"';
  }
  yield ']';
}

/** What browsers hash is the text after they have read it: with line feeds alone. */
function textOf(asset: ReadAsset, name: string): string {
  const bytes = asset(name);
  if (!bytes) throw new Error(`Coroscope is not fully installed: ${name} is missing.`);
  return new TextDecoder().decode(bytes).replaceAll(/\r\n?/g, '\n');
}

function withoutMap(source: string): string {
  return source.replace(/\n\/\/# sourceMappingURL=.*\n*$/, '\n').replace(/\/\*# sourceMappingURL=.*?\*\/\s*$/, '');
}

const TYPES: Readonly<Record<string, string>> = {
  ttf: 'font/ttf',
  woff: 'font/woff',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
};

function withFonts(style: string, asset: ReadAsset): string {
  return style.replaceAll(/url\((["']?)(?!data:|#)([^)"']+)\1\)/g, (whole, _quote, reference: string) => {
    const name = baseName(reference.replace(/[?#].*$/, ''));
    const bytes = asset(name);
    if (!bytes) return whole;
    return `url(data:${TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'};base64,${base64(bytes)})`;
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
