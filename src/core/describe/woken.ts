import { lowerBound, upperBound } from '../sorted';
import { State, type Timeline } from '../timeline/model';

/** Rows of ready segments, in the order in which they began. */
export interface Woken {
  readonly rows: Uint32Array;
  readonly turns: Uint32Array;
}

/** Rows of ready segments that began in a turn. */
export function wokenIn({ rows, turns }: Woken, turn: number): Uint32Array {
  const from = lowerBound(turns, turn, 0, turns.length);
  return rows.subarray(from, upperBound(turns, turn, from, turns.length));
}

export function wokenBy({ segments }: Timeline): Woken {
  const { state, startStep } = segments;
  const found: number[] = [];
  let ordered = true;
  for (let i = 0; i < segments.count; i++) {
    if (state[i] !== State.ready || startStep[i] === 0) continue;
    ordered &&= found.length === 0 || startStep[found[found.length - 1]] <= startStep[i];
    found.push(i);
  }
  const rows = Uint32Array.from(found);
  // Those of one task are in order.
  if (!ordered) rows.sort((a, b) => startStep[a] - startStep[b] || a - b);
  return { rows, turns: rows.map((row) => segments.startStep[row] - 1) };
}
