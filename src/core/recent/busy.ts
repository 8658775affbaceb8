import { userSite } from '../places/chain';
import { holdOfSegment } from '../timeline/holds';
import { Flag, State, type Timeline } from '../timeline/model';
import type { Seconds } from '../units';
import { shortName } from '../words/names';
import { endOf, type Span, secondsIn } from './within';

/** Code that held a loop: steps that resumed at one place, or the call that samples blame for long ones. */
export interface Busiest {
  readonly name: string;
  /** Undefined: a callback. */
  readonly file: string | undefined;
  readonly line: number;
  readonly held: Seconds;
  readonly count: number;
  readonly longest: Seconds;
}

export interface LoopShare {
  readonly thread: string;
  /** Of the span, 0 … 1. */
  readonly busy: number;
}

type Place = Pick<Busiest, 'name' | 'file' | 'line'>;

/** What ran, one row for each place, and how long each step had been ready. */
export function busiestIn(timeline: Timeline, span: Span) {
  const { segments, tasks, callbacks } = timeline;
  const rows = new Map<string, { -readonly [K in keyof Busiest]: Busiest[K] }>();
  const add = (place: Place, held: Seconds, length: Seconds) => {
    const key = `${place.file}:${place.line}:${place.name}`;
    const row = rows.get(key) ?? { ...place, held: 0, count: 0, longest: 0 };
    rows.set(key, row);
    row.held += held;
    row.count++;
    row.longest = Math.max(row.longest, length);
  };
  const lags: Seconds[] = [];
  let steps = 0;
  for (const task of tasks) {
    for (let row = task.first; row < task.first + task.count; row++) {
      const end = endOf(timeline, row, span);
      if (end < span.from) continue;
      const length = end - segments.start[row];
      const state = segments.state[row];
      if (state === State.ready && isLast(timeline, row, task)) lags.push(length);
      // A nested step is part of the one that it is in.
      if (state !== State.running || segments.flags[row] & Flag.eager) continue;
      add(placeOfStep(timeline, row, task), secondsIn(segments.start[row], end, span), length);
      steps++;
      const before = row > task.first && segments.state[row - 1] === State.ready ? row - 1 : undefined;
      lags.push(before === undefined ? 0 : segments.end[before] - segments.start[before]);
    }
  }
  for (const { name, start, end } of callbacks)
    if (end >= span.from) add({ name, file: undefined, line: 0 }, secondsIn(start, end, span), end - start);
  const busiest = [...rows.values()].filter(({ held }) => held > 0).sort((a, b) => b.held - a.held);
  return { lags, steps, busiest };
}

type Rows = Timeline['tasks'][number];

/** A task that waits for its turn now: how long it did so far counts, too. */
function isLast({ segments }: Timeline, row: number, { first, count }: Rows): boolean {
  return row === first + count - 1 && (segments.flags[row] & Flag.open) !== 0;
}

function placeOfStep(timeline: Timeline, row: number, { first, code, coroutine }: Rows): Place {
  const { segments } = timeline;
  const hold = holdOfSegment(timeline, row);
  let at = row - 1;
  if (at >= first && segments.state[at] === State.ready) at--;
  const site = userSite(timeline, hold?.site || (at >= first ? segments.site[at] : 0));
  if (site) return { name: shortName(site.code.function), file: site.code.file, line: site.line };
  return { name: shortName(code?.function ?? coroutine), file: code?.file, line: code?.firstLine ?? 0 };
}

/** How busy each loop was that is not closed: with steps and callbacks, not with waiting in its selector. */
export function loopShares({ segments, tasks, callbacks, loops }: Timeline, span: Span): LoopShare[] {
  const busy = new Map<number, Seconds>();
  const add = (loop: number, time: Seconds) => busy.set(loop, (busy.get(loop) ?? 0) + time);
  for (const { loop, first, count } of tasks)
    for (let row = first; row < first + count; row++)
      if (segments.state[row] === State.running && !(segments.flags[row] & Flag.eager))
        add(loop, secondsIn(segments.start[row], endOf({ segments }, row, span), span));
  for (const { loop, start, end } of callbacks) add(loop, secondsIn(start, end, span));
  const length = span.until - span.from;
  return loops
    .filter(({ closed }) => closed === undefined || closed >= span.from)
    .map(({ id, thread }) => ({ thread, busy: length > 0 ? Math.min(1, (busy.get(id) ?? 0) / length) : 0 }));
}
