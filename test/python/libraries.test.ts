import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import type { Timeline } from '../../src/core/timeline/model';
import { violations } from '../core/truths';

/**
 * Real libraries under the tracer, as the system's own Python has them: each program of `test/libraries` bare and traced, with the
 * same output; the truths hold, and the lanes are those a reader of the program would expect.
 */
const python = process.env.COROSCOPE_LIBRARIES_PYTHON ?? '/usr/bin/python3';
const folder = resolve('test/libraries');
const tracer = resolve('src/python/coroscope');
const traces = mkdtempSync(join(tmpdir(), 'coroscope-'));

interface End {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

function run(args: readonly string[]): Promise<End> {
  return new Promise((done) => {
    execFile(python, args, { encoding: 'utf8', timeout: 120_000 }, (error, stdout, stderr) => {
      done({ stdout, stderr, status: error ? 1 : 0 });
    });
  });
}

/** What is expected of a program's lanes, beyond the truths. */
const lanes: Record<string, (timeline: Timeline) => void> = {
  aiohttp_pages: (timeline) => {
    expect(named(timeline, 'fetch')).toHaveLength(3);
    expect(timeline.coroutines.filter(({ code }) => code.function === 'page')).toHaveLength(3);
  },
  aiofiles_copy: ({ jobs, tasks, segments, waits }) => {
    const labels = jobs.map(({ label }) => label.replace(/.*\./, ''));
    expect(labels).toEqual(['open', 'write', 'close', 'open', 'readline', 'readline', 'readline', 'close']);
    expect(jobs.every(({ kind, outcome }) => kind === 'thread' && outcome.kind === 'result')).toBe(true);
    // A task that waits for a file waits for a job.
    const [{ first, count }] = tasks;
    const kinds = Array.from(segments.about.subarray(first, first + count), (about, i) =>
      segments.state[first + i] === 2 ? waits[about]?.kind : undefined,
    );
    expect(kinds.filter((kind) => kind === 'thread').length).toBeGreaterThan(3);
  },
  httpx_app: (timeline) => expect(timeline.coroutines.some(({ code }) => code.function === 'answer')).toBe(true),
  websockets_echo: (timeline) => expect(timeline.coroutines.some(({ code }) => code.function === 'echo')).toBe(true),
  uvicorn_asyncio: (timeline) => {
    expect(timeline.loops.map(({ foreign }) => foreign)).toEqual(['']);
    served(timeline);
  },
  uvicorn_uvloop: (timeline) => {
    expect(timeline.loops.map(({ foreign }) => foreign)).toEqual(['uvloop.Loop']);
    served(timeline);
  },
};

function served(timeline: Timeline): void {
  expect(timeline.coroutines.filter(({ code }) => code.function === 'item')).toHaveLength(2);
  expect(timeline.jobs.some(({ worker }) => worker !== '')).toBe(true);
}

function named({ tasks }: Timeline, coroutine: string) {
  return tasks.filter((task) => task.coroutine === coroutine);
}

const programs = readdirSync(folder).filter((name) => name.endsWith('.py'));

describe('with real libraries', () => {
  for (const file of programs) {
    const name = basename(file, '.py');
    test(name, async (context) => {
      const needs = /Needs: (.*)\./.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? '';
      const found = await run(['-c', `import ${needs}`]);
      if (found.status !== 0) {
        const reason = `skipped: ${name}: ${python} has not all of ${needs}`;
        console.log(reason);
        context.skip(reason);
      }
      const trace = join(traces, `${name}.coroscope`);
      const bare = await run([join(folder, file)]);
      const traced = await run([
        tracer,
        'run',
        '--clock',
        'real',
        '--detail',
        'full',
        '--trace',
        trace,
        join(folder, file),
      ]);
      expect(bare.status).toBe(0);
      expect(traced).toEqual(bare);
      const timeline = readTimeline(readFileSync(trace));
      expect(violations(timeline)).toEqual([]);
      expect(timeline.errors.filter((error) => error.kind === 'tracer')).toEqual([]);
      expect(lanes[name], 'something is expected of its lanes').toBeDefined();
      lanes[name](timeline);
    });
  }
});
