import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Code } from '../trace/records';
import type { Seconds } from '../units';
import type { CoroutineSpan, HeldError, LogRecord, OutputWrite, ProgramError, Truncation } from './model';
import { parseObject } from './parse-object';

/** What the program itself showed: its output and its errors. */

const errorKinds = ['uncaught', 'uncaught', 'handler', 'never-retrieved', 'tracer', 'awaited-twice'] as const;

export function collectOutput({ events, strings, meta }: Trace): OutputWrite[] {
  const writes: OutputWrite[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.output) continue;
    writes.push({
      // What is printed before the loop starts belongs to its very beginning.
      time: Math.max(0, events.t0[i] - meta.origin),
      step: events.seq[i],
      stream: (events.d[i] & 3) === 2 ? 'stderr' : 'stdout',
      byLogging: (events.d[i] & 4) !== 0,
      byPython: (events.d[i] & 8) !== 0,
      text: strings[events.c[i]] ?? '',
      task: events.a[i],
      site: events.b[i],
    });
  }
  // What is printed outside of all loops is written apart.
  return writes.sort((a, b) => a.time - b.time || a.step - b.step);
}

export function collectLogs({ events, strings, meta }: Trace): LogRecord[] {
  const logs: LogRecord[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.log) continue;
    const { logger = '', level = '', number, message = '', error, python } = parseObject(strings[events.c[i]]);
    logs.push({
      time: Math.max(0, events.t0[i] - meta.origin),
      step: events.seq[i],
      logger: String(logger),
      level: String(level),
      levelNumber: typeof number === 'number' ? number : 0,
      message: String(message),
      error: typeof error === 'string' ? error : undefined,
      byPython: python === true,
      task: events.a[i],
      site: events.b[i],
    });
  }
  return logs;
}

export function collectErrors(trace: Trace, coroutines: readonly CoroutineSpan[]): ProgramError[] {
  const { events, strings, codes, sites, meta } = trace;
  const errors: ProgramError[] = [];
  for (let i = 0; i < events.count; i++) {
    const where = {
      time: Math.max(0, events.t0[i] - meta.origin),
      step: events.seq[i],
      task: events.a[i],
      site: events.b[i],
    };
    if (events.kind[i] === EventKind.error) {
      const { type = 'Error', message = '', traceback = '', code, holds } = parseObject(strings[events.c[i]]);
      const kind = errorKinds[events.d[i]] ?? 'uncaught';
      const first = kind === 'awaited-twice' ? firstRun(coroutines, codes[Number(code)], where.time) : undefined;
      errors.push({
        ...where,
        ...(first ? { coroutine: first.id } : {}),
        kind,
        type: String(type),
        message: String(message),
        traceback: String(traceback),
        ...heldErrors(holds, sites.length),
      });
    } else if (events.kind[i] === EventKind.neverAwaited) {
      const name = codes[events.c[i]]?.function ?? '?';
      const message = `coroutine '${name}' was never awaited`;
      const made = sites[events.d[i]] !== undefined;
      const told = { told: made ? 'made' : 'noticed', site: made ? events.d[i] : where.site } as const;
      errors.push({ ...where, ...told, kind: 'never-awaited', type: 'RuntimeWarning', message, traceback: '' });
    }
  }
  return errors;
}

/** What a record says is in a group; records may say anything. */
function heldErrors(holds: unknown, sites: number): { holds?: readonly HeldError[] } {
  if (!Array.isArray(holds) || holds.length === 0) return {};
  const held = holds.slice(0, 20).flatMap((each: unknown) => {
    if (!Array.isArray(each)) return [];
    const [type, message, site] = each as unknown[];
    const known = typeof site === 'number' && Number.isInteger(site) && site > 0 && site < sites;
    return [{ type: String(type), message: String(message ?? ''), site: known ? site : 0 }];
  });
  return { holds: held };
}

/** The run of a coroutine that could not run again: known if its function ran just once before. */
function firstRun(
  coroutines: readonly CoroutineSpan[],
  code: Code | undefined,
  time: Seconds,
): CoroutineSpan | undefined {
  const runs = coroutines.filter((span) => span.code === code && span.start <= time);
  return runs.length === 1 ? runs[0] : undefined;
}

export function parseStop({ events, strings }: Trace): Truncation | undefined {
  const at = events.kind.indexOf(EventKind.stop);
  if (at < 0) return undefined;
  const { reason = 'stopped', message = '' } = parseObject(strings[events.c[at]]);
  return { reason: String(reason), message: String(message) };
}
