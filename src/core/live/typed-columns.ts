import type { EventColumns, UseColumns } from '../trace/columns';

export type Column = Float64Array | Uint32Array | Uint8Array;

/** The column itself, or one twice as long that begins like it. */
export function withRoom<C extends Column>(column: C, length: number): C {
  if (length <= column.length) return column;
  const longer = new (column.constructor as new (length: number) => C)(Math.max(2 * column.length, length));
  longer.set(column as never);
  return longer;
}

/** Rows that are kept while more come. */
export class CollectedRows<T extends EventColumns | UseColumns> {
  #count = 0;
  readonly #columns: Record<string, Column> = {};

  /** Keeps rows of another table, all or those that are `wanted`. */
  add(rows: T, wanted?: (row: number) => boolean): void {
    const chosen = wanted && chosenOf(rows.count, wanted);
    const count = chosen?.length ?? rows.count;
    const first = this.#count;
    this.#count += count;
    for (const [name, column] of Object.entries(rows) as [string, Column | number][]) {
      if (typeof column === 'number') continue;
      this.#columns[name] ??= new (column.constructor as new (length: number) => Column)(64);
      const own = withRoom(this.#columns[name], this.#count);
      this.#columns[name] = own;
      for (let i = 0; i < count; i++) own[first + i] = column[chosen ? chosen[i] : i];
    }
  }

  get rows(): T {
    const cut = Object.entries(this.#columns).map(([name, column]) => [name, column.subarray(0, this.#count)]);
    return { count: this.#count, ...Object.fromEntries(cut) } as unknown as T;
  }

  get count(): number {
    return this.#count;
  }
}

function chosenOf(count: number, wanted: (row: number) => boolean): number[] {
  const chosen: number[] = [];
  for (let row = 0; row < count; row++) if (wanted(row)) chosen.push(row);
  return chosen;
}
