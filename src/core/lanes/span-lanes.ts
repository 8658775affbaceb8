import type { NamedSpan, Timeline } from '../timeline/model';
import type { Indices } from '../timeline/tasks';
import { BoxKind } from './box-kind';
import type { Horizon } from './horizon';
import { type Bar, barsOf, countsOf, during, pack } from './side-columns';
import type { SideLane } from './side-lane';
import { type SpanGroup, spanGroups } from './span-groups';

/** Lanes for spans of one route; where more go on at once, the longest ones have them, and all are counted in one more. */
const MOST_ROWS = 4;
/** Routes beyond these have no lanes: numbers have them all. */
const MOST_ROUTES = 40;
/** Of so many the longest are looked for: nobody tells more bars apart. */
const MOST_LONGEST = 400;

/** Lanes of requests and named spans, those of one route below each other. */
export function spanLanes(timeline: Timeline, indexOf: Indices, horizon: Horizon): SideLane[] {
  const groups = spanGroups(timeline);
  return groups.slice(0, MOST_ROUTES).flatMap((group) => lanesOf(group, timeline, indexOf, horizon));
}

function lanesOf(group: SpanGroup, { spans }: Timeline, indexOf: Indices, horizon: Horizon): SideLane[] {
  const all = group.members.map((index) => barOf(spans[index], index, indexOf));
  const packed = pack(all, MOST_ROWS);
  const crowded = packed.rest.length > 0;
  const lanes = crowded ? longestFirst(all, horizon) : packed.lanes;
  const lane = (permit: number, more: Pick<SideLane, 'bars' | 'series'>): SideLane => ({
    section: group.kind === 'request' ? 'requests' : 'spans',
    kind: 'spans',
    name: group.route,
    resource: -1,
    permit,
    limit: undefined,
    ...more,
  });
  const counted = crowded ? [lane(0, { bars: undefined, series: countsOf(all) })] : [];
  return [
    ...counted,
    ...lanes.map((bars, i) => lane(i + counted.length, { bars: barsOf(bars, horizon), series: undefined })),
  ];
}

function barOf(span: NamedSpan, ref: number, indexOf: Indices): Bar {
  const { start, startStep, end, endStep } = span;
  const owner = indexOf.get(span.task) ?? -1;
  return {
    from: during(start, startStep),
    to: end === undefined ? undefined : during(end, endStep ?? startStep),
    kind: owner < 0 ? BoxKind.callback : BoxKind.running,
    task: owner,
    ref,
  };
}

/** As many of the longest as have room: those are asked about. */
function longestFirst(bars: readonly Bar[], horizon: Horizon): Bar[][] {
  const length = ({ from, to }: Bar) => (to?.time ?? horizon.time) - from.time;
  const longest = [...bars].sort((a, b) => length(b) - length(a)).slice(0, MOST_LONGEST);
  const lanes: Bar[][] = Array.from({ length: MOST_ROWS }, () => []);
  for (const bar of longest) {
    const free = lanes.find((lane) => lane.every((other) => areApart(bar, other)));
    free?.push(bar);
  }
  return lanes.filter((lane) => lane.length > 0).map((lane) => lane.sort((a, b) => a.from.step - b.from.step));
}

function areApart(one: Bar, other: Bar): boolean {
  const [first, last] = one.from.step < other.from.step ? [one, other] : [other, one];
  return first.to !== undefined && first.to.step <= last.from.step && first.to.time <= last.from.time;
}
