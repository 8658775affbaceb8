import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildTimeline } from '../../src/core/timeline/build';
import { decodeTrace } from '../../src/core/trace/read';
import { violations } from '../core/truths';
import { interpreters, program } from '../engines/here';

/** Compares jobs with the times that the program itself measured, in the worker and around it. */
const source = `
import asyncio, json, os, sys, threading, time
from concurrent.futures import ThreadPoolExecutor

clock = time.perf_counter
told = []


def work(number):
    began = clock()
    time.sleep(0.02)
    told.append({'label': 'work', 'began': began, 'ended': clock(), 'worker': threading.current_thread().name})


async def main():
    loop = asyncio.get_running_loop()
    before = clock()
    await asyncio.to_thread(work, 1)
    with ThreadPoolExecutor(2, thread_name_prefix='own') as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, work, number) for number in range(4)))
    after = clock()
    began = clock()
    process = await asyncio.create_subprocess_exec(sys.executable, '-c', 'import time; time.sleep(0.05)')
    pid = process.pid
    await process.wait()
    print(json.dumps({'jobs': told, 'before': before, 'after': after, 'process': {'began': began, 'ended': clock(), 'pid': pid}}))


asyncio.run(main())
`;

interface Told {
  readonly jobs: readonly { readonly began: number; readonly ended: number; readonly worker: string }[];
  readonly before: number;
  readonly after: number;
  readonly process: { readonly began: number; readonly ended: number; readonly pid: number };
}

const tracer = resolve('src/python/coroscope');
const folder = mkdtempSync(join(tmpdir(), 'coroscope-'));

describe.each(interpreters)('jobs on $version', ({ command, version }) => {
  test('began and ended when the program itself says so', async () => {
    const trace = join(folder, `${version}.coroscope`);
    const told = await new Promise<Told>((done, failed) => {
      const args = [tracer, 'run', '--clock', 'real', '--trace', trace, program(source)];
      execFile(command, args, { encoding: 'utf8' }, (error, stdout) =>
        error ? failed(error) : done(JSON.parse(stdout) as Told),
      );
    });
    const decoded = decodeTrace(readFileSync(trace));
    const timeline = buildTimeline(decoded);
    expect(violations(timeline)).toEqual([]);
    const at = (seconds: number) => seconds - decoded.meta.origin;
    const threads = timeline.jobs.filter(({ label }) => label === 'work');
    expect(threads).toHaveLength(5);
    const byStart = [...threads].sort((a, b) => a.started! - b.started!);
    const own = [...told.jobs].sort((a, b) => a.began - b.began);
    expect(byStart.map(({ worker }) => worker).sort()).toEqual(own.map(({ worker }) => worker).sort());
    for (const job of threads) {
      // The one of the program's measurements that this job was: it lies inside the job, on the same thread.
      const inside = own.filter(
        ({ began, ended, worker }) => worker === job.worker && job.started! <= at(began) && at(ended) <= job.ended!,
      );
      expect(inside).toHaveLength(1);
      expect(job.submitted).toBeGreaterThanOrEqual(at(told.before));
      expect(job.ended).toBeLessThanOrEqual(at(told.after));
    }
    const process = timeline.jobs.find(({ kind }) => kind === 'subprocess')!;
    expect(process.pid).toBe(told.process.pid);
    expect(process.started).toBeGreaterThanOrEqual(at(told.process.began));
    expect(process.ended).toBeLessThanOrEqual(at(told.process.ended));
    expect(process.ended! - process.started!).toBeGreaterThanOrEqual(0.05);
    expect(process.outcome).toEqual({ kind: 'exit', code: 0 });
  });
});
