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
  'run',
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

/** Whether a call of this name gives a coroutine: something that `gather` makes a task of. */
export function givesCoroutine(name: string): boolean {
  const [owner, method] = name.split('.');
  return method === undefined
    ? (coroutineFunctions as readonly string[]).includes(name)
    : hasWord(coroutineMethods[owner], method);
}

export function hasWord(words: string | undefined, word: string): boolean {
  return words?.split(' ').includes(word) ?? false;
}

/** Methods of asyncio's objects that are coroutine functions; of other methods nothing is known but that of `plainMethods`. */
export const coroutineMethods: Readonly<Record<string, string>> = {
  Barrier: 'wait reset abort',
  Condition: 'acquire wait wait_for',
  Event: 'wait',
  Lock: 'acquire',
  Process: 'wait communicate',
  Queue: 'get put join',
  Semaphore: 'acquire',
  Server: 'start_serving serve_forever wait_closed',
  StreamReader: 'read readline readexactly readuntil',
  StreamWriter: 'drain wait_closed start_tls',
};

/** Methods that return at once, and nothing that could be awaited. */
export const plainMethods: Readonly<Record<string, string>> = {
  Condition: 'release locked notify notify_all',
  Event: 'set clear is_set',
  Future: 'set_result set_exception cancel cancelled done add_done_callback remove_done_callback',
  Lock: 'release locked',
  Process: 'send_signal terminate kill',
  Queue: 'put_nowait task_done qsize empty full shutdown',
  Semaphore: 'release locked',
  Server: 'close is_serving',
  StreamReader: 'at_eof',
  StreamWriter: 'write writelines write_eof close is_closing',
  Task: 'cancel uncancel cancelling cancelled done add_done_callback remove_done_callback set_name get_name',
  TaskGroup: '',
};

/** Builtins that give neither an awaitable nor an asynchronous iterator. */
export const plainBuiltins: ReadonlySet<string> = new Set(
  `print input len open range enumerate zip list tuple set dict frozenset sorted reversed str repr int float bool bytes any
  all isinstance`.split(/\s+/),
);

/** Calls that block the whole thread, with what asyncio has instead. They return nothing awaitable. */
export const blockingCalls: Readonly<Record<string, string>> = {
  'time.sleep': 'asyncio.sleep',
  'subprocess.run': 'asyncio.create_subprocess_exec',
  'subprocess.call': 'asyncio.create_subprocess_exec',
  'subprocess.check_output': 'asyncio.create_subprocess_exec',
  'requests.get': 'asyncio.to_thread',
  'requests.post': 'asyncio.to_thread',
  'requests.request': 'asyncio.to_thread',
  'urllib.request.urlopen': 'asyncio.to_thread',
};
