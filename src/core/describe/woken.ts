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
  const found: number[] = [];
  for (let i = 0; i < segments.count; i++)
    if (segments.state[i] === State.ready && segments.startStep[i] > 0) found.push(i);
  const rows = Uint32Array.from(found).sort((a, b) => segments.startStep[a] - segments.startStep[b] || a - b);
  return { rows, turns: rows.map((row) => segments.startStep[row] - 1) };
}
