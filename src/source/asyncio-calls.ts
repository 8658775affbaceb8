import type { SyntaxNode } from '@lezer/common';
import type { Subject } from '../core/explain/explain';
import { asyncioCalls, classOf, givesCoroutine } from './asyncio-names';
import type { Binding } from './bindings';
import { argumentsOf, childrenOf, type Source } from './syntax';

/** What is known of other expressions of the file. */
export interface Expressions {
  readonly source: Source;
  of(node: SyntaxNode, method: string, depth?: number): Subject;
  bindingOf(node: SyntaxNode): Binding | undefined;
  dotted(node: SyntaxNode): string | undefined;
  isNested(): boolean;
  isEager(call: SyntaxNode): boolean;
}

/** Functions of asyncio whose first argument has to be awaitable. */
const TAKES_ONE: ReadonlySet<string> = new Set(['run', 'wait_for', 'shield']);

/** Tells what the calls of asyncio's own functions give, and what they are given. */
export class AsyncioCalls {
  constructor(private readonly subjects: Expressions) {}

  /** Whether `create_task` starts a task of asyncio's: other things, as clients of to-do lists, have methods of that name. */
  startsTask(call: SyntaxNode, owner: SyntaxNode): boolean {
    if (/(loop|group|tg|nursery|runner)\w*(\(.*\))?$/i.test(this.subjects.source.textOf(owner))) return true;
    if (this.subjects.of(owner, '', 1).kind === 'asyncio') return true;
    const [first] = argumentsOf(this.subjects.source, call).positional;
    const given = first && this.subjects.of(first, '__await__', 1);
    return (
      given?.kind === 'coroutine' ||
      given?.kind === 'uncalled' ||
      (given?.kind === 'asyncio' && givesCoroutine(given.name))
    );
  }

  /** A task that an object starts: one that is no loop may be a group, which keeps its tasks. */
  ownedTask(call: SyntaxNode, owner: SyntaxNode, text: string): Subject {
    const isLoop = /loop\w*(\(.*\))?$/i.test(this.subjects.source.textOf(owner));
    return { ...this.#task(call, text), ...(isLoop ? {} : { owner: this.subjects.source.textOf(owner) }) };
  }

  inExecutor(call: SyntaxNode, text: string, depth: number): Subject {
    const [executor, runs] = argumentsOf(this.subjects.source, call).positional;
    let made: SyntaxNode | undefined = executor;
    if (made?.name === 'VariableName' || made?.name === 'MemberExpression') made = this.subjects.bindingOf(made)?.value;
    const name = made?.name === 'CallExpression' ? (this.subjects.dotted(made.firstChild!) ?? '') : '';
    const where =
      executor?.name === 'None' || /\bThreadPoolExecutor$/.test(name)
        ? 'thread'
        : /\bProcessPoolExecutor$/.test(name)
          ? 'process'
          : 'executor';
    const detail =
      runs && depth === 0 && runs.name !== 'LambdaExpression' ? this.subjects.source.textOf(runs) : undefined;
    return { kind: 'asyncio', name: 'run_in_executor', text, detail, count: undefined, where };
  }

  called(name: string, node: SyntaxNode, text: string): Subject | undefined {
    if (name === 'create_task') return { ...this.#task(node, text), bare: true };
    if (name === 'ensure_future') {
      const [first] = argumentsOf(this.subjects.source, node).positional;
      const given = first && this.subjects.of(first, '__await__', 1);
      // What is a future already comes back as it is.
      const isFuture =
        given?.kind === 'task' ||
        (given?.kind === 'asyncio' && /^(Future|Task|gather|shield|wrap_future|run_in_executor)$/.test(given.name));
      return isFuture ? given : this.#task(node, text);
    }
    if (!asyncioCalls.has(name)) return undefined;
    const { positional, named, starred } = argumentsOf(this.subjects.source, node);
    const asText = (argument: SyntaxNode | undefined) => argument && this.subjects.source.textOf(argument);
    const detail = {
      sleep: positional[0] ?? named.get('delay'),
      wait_for: named.get('timeout') ?? positional[1],
      timeout: positional[0] ?? named.get('delay'),
      to_thread: positional[0],
      wait: named.get('return_when'),
      gather: named.get('return_exceptions'),
    }[name];
    const refused = this.#refused(name, positional);
    const known = {
      kind: 'asyncio',
      name: classOf(name),
      text,
      detail: asText(detail),
      refused,
      ...this.#nested(name),
    } as const;
    if (name !== 'gather' || starred) return { ...known, count: undefined };
    return { ...known, count: positional.length, coroutines: this.#coroutinesAmong(positional) };
  }

  /** With `nest_asyncio`, `asyncio.run` works where a loop is running already. */
  #nested(name: string): { nested?: true } {
    return name === 'run' && this.subjects.isNested() ? { nested: true } : {};
  }

  /** How many of these are coroutines, if of each it can be told. */
  #coroutinesAmong(values: readonly SyntaxNode[]): number | undefined {
    // Of a coroutine that is given twice only one task is made.
    if (new Set(values.map((value) => this.subjects.source.textOf(value))).size < values.length) {
      if (values.some(({ name }) => name !== 'CallExpression')) return undefined;
    }
    let count = 0;
    for (const value of values) {
      const subject = this.subjects.of(value, '__await__', 1);
      if (subject.kind === 'coroutine' || (subject.kind === 'asyncio' && givesCoroutine(subject.name))) count++;
      // A task that is made on the spot does not exist already.
      else if (value.name === 'CallExpression') return undefined;
      else if (subject.kind !== 'task' && !(subject.kind === 'asyncio' && /^(Future|Task)$/.test(subject.name)))
        return undefined;
    }
    return count;
  }

  /** What such a call is given but does not take. */
  #refused(name: string, positional: readonly SyntaxNode[]): string | undefined {
    const given = TAKES_ONE.has(name) ? positional.slice(0, 1) : name === 'gather' ? positional : [];
    const uncalled = given.find((value) => this.#isUncalled(value));
    if (uncalled) return this.subjects.source.textOf(uncalled);
    const [things] = name === 'wait' ? positional : [];
    if (!things || !/^(Array|Set|Tuple)Expression$/.test(things.name)) return undefined;
    const coroutine = [...childrenOf(things)].find(
      (value) => value.name === 'CallExpression' && this.subjects.of(value, '__await__', 1).kind === 'coroutine',
    );
    return coroutine && this.subjects.source.textOf(coroutine);
  }

  #isUncalled(value: SyntaxNode | undefined): boolean {
    return value?.name === 'VariableName' && this.subjects.of(value, '__await__', 1).kind === 'uncalled';
  }

  #task(call: SyntaxNode, text: string): Extract<Subject, { kind: 'task' }> {
    const [first] = argumentsOf(this.subjects.source, call).positional;
    const runs = first?.name === 'CallExpression' ? this.subjects.source.textOf(first.firstChild!) : undefined;
    const refused = this.#isUncalled(first) ? this.subjects.source.textOf(first) : undefined;
    return {
      kind: 'task',
      name: text,
      of: runs,
      line: this.subjects.source.line(call),
      refused,
      ...(this.subjects.isEager(call) ? { eager: true } : {}),
    };
  }
}
