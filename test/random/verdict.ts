import { readTimeline } from '../../src/core/timeline/build';
import { Flag, type Timeline } from '../../src/core/timeline/model';
import { notation } from '../core/notation';
import { violations } from '../core/truths';
import { againstLog } from './check-log';
import { againstReference, OTHER_TASK } from './check-reference';
import { ofWindow } from './check-window';
import { emit } from './emit';
import type { Program } from './grammar';
import type { Ran, Runner } from './servers';

/** Number of differences to show. */
const MOST = 12;

/**
 * Runs a program and says all that is wrong with its traces; nothing for a tracer without a fault.
 * @param reference where the same program can be run without the tracer
 */
export async function problemsOf(program: Program, runner: Runner, reference: Runner | undefined): Promise<string[]> {
  const emitted = emit(program);
  const first = judged(await runner.traced(emitted.source, 'virtual'));
  const problems = [...expectedEnd(program, first)];
  if (!first.timeline) return problems;
  const { timeline, exact } = first;
  const measured = timeline.segments.flags.some((flags) => (flags & Flag.measured) !== 0);
  if (!exact && !measured && program.kind !== 'threads')
    problems.push('times that the program does not name, and no step that was measured');
  problems.push(...violations(timeline));
  problems.push(
    ...timeline.errors
      .filter((error) => error.kind === 'tracer')
      .map((error) => `tracer failed: ${error.message} ${error.traceback}`),
  );
  problems.push(...againstLog(timeline, emitted, first.stdout, exact && program.kind !== 'threads'));
  problems.push(...ofWindow(first.trace, timeline, 1));
  if (program.kind !== 'threads' && exact) {
    // Every third is run again: a run more for each would take as long as all the rest.
    const twice = emitted.source.length % 3 === 0;
    const second = twice ? judged(await runner.traced(emitted.source, 'virtual')) : undefined;
    if (second?.exact && !ordered(program)) {
      // A TaskGroup keeps its tasks in a set and cancels them in that order: two runs may differ.
      if (second.stdout !== first.stdout) return problems.slice(0, MOST);
    } else if (second?.exact && Buffer.compare(first.trace, second.trace) !== 0)
      problems.push(
        `the second trace is not the first, byte for byte: ${differenceOfTraces(first.trace, second.trace)}`,
      );
    if (reference?.reference) {
      const bare = await reference.reference(emitted.source);
      const differs = [...againstReference(timeline, bare.reference)];
      const shifted = !ordered(program) && differs.some((each) => each.includes(OTHER_TASK));
      if (bare.stdout === first.stdout && !shifted) problems.push(...differs);
      if (bare.stdout !== first.stdout && ordered(program))
        problems.push(`untraced it prints something else: ${difference(bare.stdout, first.stdout)}`);
    }
  }
  return problems.slice(0, MOST);
}

interface Judged extends Ran {
  readonly timeline: Timeline | undefined;
  readonly unreadable?: string;
  /** Whether it has only times that the program names. In the embedded Python a step may look as if it burned CPU time: such a run is compared with no other. */
  readonly exact: boolean;
}

function judged(ran: Ran): Judged {
  try {
    const timeline = readTimeline(ran.trace);
    return { ...ran, timeline, exact: onTheGrid(timeline) };
  } catch (error) {
    return { ...ran, timeline: undefined, unreadable: String(error), exact: false };
  }
}

/** All times that these programs name are whole milliseconds; a measured one is not. */
function onTheGrid({ segments, duration }: Timeline): boolean {
  const whole = (time: number) => Math.abs(time * 1000 - Math.round(time * 1000)) < 1e-6;
  return whole(duration) && segments.start.every(whole) && segments.end.every(whole);
}

function* expectedEnd(program: Program, { timeline, unreadable, exit, stderr }: Judged): Generator<string> {
  if (!timeline) return yield `no trace (${unreadable}); exit ${exit}: ${stderr.slice(-500)}`;
  const reason = timeline.truncated?.reason;
  const wanted = program.kind === 'deadlock' ? 'deadlock' : undefined;
  if (reason !== wanted)
    yield `ended as ${reason ?? 'usual'} (${timeline.truncated?.message ?? ''} exit ${exit}): ${stderr.slice(-500)}`;
  else if (wanted === undefined && exit !== 0) yield `exit code ${exit}: ${stderr.slice(-500)}`;
}

/** Whether two runs must be alike: asyncio keeps some tasks in sets, whose order depends on addresses. */
function ordered({ functions, main }: Program): boolean {
  return !/"op":"group"/.test(JSON.stringify([functions, main]));
}

/** The first line that differs; where the words are the same, the first chunk or byte. */
function differenceOfTraces(a: Uint8Array, b: Uint8Array): string {
  const [left, right] = [readTimeline(a), readTimeline(b)].map(notation);
  if (left !== right) return difference(left, right);
  const at = a.findIndex((byte, i) => byte !== b[i]);
  const around = (bytes: Uint8Array) =>
    JSON.stringify(Buffer.from(bytes.slice(Math.max(0, at - 40), at + 40)).toString('latin1'));
  return `at byte ${at} of ${a.length} and ${b.length}, ${around(a)} became ${around(b)}`;
}

function difference(a: string, b: string): string {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const at = left.findIndex((line, i) => line !== right[i]);
  return `line ${at + 1}: ${JSON.stringify(left[at])} became ${JSON.stringify(right[at])}`;
}
