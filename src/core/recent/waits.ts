import { waitSite } from '../places/chain';
import { State, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import type { Seconds } from '../units';
import { shortName } from '../words/names';
import { waitLabel } from '../words/waits';
import { endOf, type Span, secondsIn } from './within';

/** A place at which tasks were suspended. */
export interface WaitedAt {
  /** The function that awaits. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** What the last of the waits was for; empty if it is not known. */
  readonly what: string;
  /** How many tasks are suspended there now. */
  readonly now: number;
  /** Seconds of all tasks together. */
  readonly waited: Seconds;
}

interface Sum {
  place: Pick<WaitedAt, 'name' | 'file' | 'line'>;
  now: number;
  waited: Seconds;
  last: number;
}

export function waitedIn(timeline: Timeline, span: Span, t: Translate): WaitedAt[] {
  const { segments, tasks } = timeline;
  const sums = new Map<string, Sum>();
  for (const { first, count, outcome } of tasks) {
    for (let row = first; row < first + count; row++) {
      if (segments.state[row] !== State.suspended) continue;
      const end = endOf(timeline, row, span);
      if (end < span.from) continue;
      const site = waitSite(timeline, row);
      if (!site?.code.user) continue;
      const { file, function: name } = site.code;
      const key = `${file}:${site.line}`;
      const place = { name: shortName(name), file, line: site.line };
      const sum = sums.get(key) ?? { place, now: 0, waited: 0, last: row };
      sums.set(key, sum);
      sum.waited += secondsIn(segments.start[row], end, span);
      if (segments.start[row] >= segments.start[sum.last]) sum.last = row;
      if (row === first + count - 1 && outcome.kind === 'pending') sum.now++;
    }
  }
  return [...sums.values()]
    .filter(({ waited }) => waited > 0)
    .sort((a, b) => b.waited - a.waited)
    .map(({ place, now, waited, last }) => ({ ...place, now, waited, what: waitLabel(timeline, last, t) ?? '' }));
}
