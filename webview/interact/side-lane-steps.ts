import type { Lanes } from '../../src/core/lanes/lanes';
import { lowerBound } from '../../src/core/sorted';
import type { Selection } from '../state/store';

/** Walking along lanes beside the tasks with the keyboard. */

type SideSelection = Extract<Selection, { kind: 'side' }>;

/** The stretch after the selected one, or before it; undefined at the lane's ends. */
export function alongSide({ sides }: Lanes, { lane, entry }: SideSelection, direction: number): Selection | undefined {
  const { bars, series } = sides[lane];
  const next = entry + direction;
  const count = (bars ?? series)?.count ?? 0;
  return next < 0 || next >= count ? undefined : { kind: 'side', lane, entry: next, level: bars === undefined };
}

/** The stretch of a lane at a moment, or the one that is next to it. */
export function entryAt({ sides }: Lanes, lane: number, step: number): Selection | undefined {
  const { bars, series } = sides[lane];
  const columns = bars ?? series;
  if (!columns || columns.count === 0) return { kind: 'side', lane, entry: 0, level: true };
  const entry = Math.max(0, Math.min(columns.count - 1, lowerBound(columns.startStep, step, 0, columns.count)));
  return { kind: 'side', lane, entry, level: bars === undefined };
}
