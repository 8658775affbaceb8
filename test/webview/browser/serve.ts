import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inMemory } from '../../../src/core/trace/source';
import { type HtmlPage, htmlPage } from '../../../src/export/html';
import { type ThemeName, themes } from './themes';

/** Serves the bundle as the panel does: same markup, same strict policy, theme variables on the root element. */

const NONCE = 'dGVzdC1ub25jZQ';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What an exported page holds. */
export interface Exported extends Pick<HtmlPage, 'sources' | 'shapes'> {
  readonly trace: Uint8Array;
}

/** @param bundle folder with `main.js`, `main.css` and the icon font. @param pages exported pages by name */
export async function serve(bundle: string, pages: ReadonlyMap<string, Exported>): Promise<PageServer> {
  const starts: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const origin = `http://${request.headers.host}`;
    const html = { 'content-type': 'text/html; charset=utf-8' };
    if (url.pathname === '/panel') {
      const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${origin}; font-src ${origin}`;
      const theme = (url.searchParams.get('theme') ?? 'dark') as ThemeName;
      const start = url.searchParams.get('start');
      response.writeHead(200, { ...html, 'content-security-policy': policy }).end(panel(theme, start));
      return;
    }
    // A script that a panel begins with: it is handed over, and fetched by the page.
    if (url.pathname === '/start' && request.method === 'POST') {
      response.end(String(starts.push(await text(request)) - 1));
      return;
    }
    if (url.pathname === '/start') {
      const script = starts[Number(url.searchParams.get('id'))];
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
      return;
    }
    // Its policy stands in the page itself.
    const page = url.pathname === '/exported' && pages.get(url.searchParams.get('name') ?? '');
    if (page) {
      response.writeHead(200, html).end(exported(bundle, page));
      return;
    }
    if (url.pathname === '/theme.css') {
      response.writeHead(200, { 'content-type': 'text/css' });
      response.end(themeCss((url.searchParams.get('theme') ?? 'dark') as ThemeName));
      return;
    }
    try {
      const body = readFileSync(join(bundle, url.pathname.replace(/[^\w.-]/g, '')));
      response.writeHead(200, {
        'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream',
        // With it in the browser's cache the compiled script is kept, too.
        'cache-control': 'max-age=3600',
      });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

export function themeCss(theme: ThemeName): string {
  const lines = Object.entries(themes[theme].variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `html { ${lines.join(' ')} }`;
}

function panel(theme: ThemeName, start: string | null): string {
  const first = start === null ? '' : `<script nonce="${NONCE}" src="start?id=${Number(start)}"></script>`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Coroscope</title>
<link rel="stylesheet" href="theme.css?theme=${theme}"><link rel="stylesheet" href="main.css"></head>
<body class="${themes[theme].bodyClass}">${first}<script nonce="${NONCE}" src="main.js"></script></body></html>`;
}

function exported(bundle: string, { trace, sources, shapes }: Exported): string {
  const about = { locale: 'en', words: {}, root: '/project', title: 'Coroscope', assets: dirname(bundle) };
  return [...htmlPage({ trace: inMemory(trace), sources, shapes, ...about })].join('');
}
