import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildLanes } from '../../src/core/lanes/lanes';
import { spanGroups } from '../../src/core/lanes/span-groups';
import { measured } from '../../src/core/stats/measure';
import { readTimeline } from '../../src/core/timeline/build';
import type { Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { pathOfAsked } from '../../src/core/why/span-path';
import { waitLabel } from '../../src/core/words/waits';
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
  aiohttp_requests: (timeline) => {
    expect(routes(timeline)).toEqual({
      'GET /items/{id} 200': 200,
      'GET /slow 200': 1,
      'GET /broken 500': 1,
      'GET /nothing/…/here 404': 1,
      'GET /reset/… 404': 1,
      'GET /wait cancelled': 1,
    });
    expect(timeline.spans.every(({ traceparent, peer }) => traceparent !== '' && peer.startsWith('127.0.0.1:'))).toBe(
      true,
    );
    slowest(timeline, 'GET /items/{id}', 'GET /items/7', 'item');
    // What waits for the next request says whose.
    expect(
      timeline.waits.some((wait) => /^(RequestHandler\.)?start\(\) · 127\.0\.0\.1:\d+$/.test(wait?.label ?? '')),
    ).toBe(true);
  },
  uvicorn_requests: (timeline) => {
    expect(routes(timeline)).toEqual({
      'GET /items/{id} 200': 200,
      'POST /jobs 200': 1,
      'GET /slow 200': 1,
      'GET /broken 500': 1,
      'GET /nothing 404': 1,
      'GET /sub/deep/hello/{who} 200': 1,
      'WS /chat/{room} 1000': 1,
    });
    slowest(timeline, 'GET /items/{id}', 'GET /items/7', 'item');
    // What goes on in the background after the answer is the task's, not the request's.
    const job = timeline.spans.find(({ route }) => route === 'POST /jobs')!;
    const task = timeline.tasks.find(({ id }) => id === job.task)!;
    expect(task.ended - job.end!).toBeGreaterThan(0.25);
  },
  hypercorn_requests: (timeline) =>
    expect(routes(timeline)).toEqual({ 'GET /items/{id} 200': 200, 'GET /broken 500': 1, 'GET /nothing 404': 1 }),
  websockets_requests: (timeline) => {
    expect(routes(timeline)).toEqual({ 'WS /rooms/… 1000': 200 });
    expect(timeline.spans.every(({ handler }) => handler === 'chat')).toBe(true);
  },
};

/** How many requests there were to each route, with each status. */
function routes({ spans }: Timeline): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { route, status, outcome } of spans) {
    const key = `${route} ${outcome === 'ended' ? status : outcome}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Of the requests to a route the one that took longest, why it did, and what the lanes and the numbers say of them. */
function slowest(timeline: Timeline, route: string, name: string, handler: string): void {
  const group = spanGroups(timeline).find((each) => each.route === route)!;
  const span = timeline.spans[group.longest];
  expect([span.name, span.handler, timeline.sites[span.site]?.code.function]).toEqual([name, handler, handler]);
  const slow = timeline.spans.findIndex((each) => each.route === 'GET /slow');
  const slept = pathOfAsked(timeline, { span: slow })!.parts.find(
    ({ kind, segment }) =>
      kind === 'suspended' && waitLabel(timeline, segment!, translator(undefined)) === 'sleep 0.2 s',
  )!;
  expect(slept.end - slept.start).toBeGreaterThan(0.199);
  const lanes = buildLanes(timeline);
  const [lane] = lanes.sides;
  expect([lane.section, lane.name]).toEqual(['requests', route]);
  expect(lanes.groups.find((each) => each.route === route)?.members).toHaveLength(group.members.length);
  const [row] = measured(timeline, 'request');
  expect([row.numbers.name, row.numbers.count, row.numbers.max]).toEqual([route, group.members.length, group.max]);
}

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
      // Arguments of the client's own functions are told; what servers get is not.
      expect(JSON.stringify(timeline.spans)).not.toMatch(/hidden|3f9a8b7c/);
      expect(lanes[name], 'something is expected of its lanes').toBeDefined();
      lanes[name](timeline);
    });
  }
});
