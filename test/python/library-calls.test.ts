import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { timelineJson } from '../../src/core/json/json';
import { measured } from '../../src/core/stats/measure';
import { readTimeline } from '../../src/core/timeline/build';
import type { Timeline } from '../../src/core/timeline/model';
import { violations } from '../core/truths';
import { type Server, startPostgres, startRedis } from './servers';

/**
 * What waits in libraries are called, against real servers: PostgreSQL and Redis of the system's packages, on the loopback. Each program
 * runs bare and traced, with the same output; nothing of what it sends is in the trace.
 */
const python = process.env.COROSCOPE_LIBRARIES_PYTHON ?? '/usr/bin/python3';
const folder = resolve('test/libraries/servers');
const tracer = resolve('src/python/coroscope');
const traces = mkdtempSync(join(tmpdir(), 'coroscope-'));
const SECRET = 'hunter2';

function run(args: readonly string[]): Promise<{ stdout: string; stderr: string; status: number }> {
  return new Promise((done) => {
    execFile(python, args, { encoding: 'utf8', timeout: 30_000 }, (error, stdout, stderr) =>
      done({ stdout, stderr, status: error ? 1 : 0 }),
    );
  });
}

function skip(context: TestContext, reason: string): never {
  console.log(`skipped: ${context.task.name}: ${reason}`);
  return context.skip(reason);
}

/** The timeline of a program that needs libraries, and a server, if any. */
async function traced(
  context: TestContext,
  name: string,
  start?: () => Promise<Server | undefined>,
  options: readonly string[] = [],
): Promise<Timeline> {
  const program = join(folder, `${name}.py`);
  if (!existsSync(python)) skip(context, `${python} is not there`);
  const needs = /Needs: (.*)\./.exec(readFileSync(program, 'utf8'))![1];
  if ((await run(['-c', `import ${needs}`])).status !== 0) skip(context, `${python} has not all of ${needs}`);
  const server = await start?.();
  if (start && !server) skip(context, 'the server is not installed');
  const address = server ? ['127.0.0.1', String(server.port)] : [];
  const trace = join(traces, `${name}${options.length}.coroscope`);
  try {
    const bare = await run([program, ...address]);
    expect(bare).toMatchObject({ status: 0, stderr: '' });
    // What the program itself called its coroutines with is another option.
    expect(await run([tracer, 'run', '--trace', trace, ...options, program, ...address])).toEqual(bare);
  } finally {
    await server?.stop();
  }
  const bytes = readFileSync(trace);
  expect(bytes.includes(SECRET), 'a secret in the trace').toBe(false);
  const timeline = readTimeline(bytes);
  expect(violations(timeline)).toEqual([]);
  expect(timeline.errors.filter((error) => error.kind === 'tracer')).toEqual([]);
  return timeline;
}

/** Names of waits, without ports. */
function waits({ waits }: Timeline): string[] {
  return [...new Set(waits.map((wait) => (wait?.label ?? '').replaceAll(/127\.0\.0\.1:\d+/g, 'HOST')))];
}

describe('what waits in libraries are called', () => {
  test('asyncpg, and SQLAlchemy with it', async (context) => {
    const timeline = await traced(context, 'postgres_queries', startPostgres);
    expect(waits(timeline)).toEqual(
      expect.arrayContaining([
        'PostgreSQL connect',
        'PostgreSQL DROP users',
        'PostgreSQL CREATE users',
        'PostgreSQL INSERT users',
        'PostgreSQL SELECT users',
        'PostgreSQL SELECT orders',
        'PostgreSQL BEGIN',
        'PostgreSQL INSERT orders',
        'PostgreSQL UPDATE orders',
        'PostgreSQL COMMIT',
        'PostgreSQL DELETE orders',
        'PostgreSQL COPY orders',
        'PostgreSQL SELECT nowhere',
      ]),
    );
    // 200 tasks share four connections: they wait for one of the pool, too.
    expect(waits(timeline).filter((label) => label.startsWith('PostgreSQL acquire · queue.get() on'))).not.toEqual([]);
    // JSON and the numbers of the await sites have the same names.
    const json = JSON.stringify(timelineJson(timeline));
    expect(json).toContain('"label":"PostgreSQL SELECT users"');
    expect(json).not.toContain(SECRET);
    expect(JSON.stringify(measured(timeline, 'site'))).toContain('PostgreSQL SELECT users');
  });

  test('redis', async (context) => {
    const timeline = await traced(context, 'redis_commands', startRedis);
    expect(waits(timeline)).toEqual(
      expect.arrayContaining([
        'Redis INCRBY',
        'Redis SET',
        'Redis GET',
        'Redis CONFIG GET',
        'Redis pipeline SET, GET, +1',
        'Redis BLPOP',
        'Redis messages',
        'Redis PUBLISH',
      ]),
    );
    expect(waits(timeline).some((label) => /^Redis INCRBY · (queue\.get\(\)|condition|lock)/.test(label))).toBe(true);
  });

  test('clients of HTTP, WebSockets, SQLite and files', async (context) => {
    const timeline = await traced(context, 'http_clients');
    const found = waits(timeline);
    expect(found).toEqual(
      expect.arrayContaining([
        'GET HOST/items/7',
        'GET HOST/items/199 · connection pool',
        'GET HOST/moved',
        'GET HOST/items/2',
        'WebSocket recv HOST/chat',
        'SQLite CREATE users',
        'SQLite INSERT users',
        'SQLite SELECT users',
        'SQLite COMMIT',
        'open notes.txt',
        'write notes.txt',
        'readline notes.txt',
      ]),
    );
    expect(found.filter((label) => label.includes('?') || label.includes('token'))).toEqual([]);
  });

  test('none of it with --no-library-calls', async (context) => {
    const timeline = await traced(context, 'http_clients', undefined, ['--no-library-calls']);
    expect(waits(timeline).filter((label) => /GET|SELECT|notes\.txt|WebSocket /.test(label))).toEqual([]);
    expect(timeline.waits.filter((wait) => wait?.fields.call !== undefined)).toEqual([]);
  });
});
