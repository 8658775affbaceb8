import { chainOf, userSite } from '../../src/core/places/chain';
import { Flag, State, type Task, type Timeline } from '../../src/core/timeline/model';
import { causeKinds } from '../../src/core/trace/records';
import type { Emitted } from './emit';
import { type Entry, entries } from './log';

/** Times on the virtual clock are exact, but for the rounding of sums; programs print theirs to the millisecond. */
const CLOSE = 1e-9;

/**
 * Compares a trace with what the traced program printed about itself.
 * `exact`: on the virtual clock, and nothing measured: the times that it printed are those of the trace.
 */
export function* againstLog(timeline: Timeline, emitted: Emitted, stdout: string, exact: boolean): Generator<string> {
  const writes = timeline.output.filter((write) => write.stream === 'stdout');
  const recorded = writes.map((write) => write.text).join('');
  if (recorded !== stdout)
    yield `the output recorded is not the program's: ${JSON.stringify(firstDifference(recorded, stdout))}`;
  const names = new Names(timeline);
  let step = 0;
  for (const write of writes) {
    if (write.step < step) yield `output goes back from step ${step} to ${write.step}`;
    step = write.step;
    const task = timeline.tasks.find((each) => each.id === write.task);
    for (const entry of entries(write.text)) {
      const at = `"${entry.mark} ${entry.id}" at ${entry.time}`;
      if (exact && Math.abs(entry.time - write.time) > CLOSE) yield `${at}: recorded at ${write.time}`;
      if (!names.may(task, entry.task)) yield `${at}: printed by ${entry.task}, recorded of ${task?.name ?? 'no task'}`;
      if (task && !runs(timeline, task, write.step, write.time))
        yield `${at}: ${task.name} did not run at step ${write.step}`;
      const line = emitted.prints.get(`${entry.mark} ${entry.id}`);
      const site = timeline.sites[write.site];
      if (line !== undefined && entry.mark !== 's' && site?.line !== line)
        yield `${at}: printed in line ${line}, recorded in ${site?.line}`;
      if (task && line !== undefined && timeline.meta.monitoring !== 'none')
        yield* inSpan(timeline, task, emitted.functions.get(line), write.step, at);
    }
  }
  yield* parents(timeline, names, entries(stdout), emitted);
  yield* outcomes(names, entries(stdout));
  yield* suspensions(timeline, emitted, exact);
}

/** A task may be renamed: which names it had, the program's `s` and `o` lines and the trace know. */
class Names {
  constructor(private readonly timeline: Timeline) {}

  may(task: Task | undefined, name: string): boolean {
    if (task === undefined) return name === '-';
    if (task.name === name || task.name.startsWith('name-')) return true;
    // An eager task gets its name when its first step is over.
    return /^Task-\d+$/.test(name) && isEager(this.timeline, task);
  }

  find(name: string): Task | undefined {
    return this.timeline.tasks.find((task) => task.name === name);
  }
}

function isEager({ segments }: Timeline, { first, count }: Task): boolean {
  return count > 0 && (segments.flags[first] & Flag.eager) !== 0;
}

function runs({ segments }: Timeline, { first, count }: Task, step: number, time: number): boolean {
  for (let row = first; row < first + count; row++) {
    if (segments.state[row] !== State.running) continue;
    const inside = segments.startStep[row] <= step && step < segments.endStep[row];
    if (inside) return segments.start[row] - CLOSE <= time && time <= segments.end[row] + CLOSE;
    // A step that was cut off has no end on the steps axis.
    if (segments.flags[row] & Flag.open && segments.startStep[row] <= step) return true;
  }
  return false;
}

/** A printed line belongs to a coroutine that was open then. */
function* inSpan(
  timeline: Timeline,
  task: Task,
  name: string | undefined,
  step: number,
  at: string,
): Generator<string> {
  if (name === undefined) return;
  const open = timeline.coroutines.some(
    (span) => span.code.function === name && span.task === task.id && span.startStep <= step && step < span.endStep + 1,
  );
  // The first who asks for an item of an async generator need not be the last.
  const shared = timeline.coroutines.some((span) => span.code.function === name && span.code.kind === 'asyncgen');
  if (!open && !shared) yield `${at}: no ${name} was open in ${task.name} at step ${step}`;
}

function* parents(timeline: Timeline, names: Names, log: readonly Entry[], emitted: Emitted): Generator<string> {
  for (const { mark, id, task: name, rest } of log) {
    if (mark !== 's') continue;
    const child = names.find(rest[0]);
    // The only names that cannot be found are those that were changed before the end.
    if (!child) continue;
    const parent = timeline.tasks.find((task) => task.id === child.parent);
    if (!names.may(parent, name) && name !== '-')
      yield `${child.name}: made by ${name}, recorded of ${parent?.name ?? 'none'}`;
    const line = emitted.prints.get(`s ${id}`);
    const made = timeline.sites[child.site];
    if (line !== undefined && name !== '-' && made?.line !== line)
      yield `${child.name}: made in line ${line}, recorded in ${made?.line}`;
  }
}

function* outcomes(names: Names, log: readonly Entry[]): Generator<string> {
  for (const { mark, rest } of log) {
    if (mark !== 'o') continue;
    const [name, kind, text] = rest;
    const task = names.find(name);
    if (!task) yield `${name}: no such task in the trace`;
    else if (task.outcome.kind !== kind) yield `${name}: ${kind}, recorded as ${task.outcome.kind}`;
    else if (task.outcome.kind === 'result' && task.outcome.text !== text)
      yield `${name}: gave ${text}, recorded ${task.outcome.text}`;
    else if (task.outcome.kind === 'exception' && task.outcome.text.split(':')[0] !== text)
      yield `${name}: raised ${text}, recorded ${task.outcome.text}`;
  }
}

/** A task that is suspended in a line of the program waits for what that line awaits. */
function* suspensions(timeline: Timeline, emitted: Emitted, exact: boolean): Generator<string> {
  const { segments, waits } = timeline;
  for (const task of timeline.tasks) {
    for (let row = task.first; row < task.first + task.count; row++) {
      if (segments.state[row] !== State.suspended) continue;
      const site = userSite(timeline, segments.site[row]);
      const expected = site?.code.user ? emitted.waits.get(site.line) : undefined;
      if (!expected) continue;
      const at = `${task.name} at ${segments.start[row]}, line ${site!.line}`;
      const wait = waits[segments.about[row]];
      const cancelled =
        segments.start[row] === segments.end[row] &&
        row + 1 < task.first + task.count &&
        causeKinds[segments.cause[row + 1]] === 'cancel';
      // A task that is cancelled while it runs cancels its next awaitable at once: the record does not say what that was.
      if (cancelled && wait?.kind === 'future') continue;
      if (!wait || !expected.kinds.includes(wait.kind)) {
        yield `${at}: waits for ${wait?.kind} (${wait?.label}), not for ${expected.kinds.join(' or ')}`;
        continue;
      }
      if (expected.delay === undefined) continue;
      if (wait.fields.delay !== expected.delay)
        yield `${at}: sleeps ${expected.delay} s, recorded ${wait.fields.delay}`;
      const woken = row + 1 < task.first + task.count ? causeKinds[segments.cause[row + 1]] : undefined;
      const slept = segments.end[row] - segments.start[row];
      if (exact && woken === 'timer' && Math.abs(slept - expected.delay) > CLOSE)
        yield `${at}: slept ${slept} s instead of ${expected.delay}`;
    }
  }
}

function firstDifference(a: string, b: string): [string, string] {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return [a.slice(Math.max(0, at - 30), at + 60), b.slice(Math.max(0, at - 30), at + 60)];
}

export function chainText(timeline: Timeline, site: number): string {
  const own = chainOf(timeline, site).filter((frame) => frame.code.user);
  return own.map((frame) => `${frame.code.function.split('.').at(-1)}:${frame.line}`).join(' → ');
}
