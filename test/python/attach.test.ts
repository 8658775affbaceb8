import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { coroscope } from '../cli/coroscope';
import { violations } from '../core/truths';
import { allInterpreters, dist, program } from '../engines/here';

/** `coroscope attach`: processes that run already. */

const minor = (version: string) => Number(version.split('.')[1]);
const able = allInterpreters.filter(({ version }) => minor(version) >= 14);
const older = allInterpreters.filter(({ version }) => minor(version) < 14).at(-1);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** A process that has printed its first line. `ask` sends it a line, and gives the next one that it prints. */
async function started(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value as string;
  expect(await next()).toBe('up');
  const ask = (line: string) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  const end = async () => {
    child.stdin.end();
    const said = await next();
    if (child.exitCode === null) await once(child, 'exit');
    return [said, child.exitCode];
  };
  return { pid: child.pid!, ask, end };
}

/** What the command says, it says in its own time. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const service = resolve('test/python/attached.py');
const written = (path: string) => readTimeline(readFileSync(path));

describe.each(able)('$version', ({ command }) => {
  test('a process is as it was before, its tasks stand where they stood, and it loses none of its work', async () => {
    const { pid, ask, end } = await started(command, [service]);
    const trace = join(dirname(program('')), 'out.coroscope');
    const before = JSON.parse(await ask('fingerprint'));
    for (const _ of [1, 2]) {
      let during: Promise<string> | undefined;
      const { code, stderr } = await coroscope(['attach', String(pid), '--trace', trace], {
        stdin: null,
        act: (kill, _stdout, _pid, said) => {
          during = until(() => said().includes('2 event loops'))
            .then(() => ask('fingerprint'))
            .finally(() => kill('SIGINT'));
        },
      });
      expect(stderr).toContain(`Process ${pid} goes on, unrecorded.`);
      expect(code).toBe(0);
      // The fingerprint does see it.
      expect(JSON.parse(await during!)).not.toEqual(before);
      expect(JSON.parse(await ask('fingerprint'))).toEqual(before);
      const timeline = written(trace);
      expect(violations(timeline)).toEqual([]);
      expect(timeline.loops.length).toBe(2);
      const old = timeline.tasks.filter(({ createdBefore }) => createdBefore);
      const names = ['main', 'other', 'producer', 'waits', 'group', 'inner', 'worker', 'worker', 'worker'];
      expect(old.map(({ coroutine }) => coroutine).sort()).toEqual(names.sort());
      expect(old.find(({ coroutine }) => coroutine === 'inner')?.name).toBe('in a group');
      expect(Number(await ask('count'))).toBeGreaterThan(0);
    }
    expect(await end()).toEqual(['good', 0]);
  });

  const idle = `import asyncio
async def inner():
    await asyncio.get_running_loop().create_future()
async def main():
    print('up', flush=True)
    await inner()
asyncio.run(main())
`;

  test('a process that does nothing but wait is reached, and one that ends ends the record', async () => {
    const { pid } = await started(command, [program(idle)]);
    const trace = join(dirname(program('')), 'out.coroscope');
    const { code, stdout, stderr } = await coroscope(['attach', String(pid), '--trace', trace], {
      stdin: null,
      act: (_kill, _stdout, _own, said) => {
        void until(() => said().includes('one event loop')).finally(() => process.kill(pid, 'SIGKILL'));
      },
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining(`Process ${pid} has ended.`)]);
    expect(stdout).toContain('main()');
    const [main] = written(trace).tasks;
    expect([main.coroutine, main.createdBefore, main.outcome.kind]).toEqual(['main', true, 'pending']);
  });

  const refused = async (source: string, env: NodeJS.ProcessEnv = {}, before: readonly string[] = []) => {
    const { pid } = await started(command, [...before, program(source)], env);
    const { code, stdout, stderr } = await coroscope(['attach', String(pid)]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr.split('\n').length).toBe(2);
    return stderr.replaceAll(String(pid), 'PID');
  };
  const sleeps = 'import time\nprint("up", flush=True)\nwhile True: time.sleep(0.05)\n';

  test('each reason not to attach is told in one message', async () => {
    expect(await refused(sleeps)).toBe('coroscope: No event loop of asyncio runs in process PID.\n');
    const disabled = 'does not let itself be attached to: it was started with PYTHON_DISABLE_REMOTE_DEBUG';
    expect(await refused(idle, { PYTHON_DISABLE_REMOTE_DEBUG: '1' })).toContain(disabled);
    expect(await refused(idle, {}, ['-X', 'disable-remote-debug'])).toContain(disabled);
    const whole = [resolve('src/python/coroscope'), 'run'];
    expect(await refused(idle, {}, whole)).toBe('coroscope: Process PID is being recorded already.\n');
  });

  test('a process whose main thread never comes to Python code is left as it was', async () => {
    const blocked = `import asyncio, sys, threading
async def answers():
    for line in iter(lambda: asyncio.to_thread(sys.stdin.readline), None):
        if not await line: break
        print('still here', flush=True)
    free.release()
free = threading.Lock()
free.acquire()
threading.Thread(target=asyncio.run, args=(answers(),)).start()
print('up', flush=True)
free.acquire()
import coroscope_is_not_here
`.replace('import coroscope_is_not_here', "print([name for name in sys.modules if 'coroscope' in name], flush=True)");
    const { pid, ask, end } = await started(command, [program(blocked)]);
    const args = [resolve('src/python/coroscope'), 'attach', '--patience', '0.3', '--trace', '/dev/null', String(pid)];
    const { status, stdout, stderr } = spawnSync(command, args, { input: '', encoding: 'utf8' });
    expect([status, JSON.parse(stdout), stderr]).toEqual([1, { refused: 'busy', reason: '0.3' }, '']);
    expect(await ask('')).toBe('still here');
    expect(await end()).toEqual(['[]', 0]);
  });
});

test('no such process, no Python, an older Python, another user', async () => {
  const said = async (pid: number, uid?: number) => {
    const all = spawnSync(process.execPath, [join(dist, 'cli.js'), 'attach', String(pid), '--lang', 'en'], {
      encoding: 'utf8',
      uid,
      env: { ...process.env, TMPDIR: '/tmp' },
    });
    expect([all.status, all.stdout]).toEqual([3, '']);
    return all.stderr;
  };
  const gone = spawnSync(process.execPath, ['-e', '']);
  expect(await said(gone.pid)).toBe(`coroscope: There is no process ${gone.pid}.\n`);
  expect(await said(process.pid)).toContain(`Process ${process.pid} is no Python: it runs `);
  if (older) {
    const { pid } = await started(older.command, ['-c', 'print("up", flush=True); input()']);
    expect(await said(pid)).toContain(`runs Python ${older.version}. Coroscope attaches to Python 3.14 and later.`);
  }
  const [other, uid] = process.getuid?.() === 0 ? [process.pid, 65534] : [1, undefined];
  expect(await said(other, uid)).toContain(`The system does not let you attach to process ${other}.`);
});
