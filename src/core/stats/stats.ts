import type { Timeline } from '../timeline/model';
import { measured } from './measure';
import type { StatRow, StatTable } from './stat-row';

export type Stats = Readonly<Record<StatTable, readonly StatRow[]>>;

/** Most time first. Linear in the segments, for coroutines times the depth of their nesting. */
export function statsOf(timeline: Timeline): Stats {
  const rows = (table: StatTable) => measured(timeline, table).map(({ numbers }) => numbers);
  return { request: rows('request'), site: rows('site'), coroutine: rows('coroutine'), task: rows('task') };
}
