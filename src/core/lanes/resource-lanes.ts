import { Flag, type Resource, type Timeline } from '../timeline/model';
import { Use } from '../timeline/resources';
import type { Indices } from '../timeline/tasks';
import { BoxKind } from './box-kind';
import type { Horizon } from './horizon';
import { type Bar, barsOf, type Change, countsOf, during, pack, type Series, seriesOf } from './side-columns';
import type { SideLane } from './side-lane';
import { waitingFor } from './waiting-for';

/** More permits than this share one lane. */
const MOST_PERMITS = 8;

interface Known {
  readonly timeline: Timeline;
  readonly indexOf: Indices;
  readonly horizon: Horizon;
}

export function resourceLanes(known: Known): SideLane[] {
  const { resources } = known.timeline;
  return resources.flatMap((resource, index) => lanesOf(known, resource, index));
}

function lanesOf(known: Known, resource: Resource, index: number): SideLane[] {
  const waiting = waitersOf(known.timeline, resource);
  // It was created, but never used.
  if (resource.count === 0 && !waiting) return [];
  const lane: SideLane = {
    section: resource.kind === 'queue' ? 'queues' : 'locks',
    kind: 'resource',
    name: resource.name,
    resource: index,
    permit: 0,
    bars: undefined,
    series: waiting,
    limit: undefined,
  };
  switch (resource.kind) {
    case 'queue':
      return [{ ...lane, series: sizes(known, resource), limit: resource.maxsize || undefined }];
    case 'lock':
    case 'semaphore':
      return holderLanes(known, resource, lane);
    case 'event':
      return [{ ...lane, bars: barsOf(setStretches(known, resource), known.horizon) }];
    case 'barrier':
      return [{ ...lane, series: inside(known, resource), limit: resource.parties }];
    default:
      return [{ ...lane, series: waiting ?? seriesOf([]) }];
  }
}

function waitersOf(timeline: Timeline, { id }: Resource): Series | undefined {
  const rows = waitingFor(timeline).get(id);
  if (!rows) return undefined;
  const { start, end, startStep, endStep, flags } = timeline.segments;
  return countsOf(
    rows.map((row) => ({
      from: { time: start[row], step: startStep[row] },
      to: flags[row] & Flag.open ? undefined : { time: end[row], step: endStep[row] },
    })),
  );
}

/** A lane for each permit if there are few, the longest held first. */
function holderLanes(known: Known, resource: Resource, lane: SideLane): SideLane[] {
  const holds = holdBars(known, resource);
  const { lanes: packed, rest } = pack(holds, MOST_PERMITS);
  if (rest.length > 0) return [{ ...lane, series: countsOf(holds), limit: resource.value }];
  if (packed.length === 0) return [{ ...lane, bars: barsOf([], known.horizon) }];
  return packed.map((bars, permit) => ({
    ...lane,
    permit,
    bars: barsOf(bars, known.horizon),
    series: permit === 0 ? lane.series : undefined,
  }));
}

/** The holders of a lock or a permit. A task that releases what another acquired releases the oldest. */
function holdBars({ timeline: { uses }, indexOf }: Known, { first, count }: Resource): Bar[] {
  const bars: Bar[] = [];
  const open = new Map<number, number[]>();
  for (let row = first; row < first + count; row++) {
    const moment = during(uses.time[row], uses.step[row]);
    const task = uses.task[row];
    if (uses.what[row] === Use.acquired) {
      const own = open.get(task);
      if (own) own.push(bars.length);
      else open.set(task, [bars.length]);
      const index = indexOf.get(task) ?? -1;
      bars.push({
        from: moment,
        to: undefined,
        kind: index < 0 ? BoxKind.callback : BoxKind.running,
        task: index,
        ref: row,
      });
    } else if (uses.what[row] === Use.released) {
      const holder = open.has(task) ? task : open.keys().next().value;
      const own = holder === undefined ? undefined : open.get(holder);
      const ended = own?.shift();
      if (holder !== undefined && own?.length === 0) open.delete(holder);
      if (ended !== undefined) bars[ended] = { ...bars[ended], to: moment };
    }
  }
  return bars;
}

function setStretches({ timeline: { uses } }: Known, { first, count }: Resource): Bar[] {
  const bars: Bar[] = [];
  let since: Bar | undefined;
  for (let row = first; row < first + count; row++) {
    const moment = during(uses.time[row], uses.step[row]);
    if (uses.what[row] === Use.set)
      since ??= { from: moment, to: undefined, kind: BoxKind.callback, task: -1, ref: row };
    else if (uses.what[row] === Use.cleared && since) {
      bars.push({ ...since, to: moment });
      since = undefined;
    }
  }
  return since ? [...bars, since] : bars;
}

function sizes({ timeline: { uses } }: Known, { first, count }: Resource): Series {
  const sized = [Use.put, Use.got, Use.drained];
  return changes(first, count, (row) => (sized.includes(uses.what[row]) ? uses.value[row] : undefined), uses);
}

function inside({ timeline: { uses } }: Known, { first, count }: Resource): Series {
  const counted = [Use.arrived, Use.left];
  return changes(first, count, (row) => (counted.includes(uses.what[row]) ? uses.value[row] : undefined), uses);
}

function changes(
  first: number,
  count: number,
  value: (row: number) => number | undefined,
  uses: Timeline['uses'],
): Series {
  const list: Change[] = [];
  for (let row = first; row < first + count; row++) {
    const now = value(row);
    if (now !== undefined) list.push({ ...during(uses.time[row], uses.step[row]), value: now, use: row });
  }
  return seriesOf(list);
}
