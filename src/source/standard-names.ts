import type { AddedImport } from './added-import';

/** Modules of the standard library that a bare `name.member` plainly means. */
const modules = new Set(
  `asyncio base64 collections concurrent contextlib contextvars copy csv dataclasses enum functools gc hashlib heapq inspect io
  itertools json logging math os pathlib pprint queue random re shutil signal socket sqlite3 statistics string subprocess sys tempfile
  textwrap threading time traceback types typing urllib uuid warnings weakref`.split(/\s+/),
);

/** Names that are plainly one module's. */
const members = new Map(
  Object.entries({
    asyncio:
      'create_task gather TaskGroup CancelledError ensure_future as_completed wait_for to_thread ALL_COMPLETED FIRST_COMPLETED FIRST_EXCEPTION',
    time: 'perf_counter monotonic',
    dataclasses: 'dataclass field',
    contextlib: 'asynccontextmanager contextmanager suppress AsyncExitStack aclosing',
    functools: 'partial wraps lru_cache',
    collections: 'defaultdict deque Counter OrderedDict namedtuple',
    'concurrent.futures': 'ThreadPoolExecutor ProcessPoolExecutor',
    'collections.abc': 'AsyncIterator AsyncGenerator AsyncIterable Awaitable Coroutine Iterator Iterable',
    typing: 'Any Optional Union List Dict Tuple Callable Protocol TypeVar Generic Literal',
    contextvars: 'ContextVar copy_context',
    pathlib: 'Path',
    enum: 'Enum IntEnum',
    datetime: 'timedelta',
    random: 'randint',
  }).flatMap(([module, names]) => names.split(' ').map((name) => [name, module] as const)),
);

/** What a name that is not defined plainly stands for. @param used its members that are used, as in `datetime.now` */
export function standardName(name: string, used: readonly (string | undefined)[]): AddedImport | undefined {
  if (name === 'datetime') {
    const isModule = used.some((member) => member === 'datetime' || member === 'timedelta' || member === 'timezone');
    return { name, module: 'datetime', member: isModule ? null : 'datetime' };
  }
  const dotted = used.filter((member) => member !== undefined);
  if (modules.has(name) && dotted.length > 0) {
    // `concurrent.futures` is no attribute until it is imported itself.
    if (name === 'concurrent' && dotted.includes('futures'))
      return { name, module: 'concurrent.futures', member: null };
    if (name === 'urllib') return { name, module: `urllib.${dotted[0]}`, member: null };
    return { name, module: name, member: null };
  }
  const module = members.get(name);
  return module === undefined ? undefined : { name, module, member: name };
}

export function importStatement({ name, module, member }: AddedImport): string {
  return member === null ? `import ${module}` : `from ${module} import ${name}`;
}

/** What Python has without an import. */
export const builtinNames: ReadonlySet<string> = new Set(
  `ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
  BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError
  DeprecationWarning EOFError Ellipsis EncodingWarning EnvironmentError Exception ExceptionGroup False FileExistsError
  FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning IndentationError IndexError
  InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError None
  NotADirectoryError NotImplemented NotImplementedError OSError OverflowError PendingDeprecationWarning PermissionError
  ProcessLookupError PythonFinalizationError RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning
  StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError True TypeError
  UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError
  Warning WindowsError ZeroDivisionError __build_class__ __debug__ __doc__ __file__ __import__ __loader__ __name__ __package__
  __spec__ __annotations__ __builtins__ __class__ abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr
  classmethod compile complex copyright credits delattr dict dir divmod enumerate eval exec exit filter float format frozenset
  getattr globals hasattr hash help hex id input int isinstance issubclass iter len license list locals map max memoryview min next
  object oct open ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super tuple
  type vars zip frozendict reveal_type _`.split(/\s+/),
);
