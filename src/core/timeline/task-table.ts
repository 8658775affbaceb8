import type { Code } from '../trace/records';
import type { Seconds } from '../units';
import type { Outcome, Task } from './model';

/** The tasks of a timeline as columns: what `tasks` holds are no more than the places of their rows. As objects they would take three times as much. */
export class TaskTable {
  readonly tasks: Task[] = [];
  readonly id: Uint32Array;
  readonly parent: Uint32Array;
  readonly loop: Uint32Array;
  readonly created: Float64Array;
  readonly createdBefore: Uint8Array;
  readonly unbegun: Uint8Array;
  readonly ofLibrary: Uint8Array;
  readonly ended: Float64Array;
  readonly site: Uint32Array;
  readonly first: Uint32Array;
  readonly count: Uint32Array;
  /** 0 not known, 1 unique, 2 not unique. */
  readonly unique: Uint8Array;
  /** A number n stands for `Task-n`: most names are asyncio's own. */
  readonly name: (string | number)[] = [];
  readonly code: (Code | undefined)[] = [];
  readonly args: (string | undefined)[] = [];
  readonly group: Task['group'][] = [];
  readonly label: (string | undefined)[] = [];
  /** A text stands for a result: most tasks end with one. */
  readonly outcome: (string | Outcome)[] = [];

  constructor(capacity: number) {
    this.id = new Uint32Array(capacity);
    this.parent = new Uint32Array(capacity);
    this.loop = new Uint32Array(capacity);
    this.created = new Float64Array(capacity);
    this.createdBefore = new Uint8Array(capacity);
    this.unbegun = new Uint8Array(capacity);
    this.ofLibrary = new Uint8Array(capacity);
    this.ended = new Float64Array(capacity);
    this.site = new Uint32Array(capacity);
    this.first = new Uint32Array(capacity);
    this.count = new Uint32Array(capacity);
    this.unique = new Uint8Array(capacity);
  }

  /** @param number the name is `Task-number`; undefined: it is another one */
  add(task: Task, number: number | undefined): void {
    const row = this.tasks.length;
    this.id[row] = task.id;
    this.parent[row] = task.parent;
    this.loop[row] = task.loop;
    this.created[row] = task.created;
    this.createdBefore[row] = task.createdBefore ? 1 : 0;
    this.unbegun[row] = task.unbegun ? 1 : 0;
    this.ofLibrary[row] = task.ofLibrary ? 1 : 0;
    this.ended[row] = task.ended;
    this.site[row] = task.site;
    this.first[row] = task.first;
    this.count[row] = task.count;
    this.unique[row] = task.unique === undefined ? 0 : task.unique ? 1 : 2;
    this.name.push(number ?? task.name);
    this.code.push(task.code);
    this.args.push(task.args);
    this.group.push(task.group);
    this.label.push(task.label);
    this.outcome.push(task.outcome.kind === 'result' ? task.outcome.text : task.outcome);
    this.tasks.push(new TableTask(this, row));
  }
}

/** A task as a row of its table. */
class TableTask implements Task {
  constructor(
    private readonly table: TaskTable,
    private readonly row: number,
  ) {}

  get id(): number {
    return this.table.id[this.row];
  }

  get name(): string {
    const name = this.table.name[this.row];
    return typeof name === 'number' ? automaticName(name) : name;
  }

  get label(): string | undefined {
    return this.table.label[this.row];
  }

  get coroutine(): string {
    return this.code?.function ?? '?';
  }

  get code(): Code | undefined {
    return this.table.code[this.row];
  }

  get parent(): number {
    return this.table.parent[this.row];
  }

  get loop(): number {
    return this.table.loop[this.row];
  }

  get created(): Seconds {
    return this.table.created[this.row];
  }

  get createdBefore(): boolean {
    return this.table.createdBefore[this.row] === 1;
  }

  get unbegun(): boolean {
    return this.table.unbegun[this.row] === 1;
  }

  get ofLibrary(): boolean {
    return this.table.ofLibrary[this.row] === 1;
  }

  get ended(): Seconds {
    return this.table.ended[this.row];
  }

  get site(): number {
    return this.table.site[this.row];
  }

  get args(): string | undefined {
    return this.table.args[this.row];
  }

  get unique(): boolean | undefined {
    const unique = this.table.unique[this.row];
    return unique === 0 ? undefined : unique === 1;
  }

  get group(): Task['group'] {
    return this.table.group[this.row];
  }

  get outcome(): Outcome {
    const outcome = this.table.outcome[this.row];
    return typeof outcome === 'string' ? { kind: 'result', text: outcome } : outcome;
  }

  get first(): number {
    return this.table.first[this.row];
  }

  get count(): number {
    return this.table.count[this.row];
  }
}

/** asyncio's default name of the nth task. */
export function automaticName(number: number): string {
  return `Task-${number}`;
}
