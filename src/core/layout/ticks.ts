import { tickStep } from 'd3-array';
import { isRoomy } from '../axis/folds';
import type { Projection } from '../axis/projection';
import { type Fold, foldAt } from '../axis/squeeze';
import type { CssPixels } from '../units';
import { formatTick } from '../words/labels';

/** A grid line and its label. */
export interface Tick {
  readonly x: CssPixels;
  readonly label: string;
}

const ROOM_PER_TICK: CssPixels = 96;
/** Where the axis is squeezed, ticks behind a fold may come closer to one another. */
const CLOSEST: CssPixels = 64;

/** Ticks at round values, as many as there is room for. @param end of the record, in units of the axis */
export function ticksOf(projection: Projection, width: CssPixels, end: number): Tick[] {
  const steps = projection.axis.kind === 'steps';
  const distance = distanceOf(projection, width, steps);
  const largest = Math.max(Math.abs(projection.valueAt(0)), Math.abs(projection.valueAt(width)), distance);
  const ticks: Tick[] = [];
  for (let x = 0; x <= width; ) {
    const { value, apart } = nextTick(projection, x, width, distance);
    if (value > end) break;
    const at = projection.at(value, value);
    if (at > width) break;
    const label = steps ? String(value) : formatTick(value, apart, largest);
    // No ticks before the start, though there is room when zoomed in.
    if (at >= 0 && value >= 0) ticks.push({ x: at, label });
    x = Math.max(at, x) + (projection.axis.squeeze ? CLOSEST : distanceInPixels(projection, value, distance) / 2);
  }
  return ticks;
}

/** Distance between ticks in units of the axis, without regard to folds. */
function distanceOf(projection: Projection, width: CssPixels, steps: boolean): number {
  const { squeeze } = projection.axis;
  const units = (x: CssPixels) => squeeze?.squeezed(projection.valueAt(x)) ?? projection.valueAt(x);
  const count = Math.max(2, Math.floor(width / ROOM_PER_TICK));
  const distance = tickStep(units(0), units(width), count);
  return steps ? Math.max(1, distance) : distance;
}

function distanceInPixels(projection: Projection, value: number, distance: number): CssPixels {
  return projection.at(value + distance, value + distance) - projection.at(value, value);
}

/**
 * The first round value at or right of a pixel. A fold that is too narrow for ticks of its own hides it: then the end of the fold.
 * @param distance between ticks outside of folds; `apart` is the one that holds at the value
 */
function nextTick(
  projection: Projection,
  x: CssPixels,
  width: CssPixels,
  distance: number,
): { readonly value: number; readonly apart: number } {
  const { squeeze } = projection.axis;
  const from = projection.valueAt(x);
  const inside = squeeze && foldAt(squeeze.folds, from);
  const round = roundUp(from, distance);
  const fold = inside ?? (squeeze && foldAt(squeeze.folds, round));
  if (!fold) return { value: round, apart: distance };
  const apart = distanceInside(projection, fold, width);
  if (apart === undefined) return { value: fold.end, apart: distance };
  // The start of a fold is no round value of its own scale: begin behind it.
  const value = roundUp(Math.max(from, fold.start), apart);
  return value < fold.end ? { value, apart } : { value: fold.end, apart: distance };
}

/** Distance between ticks within a fold that is wide on the screen. */
function distanceInside(projection: Projection, { start, end }: Fold, width: CssPixels): number | undefined {
  const left = projection.at(start, 0);
  const right = projection.at(end, 0);
  if (!isRoomy(left, right)) return undefined;
  const [from, to] = [Math.max(0, left), Math.min(width, right)];
  const count = Math.max(2, Math.floor((to - from) / ROOM_PER_TICK));
  return tickStep(projection.valueAt(from), projection.valueAt(to), count);
}

function roundUp(value: number, distance: number): number {
  const nth = Math.ceil(value / distance - 1e-9);
  // Times of less than a second come out rounder by division: 3 * 0.1 is not 0.3.
  return distance < 1 ? nth / Math.round(1 / distance) : nth * distance;
}
