/** Example arguments for a coroutine function: the initial value of the box that asks for them. */

export interface Parameter {
  readonly name: string;
  /** The text of its type hint. */
  readonly hint?: string;
  /** Keyword-only. */
  readonly keyword: boolean;
}

export interface ExampleCall {
  readonly text: string;
  /** Parameters without a known type: their names are placeholders that the user has to replace. */
  readonly blanks: readonly string[];
}

/** By the hint without its module, in lower case. */
const BY_HINT: Readonly<Record<string, string>> = {
  int: '1',
  float: '1.0',
  complex: '1j',
  bool: 'True',
  bytes: 'b""',
  list: '[]',
  sequence: '[]',
  iterable: '[]',
  collection: '[]',
  tuple: '()',
  set: 'set()',
  frozenset: 'frozenset()',
  dict: '{}',
  mapping: '{}',
  none: 'None',
  optional: 'None',
  queue: 'asyncio.Queue()',
  priorityqueue: 'asyncio.PriorityQueue()',
  lifoqueue: 'asyncio.LifoQueue()',
  event: 'asyncio.Event()',
  lock: 'asyncio.Lock()',
  semaphore: 'asyncio.Semaphore(1)',
  boundedsemaphore: 'asyncio.BoundedSemaphore(1)',
  condition: 'asyncio.Condition()',
};

/** Names that mostly stand for a number, where there is no hint. */
const NUMBER =
  /^(n|m|i|j|k|x|y|num|number|count|size|limit|times|total|delay|seconds|secs|sec|timeout|duration|wait|id|idx|index|port|amount|value|interval|level)$|_(id|count|seconds|secs|delay|size|number|index)$/i;
/** Names that mostly stand for a text. */
const TEXT =
  /^(name|text|message|msg|url|uri|path|title|word|label|key|user|username|query|host|who|what|item|city|file|filename)$|_(name|url|path|text|key)$/i;

/** @param bound names that the module binds: they can be used as arguments */
export function exampleCall(name: string, parameters: readonly Parameter[], bound?: ReadonlySet<string>): ExampleCall {
  const values = parameters.map((each) => ({ ...each, value: bound?.has(each.name) ? each.name : valueFor(each) }));
  const shown = values.map((each) => `${each.keyword ? `${each.name}=` : ''}${each.value ?? each.name}`);
  return {
    text: `${name}(${shown.join(', ')})`,
    blanks: values.filter(({ value }) => value === undefined).map((each) => each.name),
  };
}

function valueFor({ name, hint }: Parameter): string | undefined {
  if (hint !== undefined) {
    // `list[int]`, `asyncio.Queue[str]`, `str | None`: what it is first.
    const kind = (/^["']?([\w.]+)/.exec(hint.trim())?.[1] ?? '').split('.').at(-1)!.toLowerCase();
    if (kind === 'str' || kind === 'anystr') return JSON.stringify(name);
    return Object.hasOwn(BY_HINT, kind) ? BY_HINT[kind] : undefined;
  }
  const lower = name.toLowerCase();
  if (lower === 'sem') return BY_HINT.semaphore;
  if (/^(queue|event|lock|semaphore|condition)$/.test(lower)) return BY_HINT[lower];
  if (NUMBER.test(name)) return '1';
  return TEXT.test(name) ? JSON.stringify(name) : undefined;
}

/** A placeholder that is still among the arguments of `call`. */
export function blankIn(call: string, blanks: readonly string[]): string | undefined {
  return blanks.find((name) => new RegExp(`[(,]\\s*(${name}\\s*=\\s*)?${name}\\s*[,)]`, 'u').test(call));
}
