import type { ProgramError } from '../timeline/model';
import type { Translate } from '../translate';
import type { ErrorRule } from './error-rule';
import { missingName } from './missing-name';
import { explainMisuse } from './misuse';
import { syntaxRules } from './syntax-rules';
import { callOfAsyncio } from './traceback';

/** What an error of Python means, for somebody who is new to async code, and what to write. */
export interface ErrorExplanation {
  readonly meaning: string;
  /** Empty: it depends on the program. */
  readonly advice: string;
}

/** The exception, as Python names it; its message is English in every Python. */
type Raised = Pick<ProgramError, 'type' | 'message'> & Partial<Pick<ProgramError, 'traceback'>>;

/** @returns undefined for errors that have nothing to do with async code */
export function explainError({ type, message, traceback = '' }: Raised, t: Translate): ErrorExplanation | undefined {
  // What asyncio reports names the exception behind its own words: `Task exception was never retrieved: NameError: …`.
  const own = message.slice(message.indexOf(`${type}: `) < 0 ? 0 : message.indexOf(`${type}: `) + type.length + 2);
  for (const rule of rules) {
    if (!rule.type.test(type)) continue;
    const found = rule.message.exec(own);
    if (!found) continue;
    const [meaning, advice] = rule.explain(t, found.slice(1), traceback);
    return { meaning, advice };
  }
  const misuse = explainMisuse(type, own, t);
  if (misuse) return misuse;
  return message.startsWith('Task exception was never retrieved') ? neverRetrieved(t) : undefined;
}

function neverRetrieved(t: Translate): ErrorExplanation {
  return {
    meaning: t(
      'The task failed while nobody awaited it. A task keeps its exception until somebody awaits it. Nobody did, so Python reports it only now, when the task is deleted.',
    ),
    advice: t(
      'Await the task: its exception is raised there. Or create it in async with asyncio.TaskGroup(), which raises it as soon as the task fails.',
    ),
  };
}

/** The line of the program at which an error shows: the last one in its traceback, which has no columns. */
export function errorPlace({ traceback }: Pick<ProgramError, 'traceback'>): { file: string; line: number } | undefined {
  const last = [...traceback.matchAll(/^ {2}File "(.+)", line (\d+)/gm)].at(-1);
  return last ? { file: last[1], line: Number(last[2]) } : undefined;
}

/** The text of the line at which an error shows. */
function lastLine(traceback: string): string {
  return [...traceback.matchAll(/^ {2}File ".+", line \d+.*\n {4}(.*)/gm)].at(-1)?.[1] ?? '';
}

const any = /^/;
const rules: readonly ErrorRule[] = [
  {
    type: any,
    message: /^Task was destroyed but it is pending/,
    explain: (t) => [
      t(
        'Nothing in the program held this task any more, so Python deleted it. The event loop keeps only a weak reference to a task.',
      ),
      t('Keep the task in a variable or a set until it has finished, and await it.'),
    ],
  },
  ...syntaxRules,
  {
    type: /^TypeError$/,
    message:
      /^object (async_generator) can't be used in 'await' expression|^'(async_generator)' object can't be awaited/,
    explain: (t) => [
      t('An async generator yields items one at a time, so you cannot await it.'),
      t('Iterate over it: async for item in …'),
    ],
  },
  {
    type: /^TypeError$/,
    message:
      /^object (list|tuple|set|generator) can't be used in 'await' expression|^'(list|tuple|set|generator)' object can't be awaited/,
    explain: (t, [one, other]) => [
      t('await takes a single awaitable object. This is a {0}.', one ?? other),
      t('To wait for all of its items together, write await asyncio.gather(*…).'),
    ],
  },
  {
    type: /^TypeError$/,
    message:
      /^object (function|method|builtin_function_or_method) can't be used in 'await' expression|^'(function|method|builtin_function_or_method)' object can't be awaited/,
    explain: (t) => [
      t('The function itself was awaited, not the coroutine that calling it returns.'),
      t('Call the function: await name().'),
    ],
  },
  {
    type: /^TypeError$/,
    message: /^object (\S+) can't be used in 'await' expression|^'([^']+)' object can't be awaited/,
    explain: (t, [one, other]) => [
      t('Only a coroutine, task or future can be awaited. This is of type {0}.', one ?? other),
      t('An ordinary function returns its result directly. Remove await, or make the function async def.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message:
      /^asyncio\.run\(\) cannot be called from a running event loop|^This event loop is already running|^Cannot run the event loop while another loop is running/,
    explain: (t) => [
      t('An event loop is already running in this thread, and a thread can run only one loop at a time.'),
      t('In async code and in notebooks, write await main() instead of asyncio.run(main()).'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /asynchronous generator is already running/,
    explain: (t) => [
      t('An async generator makes one item at a time, and two tasks asked it for one at the same time.'),
      t(
        'Ask for the next item when the one before has come, or let one task read the generator and put its items into an asyncio.Queue.',
      ),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^no running event loop|^There is no current event loop/,
    explain: (t) => [
      t('Tasks and futures need a running event loop, and no loop is running here.'),
      t('Do this in a coroutine that asyncio.run(…) runs.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Event loop is closed/,
    explain: (t) => [
      t('asyncio.run() closes its event loop when it ends. What was created in that loop cannot be used afterwards.'),
      t('Create and use such objects within a single asyncio.run(…).'),
    ],
  },
  {
    type: /^(RuntimeError|ValueError)$/,
    message: /attached to a different loop|is bound to a different event loop|belongs to a different loop/,
    explain: (t) => [
      t('This belongs to a different event loop than the one that is running now.'),
      t('Create locks, queues and tasks in the coroutine that asyncio.run(…) runs.'),
    ],
  },
  {
    type: /^TypeError$/,
    message: /^Passing coroutines is forbidden, use tasks explicitly/,
    explain: (t) => [
      t(
        'asyncio.wait() returns which tasks are done, so you must give it tasks: you could not recognize your coroutine in what it returns.',
      ),
      t(
        'Create tasks first: asyncio.wait([asyncio.create_task(work()), …]). If you need all results, asyncio.gather(…) accepts coroutines.',
      ),
    ],
  },
  {
    type: /^(TypeError|ValueError)$/,
    message: /^[Aa] coroutine was expected, got <function (\w+)/,
    explain: (t, [name]) => [
      t('The function itself was passed, not the coroutine that calling it returns.'),
      t('Write {0}(), with parentheses.', name),
    ],
  },
  {
    type: /^(TypeError|ValueError)$/,
    message: /^[Aa] coroutine was expected, got|^An asyncio\.Future, a coroutine or an awaitable is required/,
    explain: (t, _, traceback) => {
      // Since 3.14 the message does not say what was given; the line of the program does.
      const [, name, parentheses] =
        /^(?:\w+\.)*(?:run|create_task|run_until_complete|ensure_future)\(([A-Za-z_]\w*)(\(.*\))?\)$/.exec(
          callOfAsyncio(traceback),
        ) ?? [];
      if (parentheses)
        return [
          t('{0}() returned no coroutine: only a call of an async def without yield does.', name),
          t('Make {0} an async def without yield.', name),
        ];
      return name
        ? [
            t('What was passed is not a coroutine. If {0} is an async def, call it to get one.', name),
            t('Write {0}(), with parentheses.', name),
          ]
        : [
            t('This needs coroutines, that is, calls of async def functions.'),
            t('Write each call with its parentheses, main() and not main; what is called has to be an async def.'),
          ];
    },
  },
  {
    type: /^(TypeError|AttributeError)$/,
    message:
      /'coroutine' object (?:is not|has no|does not|can't)|'coroutine' and |and 'coroutine'|not ["']?coroutine\b|of type 'coroutine'/,
    explain: (t) => [
      t('Calling an async function gives a coroutine, not its result: none of its code has run yet.'),
      t('Put await before the call.'),
    ],
  },
  {
    type: /^TypeError$/,
    message: /'async for' requires an object with __aiter__ method, got (\w+)/,
    explain: (t, [kind], traceback) => {
      if (kind === 'generator' && /\bas_completed\(/.test(lastLine(traceback)))
        return [
          t('async for over asyncio.as_completed() needs Python 3.13 or later.'),
          t(
            'Write for instead of async for, and await each item: for next_done in asyncio.as_completed(…): result = await next_done.',
          ),
        ];
      return [
        t('async for needs an async iterator. A {0} has all its items already.', kind),
        kind === 'coroutine' ? t('Put await before the call.') : t('Write for instead of async for.'),
      ];
    },
  },
  {
    type: /^TypeError$/,
    message: /^'async_generator' object is not iterable/,
    explain: (t) => [
      t('You have to wait for the items of an async generator, so an ordinary for cannot iterate over it.'),
      t('Write async for instead of for: async for item in …, or [item async for item in …].'),
    ],
  },
  {
    type: /^(TypeError|AttributeError)$/,
    message: /does not support the asynchronous context manager protocol|^__aenter__$|^__aexit__$/,
    explain: (t) => [t('async with needs an async context manager.'), t('Write with instead of async with.')],
  },
  {
    type: /^(TypeError|AttributeError)$/,
    message:
      /Did you mean to use 'async with'|^'(?:Lock|Semaphore|BoundedSemaphore|Condition|TaskGroup|Timeout|_AsyncGeneratorContextManager|ClientSession|AsyncClient)' object does not support the context manager protocol|^__enter__$/,
    explain: (t) => [
      t('Entering it may have to wait, so it needs async with.'),
      t('Write async with instead of with.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Task got bad yield/,
    explain: (t) => [
      t('Something yielded an ordinary value to the event loop, which accepts only futures.'),
      t('Await asyncio coroutines, not generators or the coroutines of another framework.'),
    ],
  },
  {
    type: /^NameError$/,
    message: /^name '([^']+)' is not defined/,
    explain: (t, [name], traceback) => missingName(name, traceback, t),
  },
  {
    type: /^(NameError|UnboundLocalError)$/,
    message:
      /^cannot access (?:local|free) variable '([^']+)'|^(?:local|free) variable '([^']+)' referenced before assignment/,
    explain: (t, [one, other]) => [
      t('{0} is a local variable of its function, and had no value yet at this point.', one ?? other),
      t(
        'Assign a value first. If you mean the name outside the function, write global {0} or nonlocal {0} in the function.',
        one ?? other,
      ),
    ],
  },
  {
    type: /^MissingModuleError$/,
    message: /the module '([^']+)'/,
    explain: (t, [name]) => [
      t('The module {0} is not available. The program did not need it before this line.', name),
      t(
        'Choose an interpreter that has it, or write in a comment what the line would do: # coroscope: takes 800ms returns …',
      ),
    ],
  },
  {
    type: /^ModuleNotFoundError$/,
    message: /^No module named '([^']+)'/,
    explain: (t, [name]) => [
      t('The Python that ran the program does not have the module {0}.', name),
      t('Install it there, or choose another interpreter.'),
    ],
  },
  {
    type: /^(socket\.timeout|TimeoutError)$/,
    // Of a socket's own limit; asyncio's has no message.
    message: /^(?:The read operation |_ssl\.c:\d+: The handshake operation )?timed out$/,
    explain: (t) => [
      t('A call that blocks gave up after its own time limit: no time limit of asyncio ended it.'),
      t(
        'While it waited, the event loop could not run anything. If the other side is served by this very event loop, it could not answer: use an async client, or await asyncio.to_thread(…).',
      ),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^(dictionary|Set|deque|OrderedDict) (?:changed size|keys changed|mutated) during iteration/,
    explain: (t, [what]) => [
      t(
        'The {0} was changed while a loop went through it. If there is an await in the loop, other tasks run meanwhile and can change it.',
        /^(Set|deque)$/.test(what) ? what.toLowerCase() : 'dict',
      ),
      t('Go through a copy: for item in list(items): …, or keep the others out with async with lock:.'),
    ],
  },
  {
    type: /^ValueError$/,
    message: /^<Token .*> was created in a different Context/s,
    explain: (t) => [
      t(
        'Each task has a copy of the context variables of its own. This variable was set in one task and reset in another: an async generator or a context manager was begun in one and closed in the other.',
      ),
      t('Close it in the task that began it: async with contextlib.aclosing(…) around the async for.'),
    ],
  },
  {
    type: /^(asyncio\.)?TimeoutError$/,
    message: any,
    explain: (t) => [
      t('The work did not finish within the time limit, so it was cancelled.'),
      t('Catch it with except TimeoutError, or raise the limit.'),
    ],
  },
  {
    type: /^CancelledError$/,
    message: /^Exception in callback StreamReaderProtocol\.connection_made/,
    explain: (t) => [
      t(
        'A handler of start_server() was cancelled, and a callback of asyncio did not expect that: a fault of Python 3.11 and 3.12, mended in 3.13. Your handler is not the reason.',
      ),
      t(
        'To avoid the message, let the handlers end before the program does: close their connections and wait for them.',
      ),
    ],
  },
  {
    type: /^CancelledError$/,
    message: any,
    explain: (t) => [
      t('The awaited task was cancelled, so the await raises CancelledError.'),
      t('If you await a cancelled task on purpose, catch asyncio.CancelledError.'),
    ],
  },
];
