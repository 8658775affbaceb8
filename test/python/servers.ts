import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Real servers on a free port of the loopback, in folders of their own. */
export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** Undefined: this machine has none. */
export async function startRedis(): Promise<Server | undefined> {
  const command = found('redis-server', ['/usr/bin', '/usr/local/bin']);
  if (command === undefined) return undefined;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-redis-'));
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'];
  return started(spawn(command, options, { stdio: 'ignore' }), port, 'SIGTERM', folder);
}

/** Undefined: this machine has none. PostgreSQL refuses to run as root: then it runs as the user that its package makes. */
export async function startPostgres(): Promise<Server | undefined> {
  const folders = readFolder('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`);
  const initdb = found('initdb', folders);
  const command = found('postgres', folders);
  if (initdb === undefined || command === undefined) return undefined;
  const user = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  // That user cannot read a temporary folder of root's.
  const folder = mkdtempSync(join(user ? '/tmp' : tmpdir(), 'coroscope-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: folder };
  const as = { ...user, env, cwd: folder };
  execFileSync(initdb, ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8'], {
    ...as,
    stdio: 'ignore',
  });
  const port = await freePort();
  const options = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
  // SIGINT: without waiting for clients.
  return started(spawn(command, options, { ...as, stdio: 'ignore' }), port, 'SIGINT', folder);
}

async function started(child: ChildProcess, port: number, signal: NodeJS.Signals, folder: string): Promise<Server> {
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const end = async () => {
    child.kill(signal);
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const last = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`The server ended with exit code ${child.exitCode}.`);
    if (Date.now() > last) {
      await end();
      throw new Error('The server does not answer.');
    }
    await new Promise((done) => setTimeout(done, 50));
  }
  return { port, stop: end };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

function found(name: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

function readFolder(path: string): string[] {
  return existsSync(path) ? readdirSync(path) : [];
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
