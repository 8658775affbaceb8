import type { Projection } from '../axis/projection';
import { taskColor } from '../colors';
import { BoxKind } from '../lanes/box-kind';
import type { Group } from '../lanes/groups';
import { isOpen } from '../lanes/horizon';
import type { Lanes } from '../lanes/lanes';
import type { Filter } from '../rows/filter';
import type { GroupRow } from '../rows/row';
import { byPlace } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import type { Places } from '../timeline/moment';
import type { CssPixels } from '../units';
import type { Boxes } from './boxes';
import type { RowContext } from './window';

/**
 * The lane of many alike tasks: how many of them are suspended and ready at each moment, as a chart, and when one of them runs.
 * Each pixel is one binary search, so that the cost hardly depends on the number of tasks.
 */
export function fillGroup({ group }: GroupRow, context: RowContext): void {
  fillCrowd(context.lanes.groups[group], context);
}

export function fillCrowd(group: Group, { lanes, projection, boxes, width, filter }: RowContext): void {
  const { members } = group;
  const crowd = crowdOf(lanes, group);
  const color = taskColor(members[0]);
  let from = 0;
  const counter = new Counter(crowd, projection, filter?.states);
  let before = counter.in(0);
  for (let x = 1; x <= width; x++) {
    const now = x < width ? counter.in(x) : undefined;
    if (now && now.suspended === before.suspended && now.ready === before.ready && now.running === before.running)
      continue;
    write(boxes, from, x - from, before, color, members[0]);
    from = x;
    if (now) before = now;
  }
}

/** How many tasks of a group are in each state at a point of its row. */
export function crowdAt(
  { kind, span, x: lefts, width }: Boxes,
  { first, end }: { readonly first: number; readonly end: number },
  x: CssPixels,
): Counts {
  const counts = { running: 0, ready: 0, suspended: 0 };
  for (let i = first; i < end; i++) {
    if (x < lefts[i] || x >= lefts[i] + width[i]) continue;
    if (kind[i] === BoxKind.manySuspended) counts.suspended = span[i];
    else if (kind[i] === BoxKind.manyReady) counts.ready = levelOf(span[i]).value;
    else if (kind[i] === BoxKind.manyRunning) counts.running = span[i];
  }
  return counts;
}

export interface Counts {
  readonly running: number;
  readonly ready: number;
  readonly suspended: number;
}

function write(boxes: Boxes, x: CssPixels, width: CssPixels, counts: Counts, color: number, ref: number): void {
  const { suspended, ready, running } = counts;
  if (suspended > 0) boxes.add(x, width, BoxKind.manySuspended, color, ref, suspended, 1);
  // Stack the ready tasks on the suspended ones.
  if (ready > 0) boxes.add(x, width, BoxKind.manyReady, color, ref, ready + suspended * MOST, 1);
  if (running > 0) boxes.add(x, width, BoxKind.manyRunning, color, ref, running, 1);
}

/** Packs two stacked numbers into one column. */
const MOST = 65536;
export function levelOf(span: number): { readonly base: number; readonly value: number } {
  return { base: Math.floor(span / MOST), value: span % MOST };
}

/** Starts and ends of the segments of one state, each sorted: the number at a moment is the difference of two binary searches. */
interface Edges {
  readonly count: number;
  readonly starts: Places;
  readonly ends: Places;
}

type Crowd = Readonly<Record<keyof Counts, Edges>>;

const crowds = new WeakMap<Group, Crowd>();

function crowdOf(lanes: Lanes, group: Group): Crowd {
  const known = crowds.get(group);
  if (known) return known;
  const crowd = {
    running: edgesOf(lanes, group, State.running),
    ready: edgesOf(lanes, group, State.ready),
    suspended: edgesOf(lanes, group, State.suspended),
  };
  crowds.set(group, crowd);
  return crowd;
}

function edgesOf(lanes: Lanes, { members }: Group, state: number): Edges {
  const { tasks, segments } = lanes.timeline;
  let count = 0;
  for (const member of members) {
    const { first, count: own } = tasks[member];
    for (let row = first; row < first + own; row++) if (segments.state[row] === state) count++;
  }
  const column = () => ({ time: new Float64Array(count), step: new Uint32Array(count) });
  const starts = column();
  const ends = column();
  let at = 0;
  for (const member of members) {
    const { first, count: own } = tasks[member];
    for (let row = first; row < first + own; row++) {
      if (segments.state[row] !== state) continue;
      const open = isOpen(segments, row);
      starts.time[at] = segments.start[row];
      starts.step[at] = segments.startStep[row];
      ends.time[at] = open ? lanes.horizon.time : segments.end[row];
      ends.step[at++] = open ? lanes.horizon.steps : segments.endStep[row];
    }
  }
  return { count, starts: inOrder(starts, lanes.horizon.steps), ends: inOrder(ends, lanes.horizon.steps) };
}

/** Moments in the order of their steps, by counting; that is the order of their times too, but for several loops at once. */
function inOrder({ time, step }: Edges['starts'] & { time: Float64Array; step: Uint32Array }, steps: number) {
  const order = byPlace(step, steps);
  const sorted = { time: time.map((_, i) => time[order[i]]), step: step.map((_, i) => step[order[i]]) };
  for (let i = 1; i < order.length; i++) {
    if (sorted.time[i] >= sorted.time[i - 1]) continue;
    sorted.time.sort();
    break;
  }
  return sorted;
}

/** Counts from left to right: each pixel is looked for from where the one before was found. */
class Counter {
  readonly #found = new Map<Places, number>();

  constructor(
    private readonly crowd: Crowd,
    private readonly projection: Projection,
    /** By `State`: whether it is shown. */
    private readonly states: Filter['states'] = [true, true, true],
  ) {}

  /** How many there are in a pixel. Runs and waits for a turn are short, so that those count that touch the pixel; waits are counted at its left edge. */
  in(x: CssPixels): Counts {
    const { running, ready, suspended } = this.crowd;
    const shown = (state: number, count: () => number) => (this.states[state] ? count() : 0);
    return {
      running: shown(State.running, () => this.#upTo(running, 'starts', x + 1) - this.#upTo(running, 'ends', x)),
      ready: shown(State.ready, () =>
        Math.min(MOST - 1, this.#upTo(ready, 'starts', x + 1) - this.#upTo(ready, 'ends', x)),
      ),
      suspended: shown(State.suspended, () => this.#upTo(suspended, 'starts', x) - this.#upTo(suspended, 'ends', x)),
    };
  }

  #upTo(edges: Edges, side: 'starts' | 'ends', x: CssPixels): number {
    const places = edges[side];
    const found = this.projection.first(places, x, this.#found.get(places) ?? 0, edges.count);
    this.#found.set(places, found);
    return found;
  }
}
