import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { joined } from '../../src/core/joined';
import { readTimeline } from '../../src/core/timeline/build';
import { State, stateNames, type Task, type Timeline } from '../../src/core/timeline/model';
import { disposeEngines } from '../../src/engines/run';
import { violations } from '../core/truths';
import { interpreters, program, runs } from './here';

/** Processes that a program starts record themselves, and stand on its timeline. */

afterAll(() => disposeEngines());

const PROGRAM = `
import asyncio, multiprocessing, os, subprocess, sys

async def work(name, seconds=0.01):
    lock = asyncio.Lock()
    async with lock:
        await asyncio.gather(asyncio.sleep(seconds), asyncio.sleep(seconds))
    return name

def child(name):
    asyncio.run(work(name))

async def hang(started):
    await asyncio.sleep(0.01)
    os.write(started, b'x')
    await asyncio.Event().wait()

def hangs(started):
    asyncio.run(hang(started))

if __name__ == '__main__':
    ways = [way for way in ('fork', 'spawn', 'forkserver') if way in multiprocessing.get_all_start_methods()]
    for way in ways:
        process = multiprocessing.get_context(way).Process(target=child, args=(way,))
        process.start()
        process.join()
        print(way, process.exitcode, flush=True)
    subprocess.run([sys.executable, '-c', 'import asyncio; asyncio.run(asyncio.sleep(0.01), debug=False); print("subprocess", flush=True)'])
    subprocess.run([sys.executable, '-c', 'print("no loop", flush=True)'])
    heard, started = os.pipe()
    process = multiprocessing.get_context('fork').Process(target=hangs, args=(started,))
    process.start()
    os.read(heard, 1)
    process.kill()
    process.join()
    print('killed', process.exitcode, flush=True)
    pid = os.fork()
    if pid == 0:
        asyncio.run(work('forked'))
        sys.exit(3)
    print('forked', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    asyncio.run(work('parent'))
`;

describe.each(interpreters)('$version', ({ command }) => {
  const file = program(PROGRAM);

  test('forks, spawned and started Pythons are on one timeline, and print what they print without', async () => {
    const bare = await promisify(execFile)(command, [file], { cwd: dirname(file) });
    const ran = await runs(file, { engine: command, clock: 'real', followChildren: true });
    expect(ran.stdout).toBe(bare.stdout);
    const { timeline } = ran;
    expect(violations(timeline)).toEqual([]);
    expect(timeline.errors).toEqual([]);
    expect(timeline.truncated).toBeUndefined();
    // The program, three that multiprocessing started, a subprocess, one that was killed, one that was forked.
    expect(timeline.processes.map(({ loops }) => loops.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(new Set(timeline.processes.map(({ pid }) => pid)).size).toBe(7);
    expect(timeline.processes.map(({ ended }) => ended)).toEqual([true, true, true, true, true, false, true]);
    expect(timeline.loops.map(({ thread }) => thread)).toEqual([
      'MainThread',
      ...timeline.processes.slice(1).map(({ pid }) => `pid ${pid}`),
    ]);
    const main = (name: string) => timeline.tasks.find(({ args }) => args?.startsWith(`'${name}'`));
    for (const name of ['fork', 'spawn', 'forkserver', 'forked', 'parent'])
      expect(main(name)?.outcome, name).toEqual({ kind: 'result', text: `'${name}'` });
    // One clock: each began when the one before had ended.
    const order = ['fork', 'spawn', 'forkserver', 'forked', 'parent'].map((name) => main(name)!);
    for (const [i, task] of order.entries()) if (i > 0) expect(task.created).toBeGreaterThanOrEqual(order[i - 1].ended);
    const killed = timeline.tasks.find(({ coroutine }) => coroutine === 'hang')!;
    expect(killed.outcome.kind).toBe('pending');
    expect(killed.count).toBeGreaterThan(1);
  });

  test('a program without a loop that started others is told so', async () => {
    const starts = program('import subprocess, sys\nsubprocess.run([sys.executable, "-c", "pass"])\n');
    const { timeline } = await runs(starts, { engine: command, clock: 'real' });
    expect(timeline.startedOthers).toBe(process.platform !== 'win32');
    const alone = await runs(program('print(1)\n'), { engine: command, clock: 'real' });
    expect(alone.timeline.startedOthers).toBe(false);
  });

  test('what a child tells stands in the whole as it stands by itself', async () => {
    const names = ['producer_consumer', 'resources', 'labels', 'async_with', 'gather_error'];
    const traces: Uint8Array[] = [];
    for (const name of names) {
      const { trace } = await runs(`${process.cwd()}/test/programs/${name}.py`, { engine: command, clock: 'virtual' });
      traces.push(trace);
    }
    const [own, ...children] = traces;
    const whole = readTimeline(joined([own, ...children.map((child) => chunk('CHLD', child)), chunk('MARK')]));
    expect(violations(whole)).toEqual([]);
    let first = readTimeline(own).tasks.length;
    for (const child of children) {
      const alone = readTimeline(child);
      const tasks = whole.tasks.slice(first, first + alone.tasks.length);
      expect(tasks.map((task) => told(whole, task))).toEqual(alone.tasks.map((task) => told(alone, task)));
      first += tasks.length;
    }
    expect(whole.tasks).toHaveLength(first);
    const alone = children.map(readTimeline);
    for (const list of ['resources', 'coroutines', 'contexts', 'spans', 'errors', 'output'] as const)
      expect(whole[list].length, list).toBe(
        [readTimeline(own), ...alone].reduce((sum, each) => sum + each[list].length, 0),
      );
  });
});

/** What is told of a task, without numbers that belong to its trace. */
function told(timeline: Timeline, task: Task) {
  const { segments, sites, waits } = timeline;
  const chain = (site: number): string[] => {
    const place = sites[site];
    return place ? [`${place.code.function}:${place.line}`, ...chain(place.parent)] : [];
  };
  const rows = Array.from({ length: task.count }, (_, i) => task.first + i).map((row) => [
    stateNames[segments.state[row]],
    segments.start[row].toFixed(6),
    segments.end[row].toFixed(6),
    chain(segments.site[row]),
    segments.state[row] === State.suspended ? waits[segments.about[row]]?.label : '',
  ]);
  const parent = timeline.tasks.find(({ id }) => id === task.parent);
  const { name, label, coroutine, args, outcome } = task;
  return {
    name,
    label,
    coroutine,
    args,
    outcome: [outcome.kind, 'text' in outcome && outcome.text],
    parent: parent?.name,
    rows,
  };
}

function chunk(tag: string, payload: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length);
  bytes.set(new TextEncoder().encode(tag));
  new DataView(bytes.buffer).setUint32(4, payload.length, true);
  bytes.set(payload, 8);
  return bytes;
}
