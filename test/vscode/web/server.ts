import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve } from 'node:path';
import { settings } from '../workbench/settings';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export interface WebOptions {
  /** Folder of code-server. */
  readonly workbench: string;
  /** Folder of the extension, as it is installed. */
  readonly extension: string;
  readonly locale?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * A server of files and nothing else, with the page of a workbench: no extension host is on this side, so that all extensions run in
 * the browser, as on vscode.dev and github.dev. The workspace is a virtual one.
 */
export class WebServer {
  #server: Server | undefined;
  authority = '';
  /** The workspace, as the workbench names it. */
  readonly workspace = '/workspace';

  constructor(private readonly options: WebOptions) {}

  get url(): string {
    return `http://${this.authority}/`;
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    this.authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  /** The workspace lives in the page. */
  restore(): void {}

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
  }

  #answer({ url = '/' }: IncomingMessage, response: ServerResponse): void {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    try {
      const [type, body] = this.#file(path);
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(body);
    } catch {
      response.writeHead(404);
      response.end();
    }
  }

  #file(path: string): [type: string, body: Buffer | string] {
    if (path === '/') return ['text/html', this.#page()];
    if (path === '/workspace.json') return ['application/json', workspace()];
    const { locale, extension } = this.options;
    // A gallery gives out the words of the user's language under this name.
    if (path === '/coroscope/package.nls.json' && locale)
      return ['application/json', readFileSync(join(extension, `package.nls.${locale}.json`))];
    const code = join(this.options.workbench, 'lib/vscode');
    const folders = {
      '/out/': join(code, 'out'),
      '/extensions/': join(code, 'extensions'),
      '/coroscope/': extension,
      '/files/': resolve('test/vscode/web/files'),
    };
    for (const [prefix, folder] of Object.entries(folders)) {
      if (!path.startsWith(prefix)) continue;
      const body = readFileSync(join(folder, path.slice(prefix.length)));
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      if (path.endsWith('/workbench/workbench.js')) return [type, withoutRemote(body.toString())];
      return [type, body];
    }
    throw new Error(`There is no ${path}.`);
  }

  #page(): string {
    const { locale, settings: more } = this.options;
    const at = (path: string) => ({ scheme: 'http', authority: this.authority, path });
    const configuration = {
      folderUri: { scheme: 'tests', path: this.workspace },
      additionalBuiltinExtensions: [at('/coroscope'), at('/files')],
      webviewEndpoint: `${this.url}out/vs/workbench/contrib/webview/browser/pre`,
      configurationDefaults: { ...settings, ...more },
      userDataPath: '/user',
      isEnabledFileDownloads: true,
      isEnabledFileUploads: true,
      isEnabledCoderGettingStarted: false,
    };
    const data = (value: unknown) => JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const base = `${this.url}out/`;
    return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta id="vscode-workbench-web-configuration" data-settings="${data(configuration)}">
<link rel="stylesheet" href="${base}vs/code/browser/workbench/workbench.css">
</head>
<body aria-label=""></body>
<script>globalThis._VSCODE_FILE_ROOT = ${JSON.stringify(base)};</script>
<script type="module" src="${base}nls.messages.js"></script>
${locale ? `<script type="module">globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(locale)};</script>` : ''}
<script type="module" src="${base}vs/code/browser/workbench/workbench.js"></script>
</html>
`;
  }
}

/** code-server takes the server of its page for a remote machine, and keeps what the user changes there. VS Code itself does neither. */
function withoutRemote(script: string): string {
  const local = script
    .replace('remoteAuthority:location.host', 'remoteAuthority:undefined')
    .replace(/(\(this\.userDataPath\)\.with\(\{scheme:\w+\.)vscodeRemote/, '$1vscodeUserData');
  if (
    local.length !==
    script.length + 'undefined'.length - 'location.host'.length + 'UserData'.length - 'Remote'.length
  )
    throw new Error('This workbench is made in another way.');
  return local;
}

/** Asks after it has thrown dice. */
const DICE = `import asyncio
import random


async def main():
    thrown = random.randrange(10**9)
    print("thrown", thrown)
    input("Again? ")
    await asyncio.sleep(1)
    print("still", thrown)


asyncio.run(main())
`;

/** The texts of the workspace, by their paths. */
function workspace(): string {
  const folder = resolve('test/vscode/workspace');
  const texts = readdirSync(folder).map((name) => [`/workspace/${name}`, readFileSync(join(folder, name), 'utf8')]);
  return JSON.stringify({ ...Object.fromEntries(texts), '/workspace/dice.py': DICE });
}
