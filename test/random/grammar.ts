/** A random program as data: `generate` makes one from a seed, `emit` writes it as Python, `shrink` makes it smaller. */
export interface Program {
  /** The newest features it may use: minor version of Python 3. */
  readonly minor: number;
  /** `threads` needs a real interpreter and is not the same from run to run; a `deadlock` is stopped by the tracer. */
  readonly kind: 'plain' | 'threads' | 'deadlock';
  /** The loop's task factory is asyncio's eager one (3.12). */
  readonly eager: boolean;
  readonly queues: readonly { readonly type: 'Queue' | 'LifoQueue' | 'PriorityQueue'; readonly max: number }[];
  readonly permits: number;
  /** `functions[i]` calls only those after it: what it starts always ends. */
  readonly functions: readonly Routine[];
  readonly main: readonly Statement[];
}

/** A coroutine function, or an async generator. */
export interface Routine {
  readonly generator: boolean;
  readonly body: readonly Statement[];
}

/** Numbers of functions, tasks and resources are taken modulo how many there are; times are seconds. */
export type Statement = { readonly quiet?: boolean } & (
  | { readonly op: 'say' | 'raise' | 'cancel_self' | 'rename' | 'yield' | 'return' | 'raise_group' | 'never_awaited' }
  | { readonly op: 'sleep' | 'block' | 'object'; readonly s: number }
  | { readonly op: 'call' | 'comprehension' | 'shield'; readonly f: number }
  | { readonly op: 'recurse'; readonly n: number; readonly s: number }
  | { readonly op: 'spawn'; readonly f: number; readonly how: SpawnKind; readonly kept: boolean }
  | { readonly op: 'join' | 'cancel'; readonly k: number }
  | { readonly op: 'each'; readonly fs: readonly number[] }
  | { readonly op: 'gather'; readonly fs: readonly number[]; readonly errors: boolean }
  | { readonly op: 'wait'; readonly fs: readonly number[]; readonly until: WaitKind; readonly s: number | null }
  | { readonly op: 'completed'; readonly fs: readonly number[]; readonly s: number | null }
  | { readonly op: 'group'; readonly fs: readonly number[]; readonly body: readonly Statement[] }
  | { readonly op: 'wait_for'; readonly f: number; readonly s: number }
  | { readonly op: 'wait_for_get'; readonly r: number; readonly s: number }
  | { readonly op: 'put' | 'get' | 'put_nowait' | 'get_nowait'; readonly r: number }
  | { readonly op: 'locked'; readonly what: 'lock' | 'semaphore' | 'condition'; readonly body: readonly Statement[] }
  | { readonly op: 'event'; readonly act: 'set' | 'clear' | 'wait' }
  | { readonly op: 'condition'; readonly act: 'wait' | 'notify' | 'notify_all' }
  | { readonly op: 'future'; readonly r: number; readonly act: 'set' | 'fail' | 'cancel' | 'wait' }
  /** `k`: the function that is spawned, or the task, future or queue that is meant. */
  | { readonly op: 'later'; readonly how: LaterKind; readonly s: number; readonly act: LaterAct; readonly k: number }
  | { readonly op: 'items'; readonly f: number; readonly stop: boolean; readonly body: readonly Statement[] }
  | { readonly op: 'thread'; readonly how: ThreadKind; readonly s: number }
  | { readonly op: 'timeout' | 'context'; readonly s: number; readonly body: readonly Statement[] }
  | { readonly op: 'loop'; readonly n: number; readonly body: readonly Statement[] }
  | {
      readonly op: 'try';
      readonly catches: CatchKind;
      readonly body: readonly Statement[];
      readonly handler: readonly Statement[];
      readonly last: readonly Statement[];
    }
);

export type SpawnKind = 'create_task' | 'named' | 'ensure_future' | 'loop.create_task' | 'eager_start';
export type WaitKind = 'ALL_COMPLETED' | 'FIRST_COMPLETED' | 'FIRST_EXCEPTION';
export type LaterKind = 'call_soon' | 'call_later' | 'done';
export type LaterAct = 'say' | 'future' | 'put' | 'cancel' | 'event' | 'spawn';
export type ThreadKind = 'to_thread' | 'executor' | 'threadsafe';
export type CatchKind = 'Boom' | 'CancelledError' | 'TimeoutError' | 'BaseException' | 'group' | 'nothing';

/** The lists of statements within a statement, by the name of their member. */
export const bodies = ['body', 'handler', 'last'] as const;

/** How many steps a program takes at most, roughly; what it spawns included. */
export function cost({ functions, main }: Pick<Program, 'functions' | 'main'>): number {
  const costs: number[] = [];
  const of = (statements: readonly Statement[]): number => statements.reduce((sum, each) => sum + one(each), 0);
  const called = (f: number) => costs[f] ?? 0;
  const one = (each: Statement): number => {
    let sum = 1;
    if ('f' in each) sum += called(each.f) * (each.op === 'comprehension' ? 2 : 1);
    if ('fs' in each) sum += each.fs.reduce((total, f) => total + 2 + called(f), 0);
    if (each.op === 'recurse') sum += each.n;
    if (each.op === 'later' && each.act === 'spawn') sum += called(each.k);
    for (const name of bodies) if (name in each) sum += of((each as Record<typeof name, readonly Statement[]>)[name]);
    // The body of an `async for` runs once an item.
    const times = each.op === 'loop' ? each.n : each.op === 'items' ? 4 : 1;
    return sum * times;
  };
  for (let f = functions.length - 1; f >= 0; f--) costs[f] = of(functions[f].body);
  return of(main);
}
