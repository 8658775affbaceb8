import type { SameTasks } from '../compare/same-tasks';
import type { Lanes } from '../lanes/lanes';
import type { Row } from '../rows/row';
import { LoopKind } from '../timeline/loop-entries';
import type { CssPixels } from '../units';
import type { Boxes } from './boxes';
import type { Scene } from './scene';

/** Positions of boxes by a key that means the same in both runs of a program. */
export type BoxPlaces = ReadonlyMap<string, { readonly x: CssPixels; readonly width: CssPixels }>;

/** More boxes than this are not animated: the eye could not follow them. */
const MOST = 4000;

/** The positions of the boxes of a scene, by their keys in the next run. */
export function boxPlaces({ rows, boxes }: Scene, lanes: Lanes, same: SameTasks): BoxPlaces {
  const places = new Map<string, { x: CssPixels; width: CssPixels }>();
  if (boxes.count > MOST) return places;
  for (const { row, first, end } of rows) {
    for (let box = first; box < end; box++) {
      const key = keyOf(lanes, row, boxes, box, (task) => same.get(task));
      if (key !== undefined) places.set(key, { x: boxes.x[box], width: boxes.width[box] });
    }
  }
  return places;
}

/** Moves the boxes of a row, from `first` on, from their old positions towards the new ones. @param share 0 … 1 of the way */
export function moveBoxes(places: BoxPlaces, share: number, lanes: Lanes, row: Row, first: number, boxes: Boxes): void {
  for (let box = first; box < boxes.count; box++) {
    const key = keyOf(lanes, row, boxes, box, (task) => task);
    const from = key === undefined ? undefined : places.get(key);
    if (!from) continue;
    boxes.x[box] = from.x * (1 - share) + boxes.x[box] * share;
    boxes.width[box] = from.width * (1 - share) + boxes.width[box] * share;
  }
}

/** @param named index of a task in the later run; undefined if it is not there */
function keyOf(
  lanes: Lanes,
  row: Row,
  boxes: Boxes,
  box: number,
  named: (task: number) => number | undefined,
): string | undefined {
  const { tasks, segments } = lanes.timeline;
  const ref = boxes.ref[box];
  const nth = (task: number, segment: number) => {
    const name = named(task);
    return name === undefined ? undefined : `${row.kind} ${name} ${segment - tasks[task].first}`;
  };
  switch (row.kind) {
    case 'task':
      return nth(row.task, ref);
    case 'coroutines': {
      const key = nth(row.task, ref);
      return key && `${key} ${row.level} ${boxes.span[box]} ${boxes.kind[box]}`;
    }
    case 'loop':
    case 'thread': {
      const { kind, ref: shown } = lanes.loop;
      if (kind[ref] !== LoopKind.step) return `${row.kind} ${row.lane} ${kind[ref]} ${shown[ref]}`;
      return nth(segments.task[shown[ref]], shown[ref]);
    }
    case 'output':
    case 'logs':
      return `${row.kind} ${ref}`;
    case 'side':
      return `side ${lanes.sides[row.lane].name} ${boxes.kind[box]} ${ref}`;
    default:
      return undefined;
  }
}
