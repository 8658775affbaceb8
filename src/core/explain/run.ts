import { type WakeReason, wakeReason } from '../causes/wakes';
import { type Meanwhile, meanwhile } from '../places/loop-during-wait';
import { isFile, sameFile } from '../places/same-file';
import { visitsOf } from '../places/visits';
import { State, type Timeline } from '../timeline/model';
import type { Site } from '../trace/records';
import { translator } from '../translate';
import type { Seconds } from '../units';
import { taskLabel } from '../words/tasks';
import { tasksLabel } from '../words/waits';
import { wakerWords } from '../words/wakes';
import type { AwaitSite } from './explain';

const english = translator(undefined);

/** What a line did in a run. */
export interface LineRun {
  readonly timeline: Timeline;
  /** Rows of suspended segments, in the order in which they began. */
  readonly visits: Uint32Array;
  readonly total: Seconds;
  readonly longest: Seconds;
  readonly meanwhile: Meanwhile;
  /** Names of the tasks that were suspended here, the most frequent first. */
  readonly tasks: readonly Count[];
  /** Labels of what they waited for. */
  readonly waits: readonly Count[];
  /** Who or what woke them: the first `MOST_WAKERS` of them. */
  readonly wakers: readonly WakerCount[];
  /** Number of tasks that were still suspended here at the end of the record. */
  readonly open: number;
  /** Whether the function around the line ran; undefined: there is none, or it is unknown. */
  readonly reached: boolean;
}

/** Wake-ups that are described by the same words. */
export interface WakerCount extends Count {
  /** The reason of the first; undefined: a bare yield, which schedules its own task. */
  readonly reason: WakeReason | undefined;
}

export interface Count {
  readonly text: string;
  readonly count: number;
}

/** The suspensions at a place of the source in a run. @param site in the file as it was run */
export function lineRun(timeline: Timeline, file: string, site: AwaitSite): LineRun {
  const { segments, tasks, waits } = timeline;
  const visits = visitsOf(timeline).among(sitesAt(timeline, file, site));
  const stood = new Uint32Array(tasks.length);
  const waitedFor = new Uint32Array(waits.length);
  let total = 0;
  let longest = 0;
  for (const row of visits) {
    const length = segments.end[row] - segments.start[row];
    total += length;
    longest = Math.max(longest, length);
    stood[segments.task[row]]++;
    waitedFor[segments.about[row]]++;
  }
  return {
    timeline,
    visits,
    total,
    longest,
    meanwhile: meanwhile(timeline, visits),
    tasks: tally(stood, (task) => taskLabel(tasks[task])),
    waits: tally(waitedFor, (wait) => (waits[wait] ? (tasksLabel(timeline, waits[wait]) ?? waits[wait].label) : '?')),
    ...wokenBy(timeline, visits),
    reached: visits.length > 0 || reached(timeline, file, site),
  };
}

/** Finding the waker takes a few look-ups for each wake-up: limit them, so that a hover is fast. */
export const MOST_WAKERS = 2000;

function wokenBy(timeline: Timeline, visits: Uint32Array): Pick<LineRun, 'wakers' | 'open'> {
  const { segments, tasks } = timeline;
  const found = new Map<string, { count: number; reason: WakeReason | undefined }>();
  let open = 0;
  for (let i = 0; i < visits.length; i++) {
    const row = visits[i];
    const task = tasks[segments.task[row]];
    const next = row + 1;
    if (next >= task.first + task.count || segments.state[next] !== State.ready) {
      open++;
      continue;
    }
    if (i >= MOST_WAKERS) continue;
    // A bare yield is scheduled again by the step that yields.
    const itself = segments.about[next] === task.id;
    const reason = itself ? undefined : wakeReason(timeline, next);
    const text = reason ? wakerWords(timeline, reason, english) : '';
    found.set(text, { reason, count: (found.get(text)?.count ?? 0) + 1 });
  }
  const wakers = [...found].map(([text, waker]) => ({ text, ...waker })).sort((a, b) => b.count - a.count);
  return { wakers, open };
}

/** For each site of the trace, whether its await chain goes through this place. */
function sitesAt(timeline: Timeline, file: string, site: AwaitSite): Uint8Array {
  const here = new Uint8Array(timeline.sites.length);
  const inFile = isFile(file);
  timeline.sites.forEach((frame, id) => {
    if (!frame) return;
    // A parent has a smaller id, so it is decided already.
    here[id] = here[frame.parent] === 1 || (inFile(frame.code.file) && standsAt(frame, site)) ? 1 : 0;
  });
  return here;
}

function standsAt(frame: Site, site: AwaitSite): boolean {
  const { start, end } = site.range;
  if (site.construct === 'await') return frame.line === start.line && (frame.column ?? start.column) === start.column;
  if (frame.line < start.line || frame.line > end.line) return false;
  if (frame.column === null) return true;
  const { line, column } = frame;
  if (line === start.line && column < start.column) return false;
  if (line === end.line && column > end.column) return false;
  return !site.except.some((other) => other.line === line && other.column === column);
}

function reached(timeline: Timeline, file: string, { function: name }: AwaitSite): boolean {
  if (name === undefined) return true;
  return timeline.coroutines.some(({ code }) => code.function.split('.').at(-1) === name && sameFile(code.file, file));
}

/** Counts by name, since several things may share one; the most frequent first. */
function tally(counts: Uint32Array, nameOf: (index: number) => string): Count[] {
  const named = new Map<string, number>();
  counts.forEach((count, index) => {
    if (count > 0) named.set(nameOf(index), (named.get(nameOf(index)) ?? 0) + count);
  });
  return [...named].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}
