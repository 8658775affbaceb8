/** What asyncio's own functions return, as far as an `await` cares: the class of an object, `coroutine`, `future` or `task`. */

const coroutineFunctions = [
  'sleep',
  'wait',
  'wait_for',
  'to_thread',
  'open_connection',
  'start_server',
  'open_unix_connection',
  'start_unix_server',
  'create_subprocess_exec',
  'create_subprocess_shell',
] as const;
const classes = [
  'Lock',
  'Event',
  'Condition',
  'Semaphore',
  'BoundedSemaphore',
  'Barrier',
  'Queue',
  'PriorityQueue',
  'LifoQueue',
  'TaskGroup',
  'Future',
  'StreamReader',
  'StreamWriter',
  'Server',
  'Task',
  'Runner',
] as const;

/** `asyncio.X(…)` that can be awaited, iterated or entered as it is. */
export const asyncioCalls: ReadonlySet<string> = new Set([
  ...coroutineFunctions,
  ...classes,
  'gather',
  'shield',
  'as_completed',
  'timeout',
  'timeout_at',
  'wrap_future',
]);

const sameClass: Readonly<Record<string, string>> = {
  PriorityQueue: 'Queue',
  LifoQueue: 'Queue',
  BoundedSemaphore: 'Semaphore',
};

export function classOf(name: string): string {
  return sameClass[name] ?? name;
}

export const asyncioClasses: ReadonlySet<string> = new Set(classes);

/** What unpacking the result of an awaited call gives. */
export const unpackedResults: Readonly<Record<string, readonly string[]>> = {
  open_connection: ['StreamReader', 'StreamWriter'],
  open_unix_connection: ['StreamReader', 'StreamWriter'],
};

/** What the result of an awaited call is, where it is of asyncio too. */
export const awaitedResults: Readonly<Record<string, string>> = {
  start_server: 'Server',
  start_unix_server: 'Server',
  create_subprocess_exec: 'Process',
  create_subprocess_shell: 'Process',
};

/** Calls that block the whole thread, with what asyncio has instead. They return nothing awaitable. */
export const blockingCalls: Readonly<Record<string, string | undefined>> = {
  'time.sleep': 'asyncio.sleep',
  print: undefined,
  input: undefined,
  len: undefined,
  open: undefined,
  'asyncio.run': undefined,
  'subprocess.run': 'asyncio.create_subprocess_exec',
  'requests.get': 'asyncio.to_thread',
  'requests.post': 'asyncio.to_thread',
};
