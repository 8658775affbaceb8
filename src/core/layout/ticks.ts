import { tickStep } from 'd3-array';
import type { Projection } from '../axis/projection';
import { foldAt } from '../axis/squeeze';
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
  const label = (value: number) => (steps ? String(value) : formatTick(value, distance, largest));
  const ticks: Tick[] = [];
  for (let x = 0; x <= width; ) {
    const value = nextValue(projection, x, distance);
    if (value > end) break;
    const at = projection.at(value, value);
    if (at > width) break;
    // No ticks before the start, though there is room when zoomed in.
    if (at >= 0 && value >= 0) ticks.push({ x: at, label: label(value) });
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

/** The first round value at or right of a pixel; if a fold hides it, the end of the fold. */
function nextValue(projection: Projection, x: CssPixels, distance: number): number {
  const value = projection.valueAt(x);
  const { squeeze } = projection.axis;
  const inside = squeeze && foldAt(squeeze.folds, value);
  if (inside) return inside.end;
  const round = roundUp(value, distance);
  const fold = squeeze && foldAt(squeeze.folds, round);
  return fold ? fold.end : round;
}

function roundUp(value: number, distance: number): number {
  const nth = Math.ceil(value / distance - 1e-9);
  // Times of less than a second come out rounder by division: 3 * 0.1 is not 0.3.
  return distance < 1 ? nth / Math.round(1 / distance) : nth * distance;
}
