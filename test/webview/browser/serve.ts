import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { type ThemeName, themes } from './themes';

/** Serves the bundle as the panel does: same markup, same strict policy, theme variables on the root element. */

const NONCE = 'dGVzdC1ub25jZQ';
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' };

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param bundle folder with `main.js`, `main.css` and the icon font. @param embedded traces of exported pages by name, base64. */
export async function serve(bundle: string, embedded: ReadonlyMap<string, string>): Promise<PageServer> {
  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const origin = `http://${request.headers.host}`;
    if (url.pathname === '/panel' || url.pathname === '/exported') {
      const policy = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src ${origin}; font-src ${origin}`;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      const theme = (url.searchParams.get('theme') ?? 'dark') as ThemeName;
      response.end(
        url.pathname === '/panel' ? panel(theme) : exported(embedded.get(url.searchParams.get('name') ?? '') ?? ''),
      );
      return;
    }
    if (url.pathname === '/theme.css') {
      response.writeHead(200, { 'content-type': 'text/css' });
      response.end(themeCss((url.searchParams.get('theme') ?? 'dark') as ThemeName));
      return;
    }
    try {
      const body = readFileSync(join(bundle, url.pathname.replace(/[^\w.-]/g, '')));
      response.writeHead(200, { 'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream' });
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

function panel(theme: ThemeName): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Coroscope</title>
<link rel="stylesheet" href="theme.css?theme=${theme}"><link rel="stylesheet" href="main.css"></head>
<body class="${themes[theme].bodyClass}"><script nonce="${NONCE}" src="main.js"></script></body></html>`;
}

function exported(trace: string): string {
  const data = JSON.stringify({ trace, locale: 'en', words: {}, root: '/project' });
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Coroscope</title>
<link rel="stylesheet" href="main.css"></head><body>
<script type="application/json" id="coroscope-data">${data.replaceAll('<', '\\u003c')}</script>
<script nonce="${NONCE}" src="main.js"></script></body></html>`;
}
