import type { Measured } from '../../src/core/stats/measure';
import type { StatRow, StatTable } from '../../src/core/stats/stat-row';

/** Which table is shown, and by which column it is sorted. */
export interface NumberOrder {
  readonly table: StatTable;
  readonly by: NumberColumn;
  /** The largest first. */
  readonly falling: boolean;
}

export const numberColumns = ['name', 'count', 'suspended', 'ready', 'running', 'p50', 'p95', 'max', 'share'] as const;
export type NumberColumn = (typeof numberColumns)[number] & keyof StatRow;

export const firstOrder: NumberOrder = { table: 'site', by: 'share', falling: true };

/** Await sites do not run. */
export function columnsIn(table: StatTable): readonly NumberColumn[] {
  return table === 'site' ? numberColumns.filter((column) => column !== 'running') : numberColumns;
}

/** Sorted once more by the same column, the order turns; numbers begin with the largest, names with A. */
export function sortedBy(order: NumberOrder, by: NumberColumn): NumberOrder {
  return { ...order, by, falling: order.by === by ? !order.falling : by !== 'name' };
}

export function inOrder(rows: readonly Measured[], { by, falling }: NumberOrder): Measured[] {
  const direction = falling ? -1 : 1;
  return rows.toSorted(({ numbers: a }, { numbers: b }) => direction * compared(a, b, by));
}

function compared(a: StatRow, b: StatRow, by: NumberColumn): number {
  if (by === 'name') return a.name.localeCompare(b.name, undefined, { numeric: true });
  return (a[by] ?? 0) - (b[by] ?? 0);
}
