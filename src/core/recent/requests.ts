import { spanGroups } from '../lanes/span-groups';
import type { NamedSpan, Timeline } from '../timeline/model';
import type { Seconds } from '../units';
import { ranksOf } from './rank';
import type { Span } from './within';

/** Requests of one route, or spans of one name. */
export interface RecentRoute {
  readonly route: string;
  readonly kind: 'request' | 'span';
  /** How many ended in the span. */
  readonly ended: number;
  /** How many go on. */
  readonly open: number;
  readonly failed: number;
  /** Of those that ended; undefined: none did. */
  readonly p50: Took | undefined;
  readonly p95: Took | undefined;
}

export interface Took {
  readonly seconds: Seconds;
  /** It was longer: some began before the record does, and how long before is not known. */
  readonly longer: boolean;
}

export function routesIn(timeline: Timeline, { from }: Span, began?: ReadonlyMap<number, Seconds>): RecentRoute[] {
  const { spans, meta } = timeline;
  return spanGroups(timeline)
    .map(({ route, kind, members }) => {
      const all = members.map((index) => spans[index]);
      const ended = all.filter(({ end }) => end !== undefined && end >= from);
      const ranks = ranksOf(ended.map(({ id, start, end }) => end! - (began?.get(id) ?? start)));
      const failed = ended.filter(({ outcome, status = 0 }) => outcome === 'raised' || status >= 500).length;
      // One that is known to be among the longer ones changes nothing.
      const isLonger =
        (seconds: Seconds) =>
        ({ id, start, end }: NamedSpan) =>
          start === 0 && end! <= seconds && !began?.has(id);
      const took = (seconds: Seconds) => {
        return { seconds, longer: meta.clipped && ended.some(isLonger(seconds)) };
      };
      const open = all.filter(({ end }) => end === undefined).length;
      return {
        ...{ route, kind, ended: ended.length, open, failed },
        p50: ranks && took(ranks.p50),
        p95: ranks && took(ranks.p95),
      };
    })
    .filter(({ ended, open }) => ended + open > 0)
    .sort((a, b) => Number(a.kind === 'span') - Number(b.kind === 'span') || b.ended - a.ended || b.open - a.open);
}
