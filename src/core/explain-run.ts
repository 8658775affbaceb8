import type { AwaitSite } from './explain';
import { type Site, State, type Timeline } from './model';
import type { Seconds } from './units';
import { wakerWords } from './wake-words';
import { type WakeReason, wakeReason } from './wakes';
import { translator } from './words';

const english = translator(undefined);

/** What a line did in a run. */
export interface LineRun {
  readonly timeline: Timeline;
  readonly suspensions: number;
  readonly total: Seconds;
  readonly longest: Seconds;
  /** The task of the longest, to show it. */
  readonly longestTask: number;
  /** Names of the tasks that stood here, most often first. */
  readonly tasks: readonly Count[];
  /** Labels of what they waited for. */
  readonly waits: readonly Count[];
  /** Who or what woke them. */
  readonly wakers: readonly WakerCount[];
  /** Some still stood here when the record ended. */
  readonly open: number;
  /** The function around the line ran at all; undefined: there is none, or the record does not tell. */
  readonly reached: boolean;
}

/** Wake-ups that are told in the same words. */
export interface WakerCount extends Count {
  /** Why the first of them woke; undefined: they yielded, and so scheduled themselves. */
  readonly reason: WakeReason | undefined;
}

export interface Count {
  readonly text: string;
  readonly count: number;
}

/** What the suspensions at a place of the source were, in a run. `site` is as the file stood then. Linear in the number of segments. */
export function lineRun(timeline: Timeline, file: string, site: AwaitSite): LineRun {
  const here = sitesAt(timeline, file, site);
  const { segments, tasks, waits } = timeline;
  const stood = new Tally();
  const waitedFor = new Tally();
  const wokenBy = new Map<string, { count: number; reason: WakeReason | undefined }>();
  let suspensions = 0;
  let total = 0;
  let open = 0;
  let longest = -1;
  let longestTask = 0;
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.suspended || here[segments.site[i]] !== 1) continue;
    const length = segments.end[i] - segments.start[i];
    suspensions++;
    total += length;
    const task = tasks[segments.task[i]];
    if (length > longest) {
      longest = length;
      longestTask = task.id;
    }
    stood.add(task.name);
    waitedFor.add(waits[segments.about[i]]?.label ?? '?');
    const next = i + 1;
    if (next < task.first + task.count && segments.state[next] === State.ready) {
      // A bare yield is scheduled again by the step that yields.
      const itself = segments.about[next] === task.id;
      const reason = itself ? undefined : wakeReason(timeline, next);
      const text = reason ? wakerWords(timeline, reason, english) : '';
      wokenBy.set(text, { reason, count: (wokenBy.get(text)?.count ?? 0) + 1 });
    } else open++;
  }
  const wakers = [...wokenBy].map(([text, waker]) => ({ text, ...waker }));
  return {
    timeline,
    suspensions,
    total,
    longest: Math.max(longest, 0),
    longestTask,
    tasks: stood.sorted(),
    waits: waitedFor.sorted(),
    wakers: wakers.sort((a, b) => b.count - a.count),
    open,
    reached: suspensions > 0 || reached(timeline, file, site),
  };
}

/** For each site of the trace, whether its await chain goes through this place. */
function sitesAt(timeline: Timeline, file: string, site: AwaitSite): Uint8Array {
  const here = new Uint8Array(timeline.sites.length);
  const sameFiles = new Map<string, boolean>();
  const inFile = (path: string) => {
    const known = sameFiles.get(path) ?? sameFile(path, file);
    sameFiles.set(path, known);
    return known;
  };
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

/** Whether two paths name one file: slashes of either kind, drive letters of either case. */
export function sameFile(a: string, b: string): boolean {
  return normal(a) === normal(b);
}

function normal(path: string): string {
  const slashes = path.replace(/\\/g, '/');
  return /^[a-z]:/i.test(slashes) ? slashes.toLowerCase() : slashes;
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(text: string): void {
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
  }

  sorted(): Count[] {
    return [...this.#counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
  }
}
