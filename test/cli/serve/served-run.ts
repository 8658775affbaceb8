import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { join } from 'node:path';
import { dist } from '../../engines/here';

/** The command with `--serve`, in a process of its own. */
export interface ServedRun {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly child: ChildProcess;
  said(): { readonly stdout: string; readonly stderr: string };
  /** Resolves when stderr or stdout has a text. */
  until(text: string): Promise<void>;
  readonly ended: Promise<number | null>;
}

export async function served(args: readonly string[], cwd = process.cwd()): Promise<ServedRun> {
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], {
    cwd,
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', NO_COLOR: '1', BROWSER: 'none' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  let heard = () => {};
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (data) => {
      said[name] += data;
      heard();
    });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const until = (text: string) =>
    Promise.race([
      new Promise<void>((resolve) => {
        heard = () => (said.stdout + said.stderr).includes(text) && resolve();
        heard();
      }),
      ended.then((code) => {
        if (!(said.stdout + said.stderr).includes(text)) throw new Error(`It ended with ${code}: ${said.stderr}`);
      }),
    ]);
  await until('/\n');
  const [url, port, token] = /http:\/\/127\.0\.0\.1:(\d+)\/([\w-]+)\//.exec(said.stderr)!;
  return { url, port: Number(port), token, child, said: () => said, until, ended };
}

export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/** A request with any headers, also such as no browser would send. @param enough ends an answer that goes on */
export function ask(
  port: number,
  path: string,
  {
    method = 'GET',
    headers = {},
    enough = () => false,
  }: { method?: string; headers?: Record<string, string>; enough?: (body: string) => boolean } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      const done = () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) });
      response.on('data', (data: Buffer) => {
        parts.push(data);
        if (!enough(Buffer.concat(parts).toString())) return;
        done();
        asked.destroy();
      });
      response.on('end', done);
      response.on('error', () => {});
    });
    asked.on('error', reject);
    asked.end();
  });
}
