import type { NamedSpan, Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/** Spans that are alike: requests of one route, or those that the program calls by one name. */
export interface SpanGroup {
  readonly kind: NamedSpan['kind'];
  readonly route: string;
  /** Indices into `Timeline.spans`, in the order in which they began. */
  readonly members: readonly number[];
  /** Of those that have ended, by nearest rank; 0 if none has. */
  readonly p50: Seconds;
  readonly p95: Seconds;
  readonly max: Seconds;
  /** Index of the longest; while it goes on a span counts up to the end of the record. */
  readonly longest: number;
  /** How many were left by an exception, or answered with a status of 500 to 599. */
  readonly failed: number;
}

const known = new WeakMap<readonly NamedSpan[], readonly SpanGroup[]>();

/** Requests first, those that took most time together before others. */
export function spanGroups({ spans, duration }: Pick<Timeline, 'spans' | 'duration'>): readonly SpanGroup[] {
  let groups = known.get(spans);
  if (!groups) {
    groups = grouped(spans, duration);
    known.set(spans, groups);
  }
  return groups;
}

function grouped(spans: readonly NamedSpan[], duration: Seconds): SpanGroup[] {
  const byRoute = new Map<string, number[]>();
  spans.forEach(({ kind, route }, index) => {
    const key = `${kind} ${route}`;
    const members = byRoute.get(key);
    if (members) members.push(index);
    else byRoute.set(key, [index]);
  });
  const groups = [...byRoute.values()].map((members) => {
    const { kind, route } = spans[members[0]];
    const times = Float64Array.from(
      members.flatMap((index) => {
        const { start, end } = spans[index];
        return end === undefined ? [] : [end - start];
      }),
    ).sort();
    const rank = (p: number) => times[Math.max(0, Math.ceil(p * times.length) - 1)] ?? 0;
    const lengths = members.map((index) => (spans[index].end ?? duration) - spans[index].start);
    let longest = 0;
    lengths.forEach((length, i) => {
      if (length > lengths[longest]) longest = i;
    });
    const failed = members.filter((index) => hasFailed(spans[index])).length;
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const numbers = { p50: rank(0.5), p95: rank(0.95), max: rank(1), longest: members[longest], failed };
    return { total, group: { kind, route, members, ...numbers } };
  });
  const isSpan = ({ kind }: SpanGroup) => (kind === 'span' ? 1 : 0);
  return groups.sort((a, b) => isSpan(a.group) - isSpan(b.group) || b.total - a.total).map(({ group }) => group);
}

export function hasFailed({ outcome, status, server }: NamedSpan): boolean {
  return outcome === 'raised' || (server !== '' && status !== undefined && status >= 500 && status < 600);
}
