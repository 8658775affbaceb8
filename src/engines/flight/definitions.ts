/** Of kinds whose ids stay in use for an unknown time, this many old definitions are kept; others show as unknown. */
const MOST_OLD = 100_000;

interface Line {
  readonly text: string;
  /** Number of the batch it came in. */
  readonly batch: number;
}

/** The definitions that records in the window may use. */
export class KeptDefinitions {
  readonly #kinds = new Map<string, Map<number, Line>>();
  /** Strings that code objects are called by. */
  readonly #names = new Set<number>();
  /** Ids up to `last` of a kind are used no more by what comes after `batch`. */
  #forgotten: { readonly kind: string; readonly last: number; readonly batch: number }[] = [];

  add(text: string, batch: number): void {
    for (const line of text.split('\n')) {
      const head = /^\["(\w+)", *(\d+)/.exec(line);
      if (!head) continue;
      const [, kind, id] = head;
      if (kind === 'forget') {
        const what = /^\["forget", *\d+, *"(\w+)"/.exec(line)?.[1];
        if (what) this.#forgotten.push({ kind: what, last: Number(id), batch });
        continue;
      }
      if (kind === 'code') for (const name of line.split(',', 4).slice(2)) this.#names.add(Number(name));
      const lines = this.#kinds.get(kind) ?? new Map<number, Line>();
      this.#kinds.set(kind, lines);
      lines.set(Number(id), { text: line, batch });
    }
  }

  /** The window begins with `batch` now. `inUse`: ids that are in use however old they are. */
  drop(batch: number, inUse: () => ReadonlyMap<string, ReadonlySet<number>>): void {
    const due = this.#forgotten.filter(({ batch: at }) => at < batch);
    const used = due.length > 0 ? inUse() : new Map<string, ReadonlySet<number>>();
    for (const { kind, last } of due) {
      const lines = this.#kinds.get(kind);
      for (const id of lines?.keys() ?? []) {
        if (id > last) break;
        if (!used.get(kind)?.has(id) && !(kind === 'str' && this.#names.has(id))) lines!.delete(id);
      }
    }
    this.#forgotten = this.#forgotten.filter(({ batch: at }) => at >= batch);
    for (const kind of ['group', 'job', 'resource']) {
      const lines = this.#kinds.get(kind);
      let over = (lines?.size ?? 0) - MOST_OLD;
      for (const [id, line] of lines ?? []) {
        if (over-- <= 0 || line.batch >= batch) break;
        lines!.delete(id);
      }
    }
  }

  /** In an order in which each comes after what it refers to. */
  text(): string {
    const order = ['str', 'code', 'site'];
    const kinds = [...order, ...[...this.#kinds.keys()].filter((kind) => !order.includes(kind))];
    return kinds
      .flatMap((kind) => [...(this.#kinds.get(kind)?.values() ?? [])].map(({ text }) => `${text}\n`))
      .join('');
  }
}
