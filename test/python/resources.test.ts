import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import type { Timeline } from '../../src/core/timeline/model';
import {
  arrivedAt,
  holdersAt,
  permitsLeft,
  queueSize,
  taskOf,
  unfinishedItems,
} from '../../src/core/timeline/resource-state';
import { Use } from '../../src/core/timeline/resources';
import { interpreters, program } from '../engines/here';

/** What the trace says of locks and queues is what asyncio itself says: the program prints its own state between its turns. */
const tracer = resolve('src/python/coroscope');
const folder = mkdtempSync(join(tmpdir(), 'coroscope-'));

const stateful = program(`
import asyncio, random

async def main():
    lock, permits, ready = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Event()
    jobs, stack = asyncio.Queue(3), asyncio.LifoQueue()
    gate = asyncio.Barrier(2) if hasattr(asyncio, 'Barrier') else None
    chance = random.Random(7)
    held = {}

    async def takes(number):
        for _ in range(4):
            await asyncio.sleep(chance.choice([0, 0, 0.001]))
            await lock.acquire()
            held['lock'] = f'takes {number}'
            await asyncio.sleep(chance.choice([0, 0.001]))
            held.pop('lock')
            lock.release()
            try:
                await asyncio.wait_for(permits.acquire(), chance.choice([0.0005, 5]))
            except asyncio.TimeoutError:
                continue
            await asyncio.sleep(chance.choice([0, 0.001]))
            permits.release()

    async def puts():
        for number in range(12):
            await jobs.put(number)
            stack.put_nowait(number)
            if number % 3 == 0:
                await asyncio.sleep(0)
            ready.set() if number % 2 else ready.clear()

    async def gets():
        for number in range(12):
            await jobs.get()
            await asyncio.sleep(0)
            jobs.task_done()
            if number % 4 == 3:
                stack.get_nowait()
                stack.get_nowait()

    async def meets():
        for _ in range(2):
            await asyncio.sleep(0)
            if gate is not None:
                await gate.wait()

    async def looks():
        for _ in range(40):
            # The first thing that happens in this turn: what other turns did, it sees.
            await asyncio.sleep(chance.choice([0, 0, 0.001]))
            print('STATE', lock.locked(), held.get('lock', '-'), permits._value, ready.is_set(), jobs.qsize(), jobs._unfinished_tasks,
                  stack.qsize(), gate._count if gate else 0, sep=',')

    names = ['looks', 'puts', 'gets']
    tasks = [asyncio.create_task(each(), name=each.__name__) for each in (looks, puts, gets)]
    tasks += [asyncio.create_task(takes(number), name=f'takes {number}') for number in range(3)]
    tasks += [asyncio.create_task(meets()) for _ in range(2)]
    await asyncio.gather(*tasks)

asyncio.run(main())
`);

const deadlocked = program(`
import asyncio, signal

async def main():
    jobs = asyncio.Queue()
    signal.alarm(4)
    await jobs.get()

asyncio.run(main())
`);

function traced(python: string, clock: string, file: string): Timeline {
  const trace = join(folder, `${Math.random()}.coroscope`);
  spawnSync(python, [tracer, 'run', '--clock', clock, '--trace', trace, file], { encoding: 'utf8' });
  return readTimeline(readFileSync(trace));
}

describe.each(interpreters)('$version', ({ command }) => {
  test.each(['virtual', 'real'])('agrees with asyncio, %s clock', (clock) => {
    const timeline = traced(command, clock, stateful);
    expect(timeline.errors).toEqual([]);
    const states = timeline.output.flatMap(({ text, step }) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('STATE'))
        .map((line) => ({ step, said: line.slice(6) })),
    );
    expect(states.length).toBe(40);
    expect(states.map(({ step }) => told(timeline, step))).toEqual(states.map(({ said }) => said));
  });

  test.skipIf(process.platform === 'win32')('a deadlock on the real clock is told, and ends nothing', () => {
    const timeline = traced(command, 'real', deadlocked);
    expect(timeline.truncated?.reason).toBe('killed');
    expect(timeline.findings.map(({ kind, end, stuck }) => [kind, end, stuck.length])).toEqual([
      ['deadlock', undefined, 1],
    ]);
  });
});

/** As the program prints it. */
function told(timeline: Timeline, step: number): string {
  const named = (name: string) => timeline.resources.find((each) => each.name === name);
  const [lock, permits, ready] = [named('lock'), named('permits'), named('ready')];
  const [jobs, stack, gate] = [named('jobs'), named('stack'), named('gate')];
  const [holder] = lock ? holdersAt(timeline, lock, step) : [];
  const rows = ready ? Array.from({ length: ready.count }, (_, i) => ready.first + i) : [];
  const last = rows.filter((row) => timeline.uses.step[row] < step).at(-1);
  const size = (queue: typeof jobs) => (queue ? queueSize(timeline, queue, step) : 0);
  return [
    python(holder !== undefined),
    holder === undefined ? '-' : (taskOf(timeline, holder)?.name ?? '?'),
    permits ? permitsLeft(timeline, permits, step) : 2,
    python(last !== undefined && timeline.uses.what[last] === Use.set),
    size(jobs),
    jobs ? unfinishedItems(timeline, jobs, step) : 0,
    size(stack),
    gate ? arrivedAt(timeline, gate, step) : 0,
  ].join(',');
}

function python(value: boolean): string {
  return value ? 'True' : 'False';
}
