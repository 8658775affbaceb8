import type { Code, Meta } from '../trace/records';

interface Called {
  readonly code: Code | undefined;
  /** What its coroutine was called with; undefined where that is not known. */
  args: string | undefined;
  /** No other task runs the same with the same arguments; undefined while that is not known. */
  unique: boolean | undefined;
}

/** What tasks run with which arguments, in the order of creation, and which calls are unique. */
export class Calls<T extends Called> {
  /** How many arguments were recorded. */
  #recorded = 0;
  readonly #first = new Map<string, T>();

  /** The next task. @returns the earlier task that is not the only one any more, if this one is the second of its kind */
  add(task: T, meta: Pick<Meta, 'arguments' | 'clipped'>): T | undefined {
    if (task.args !== undefined) this.#recorded++;
    // Of the first tasks all arguments are recorded: those that have none there take none.
    else if (this.#recorded < meta.arguments && !meta.clipped && task.code?.kind === 'coroutine') task.args = '';
    if (task.args === undefined) return undefined;
    const call = `${task.code?.function ?? ''}(${task.args})`;
    const first = this.#first.get(call);
    task.unique = first === undefined;
    if (!first) this.#first.set(call, task);
    if (!first?.unique) return undefined;
    first.unique = false;
    return first;
  }
}
