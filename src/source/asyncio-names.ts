/** What functions of asyncio return, as far as it matters for `await`: the class of an object, `coroutine`, `future` or `task`. */

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

/** The parts of the result of an awaited call. */
export const unpackedResults: Readonly<Record<string, readonly string[]>> = {
  open_connection: ['StreamReader', 'StreamWriter'],
  open_unix_connection: ['StreamReader', 'StreamWriter'],
};

/** The result of an awaited call, if it is an object of asyncio. */
export const awaitedResults: Readonly<Record<string, string>> = {
  start_server: 'Server',
  start_unix_server: 'Server',
  create_subprocess_exec: 'Process',
  create_subprocess_shell: 'Process',
};

/** Whether a call of this name returns a coroutine, of which `gather` makes a task. */
export function givesCoroutine(name: string): boolean {
  const [owner, method] = name.split('.');
  return method === undefined
    ? (coroutineFunctions as readonly string[]).includes(name)
    : hasWord(coroutineMethods[owner], method);
}

export function hasWord(words: string | undefined, word: string): boolean {
  return words?.split(' ').includes(word) ?? false;
}

/** Methods of asyncio's objects that are coroutine functions. Other methods are unknown, except `plainMethods`. */
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

/** Methods that return at once, with nothing to await. */
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

/** Calls that block the thread, and asyncio's replacements. They return nothing awaitable. */
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
