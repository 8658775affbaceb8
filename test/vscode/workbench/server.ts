import { type ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../checks';
import { clearing, settings } from './settings';

export interface ServerOptions {
  /** Folder of code-server. */
  readonly workbench: string;
  /** Extensions that are installed. */
  readonly extensions: string;
  readonly locale?: string;
  /** The folder that the workspace is a copy of; `test/vscode/workspace` without it. */
  readonly workspace?: string;
  /** Ask before trusting a workspace, as VS Code does. */
  readonly trust?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The extensions of VS Code's own that a Python file, a note, a notebook or a theme needs. Without the others (Git, debuggers, an assistant)
 * a workbench starts in half the processor time.
 */
const BUILT_IN = [
  'configuration-editing',
  'diff',
  'ipynb',
  'json',
  'log',
  'markdown-basics',
  'markdown-language-features',
  'notebook-renderers',
  'python',
  'theme-defaults',
  'theme-seti',
  'yaml',
];

/** A VS Code server with a throw-away profile and a copy of the test workspace. */
export class Server {
  readonly #home = mkdtempSync(join(tmpdir(), 'coroscope-vscode-'));
  readonly workspace = join(this.#home, 'workspace');
  #process: ChildProcess | undefined;
  authority = '';

  constructor(private readonly options: ServerOptions) {}

  get url(): string {
    return `http://${this.authority}/?folder=${encodeURIComponent(this.workspace)}`;
  }

  async start(): Promise<this> {
    this.restore();
    const at = (...parts: string[]) => join(this.#home, ...parts);
    for (const folder of ['data/User', 'run', 'me']) mkdirSync(at(folder), { recursive: true });
    const trust = this.options.trust === true;
    const chosen = { ...settings, 'security.workspace.trust.enabled': trust, ...this.options.settings };
    writeFileSync(at('data/User/settings.json'), JSON.stringify(chosen));
    writeFileSync(at('data/User/keybindings.json'), JSON.stringify([clearing]));
    writeFileSync(at('config.yaml'), '');
    // What the first run of the embedded Python makes for those after it: one for all of these servers.
    const made = resolve('node_modules/.cache/coroscope');
    for (const folder of [made, at('data/User/globalStorage/coroscope.coroscope')])
      mkdirSync(folder, { recursive: true });
    symlinkSync(made, at('data/User/globalStorage/coroscope.coroscope/cache'));
    mkdirSync(at('built-in'));
    for (const name of BUILT_IN)
      symlinkSync(join(this.options.workbench, 'lib/vscode/extensions', name), at('built-in', name));
    this.authority = `127.0.0.1:${await freePort()}`;
    const log = openSync(at('log'), 'w');
    const { PATH = '' } = process.env;
    const args = [join(this.options.workbench, 'out/node/entry.js'), ...this.#arguments(at)];
    this.#process = spawn(process.execPath, args, {
      // A group of its own: the server forks hosts and watchers, and all of them have to go.
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        PATH,
        LANG: 'C.UTF-8',
        HOME: at('me'),
        XDG_RUNTIME_DIR: at('run'),
        EXTENSIONS_GALLERY: '{}',
        ...this.options.env,
      },
    });
    closeSync(log);
    process.once('exit', this.#kill);
    await until('the server', async () => {
      if (this.#process?.exitCode !== null) throw new Error(readFileSync(at('log'), 'utf8'));
      return (await fetch(`http://${this.authority}/healthz`)).ok;
    });
    return this;
  }

  /** Puts the files of the workspace back as they are at the start. */
  restore(): void {
    const original = resolve(this.options.workspace ?? 'test/vscode/workspace');
    mkdirSync(this.workspace, { recursive: true });
    for (const name of readdirSync(this.workspace))
      if (!existsSync(join(original, name))) rmSync(join(this.workspace, name), { recursive: true });
    for (const name of readdirSync(original)) {
      const [from, to] = [join(original, name), join(this.workspace, name)];
      // What is as it should be stays: the workbench need not look at it again.
      if (!existsSync(to) || !readFileSync(to).equals(readFileSync(from))) copyFileSync(from, to);
    }
  }

  async stop(): Promise<void> {
    const server = this.#process;
    const gone = new Promise((done) => server?.once('exit', done));
    this.#kill();
    await gone;
    process.off('exit', this.#kill);
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 8, retryDelay: 250 });
  }

  readonly #kill = (): void => {
    if (this.#process?.pid === undefined || this.#process.exitCode !== null) return;
    try {
      process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  };

  #arguments(at: (...parts: string[]) => string): string[] {
    const switches = [
      'disable-telemetry',
      'disable-update-check',
      'disable-proxy',
      'disable-getting-started-override',
      'ignore-last-opened',
    ];
    if (!this.options.trust) switches.push('disable-workspace-trust');
    const values = {
      'bind-addr': this.authority,
      auth: 'none',
      config: at('config.yaml'),
      'user-data-dir': at('data'),
      'extensions-dir': this.options.extensions,
      'builtin-extensions-dir': at('built-in'),
      // A page that vanished would keep its extension host alive for hours.
      'reconnection-grace-time': '5',
      ...(this.options.locale ? { locale: this.#language(at, this.options.locale) } : {}),
    };
    return [
      ...switches.map((name) => `--${name}`),
      ...Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]),
    ];
  }

  /** A display language needs a language pack; an empty one leaves the workbench English and switches extensions over. */
  #language(at: (...parts: string[]) => string, locale: string): string {
    writeFileSync(at('pack.json'), JSON.stringify({ version: '1.0.0', contents: {} }));
    const pack = {
      hash: 'none',
      label: locale,
      extensions: [{ extensionIdentifier: { id: 'tests.language' }, version: '1.0.0' }],
      translations: { vscode: at('pack.json') },
    };
    writeFileSync(at('data/languagepacks.json'), JSON.stringify({ [locale]: pack }));
    return locale;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
