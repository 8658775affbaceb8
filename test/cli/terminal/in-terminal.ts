import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { dist } from '../../engines/here';
import { TerminalScreen } from './screen';

const PATIENCE = 60_000;

export interface InTerminal {
  readonly screen: TerminalScreen;
  /** All that came, with its escape codes. */
  raw(): string;
  type(text: string): void;
  resize(rows: number, columns: number): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the screen is as it should be; rejects if the command ends before. */
  until(what: string, isSo: (screen: TerminalScreen) => boolean): Promise<void>;
  /** The exit code. */
  readonly ended: Promise<number>;
}

export interface TerminalOptions {
  readonly rows?: number;
  readonly columns?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Runs the command in a terminal of its own, which Python makes. @param python any one */
export function inTerminal(
  python: string,
  args: readonly string[],
  { rows = 30, columns = 100, env = {}, cwd = process.cwd() }: TerminalOptions = {},
): InTerminal {
  const screen = new TerminalScreen(rows, columns);
  const command = [process.execPath, join(dist, 'cli.js'), ...args];
  const child = spawn(python, [join(__dirname, 'in_terminal.py'), JSON.stringify([rows, columns, ...command])], {
    cwd,
    env: {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      NO_COLOR: '',
      CI: '',
      TERM: 'xterm-256color',
      ...env,
    },
  });
  const order = (what: object) => child.stdin.write(`${JSON.stringify(what)}\n`);
  const decoder = new StringDecoder('utf8');
  let raw = '';
  let errors = '';
  let code: number | undefined;
  let changed = () => {};
  child.stdout.on('data', (data: Buffer) => {
    const text = decoder.write(data);
    raw += text;
    screen.write(text);
    changed();
  });
  child.stderr.on('data', (data) => (errors += data));
  child.stdin.on('error', () => {});
  const ended = new Promise<number>((resolve) => {
    child.on('close', (found) => {
      code = found ?? -1;
      changed();
      resolve(code);
    });
  });
  return {
    screen,
    raw: () => raw,
    type: (text) => order({ type: text }),
    resize(rows, columns) {
      screen.resize(rows, columns);
      order({ size: [rows, columns] });
    },
    signal: (signal) => order({ signal }),
    until: (what, isSo) =>
      new Promise((resolve, reject) => {
        const over = (error?: Error) => {
          clearTimeout(timer);
          changed = () => {};
          if (error) reject(error);
          else resolve();
        };
        const shown = () => `${what}:\n${screen.text}\n${errors}`;
        const timer = setTimeout(() => over(new Error(`It took too long until ${shown()}`)), PATIENCE);
        changed = () => {
          if (isSo(screen)) over();
          else if (code !== undefined) over(new Error(`It ended with ${code} before ${shown()}`));
        };
        changed();
      }),
    ended,
  };
}
