import type { ProgramError } from '../timeline/model';
import type { Translate } from '../translate';

/** What an error of Python's means to somebody who is new to async code, and what to write. */
export interface ErrorExplanation {
  readonly meaning: string;
  /** Empty: nothing that could be said without knowing the program. */
  readonly advice: string;
}

/** The exception, as Python names it; its message is English in every Python. */
type Raised = Pick<ProgramError, 'type' | 'message'> & Partial<Pick<ProgramError, 'traceback'>>;

interface Rule {
  readonly type: RegExp;
  readonly message: RegExp;
  /** @param found the groups of `message` @param traceback as Python prints it; may be empty */
  explain(t: Translate, found: readonly string[], traceback: string): readonly [meaning: string, advice: string];
}

/** @returns undefined for errors that have nothing to do with async code */
export function explainError({ type, message, traceback = '' }: Raised, t: Translate): ErrorExplanation | undefined {
  for (const rule of rules) {
    if (!rule.type.test(type)) continue;
    const found = rule.message.exec(message);
    if (!found) continue;
    const [meaning, advice] = rule.explain(t, found.slice(1), traceback);
    return { meaning, advice };
  }
  return undefined;
}

/** Where an error shows in the program, by its traceback: the last line in it that Python names. Columns are not told there. */
export function errorPlace({ traceback }: Pick<ProgramError, 'traceback'>): { file: string; line: number } | undefined {
  const last = [...traceback.matchAll(/^ {2}File "(.+)", line (\d+)/gm)].at(-1);
  return last ? { file: last[1], line: Number(last[2]) } : undefined;
}

/** The line of the program in which something of asyncio's raised; empty if the traceback shows none. */
function callOfAsyncio(traceback: string): string {
  const frames = [...traceback.matchAll(/^ {2}File "(.+)", line \d+.*\n {4}(.+)/gm)];
  return frames.findLast(([, file]) => !/[\\/]asyncio[\\/]\w+\.py$/.test(file))?.[2].trim() ?? '';
}

const any = /^/;
const rules: readonly Rule[] = [
  {
    type: /^SyntaxError$/,
    message: /^'(await|async for|async with)' outside (?:async )?function|^asynchronous comprehension outside/,
    explain: (t, [word]) => [
      t(
        '{0} suspends the function that it stands in, and only a function written async def can be suspended.',
        word ?? 'async for',
      ),
      t(
        'Write async before def; at the top of a program, put the code into async def main(): … and call asyncio.run(main()).',
      ),
    ],
  },
  {
    type: /^SyntaxError$/,
    message: /^'yield from' inside async function/,
    explain: (t) => [
      t('yield from hands on the items of a plain generator; an async def cannot do that.'),
      t(
        'Write async for item in …: yield item for an async iterator, for … : yield item for a plain one, or await for a coroutine.',
      ),
    ],
  },
  {
    type: /^SyntaxError$/,
    message: /^'return' with value in async generator/,
    explain: (t) => [
      t('An async def with a yield in it is an async generator: it gives items, not a result.'),
      t('Yield the value, or leave out the yield.'),
    ],
  },
  {
    type: /^IndentationError$/,
    message: /^unexpected indent/,
    explain: (t) => [
      t(
        'This line is indented further than the one above it, which opens no block; so Python ran nothing of the program.',
      ),
      t('Move it to the left, or add the line that it belongs to, such as async def main():'),
    ],
  },
  {
    type: /^IndentationError$/,
    message: /^expected an indented block/,
    explain: (t) => [
      t(
        'The line above ends in a colon, and what belongs to it has to be indented below; so Python ran nothing of the program.',
      ),
      t('Indent the lines that belong to it, or write pass.'),
    ],
  },
  {
    type: /^(IndentationError|TabError)$/,
    message: any,
    explain: (t) => [
      t('The lines of one block are not indented alike; so Python ran nothing of the program.'),
      t('Use four spaces for each level, and no tabs.'),
    ],
  },
  {
    type: /^SyntaxError$/,
    message: any,
    explain: (t) => [
      t('This is not valid Python, so nothing of the program ran.'),
      t('Mend the line that Python names; where code was copied, see whether some of it is missing.'),
    ],
  },
  {
    type: /^TypeError$/,
    message:
      /^object (async_generator) can't be used in 'await' expression|^'(async_generator)' object can't be awaited/,
    explain: (t) => [
      t('An async generator gives items one by one; it is not awaited as a whole.'),
      t('Go through it: async for item in …'),
    ],
  },
  {
    type: /^TypeError$/,
    message:
      /^object (list|tuple|set|generator) can't be used in 'await' expression|^'(list|tuple|set|generator)' object can't be awaited/,
    explain: (t, [one, other]) => [
      t('await takes one awaitable; this is a {0} of things.', one ?? other),
      t('To wait for all of them together: await asyncio.gather(*…).'),
    ],
  },
  {
    type: /^TypeError$/,
    message:
      /^object (function|method|builtin_function_or_method) can't be used in 'await' expression|^'(function|method|builtin_function_or_method)' object can't be awaited/,
    explain: (t) => [t('The function itself was awaited, not what a call of it gives.'), t('Call it: await name().')],
  },
  {
    type: /^TypeError$/,
    message: /^object (\S+) can't be used in 'await' expression|^'([^']+)' object can't be awaited/,
    explain: (t, [one, other]) => [
      t('What stands behind await must be a coroutine, a task or a future; here it was of type {0}.', one ?? other),
      t('A function that is no async def gives its result at once: leave out await, or make it async def.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message:
      /^asyncio\.run\(\) cannot be called from a running event loop|^This event loop is already running|^Cannot run the event loop while another loop is running/,
    explain: (t) => [
      t('An event loop runs already in this thread, and one thread runs one loop at a time.'),
      t('Inside of async code, and in a notebook, write await main() in place of asyncio.run(main()).'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^no running event loop|^There is no current event loop/,
    explain: (t) => [
      t('Tasks and futures belong to an event loop, and none runs at this moment.'),
      t('Do this inside of a coroutine that asyncio.run(…) has started.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Event loop is closed/,
    explain: (t) => [
      t('asyncio.run() closes its event loop when it ends; what was made in it cannot be used afterwards.'),
      t('Make and use such things inside of one asyncio.run(…).'),
    ],
  },
  {
    type: /^(RuntimeError|ValueError)$/,
    message: /attached to a different loop|is bound to a different event loop|belongs to a different loop/,
    explain: (t) => [
      t('This was made for another event loop than the one that runs now.'),
      t('Make locks, queues and tasks inside of the coroutine that asyncio.run(…) has started.'),
    ],
  },
  {
    type: /^TypeError$/,
    message: /^Passing coroutines is forbidden, use tasks explicitly/,
    explain: (t) => [
      t(
        'asyncio.wait() tells afterwards which ones are done, so it needs tasks: a coroutine cannot be found again in its answer.',
      ),
      t(
        'Make tasks first: asyncio.wait([asyncio.create_task(work()), …]). To get all results, asyncio.gather(…) takes coroutines.',
      ),
    ],
  },
  {
    type: /^(TypeError|ValueError)$/,
    message: /^[Aa] coroutine was expected, got <function (\w+)/,
    explain: (t, [name]) => [
      t('The function itself was given, not the coroutine that a call of it makes.'),
      t('Write {0}() with its parentheses.', name),
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
          t('{0}() gave no coroutine: only a call of an async def without yield does.', name),
          t('Make {0} an async def without yield.', name),
        ];
      return name
        ? [
            t('What was given is no coroutine; if {0} is an async def, only a call of it makes one.', name),
            t('Write {0}() with its parentheses.', name),
          ]
        : [
            t('This needs coroutines, that is, calls of functions written async def.'),
            t('Write each call with its parentheses, main() and not main; what is called has to be an async def.'),
          ];
    },
  },
  {
    type: /^(TypeError|AttributeError)$/,
    message:
      /'coroutine' object (?:is not|has no|does not|can't)|'coroutine' and |and 'coroutine'|not ["']?coroutine\b|of type 'coroutine'/,
    explain: (t) => [
      t('A call of an async def gives a coroutine, not its result: nothing of it has run yet.'),
      t('Put await before the call.'),
    ],
  },
  {
    type: /^TypeError$/,
    message: /'async for' requires an object with __aiter__ method, got (\w+)/,
    explain: (t, [kind]) => [
      t('async for needs something that gives its items asynchronously; a {0} has them all at once.', kind),
      kind === 'coroutine' ? t('Put await before the call.') : t('Write for … in place of async for.'),
    ],
  },
  {
    type: /^TypeError$/,
    message: /^'async_generator' object is not iterable/,
    explain: (t) => [
      t('The items of an async generator have to be waited for.'),
      t('Write async for in place of for: [item async for item in …].'),
    ],
  },
  {
    type: /^(TypeError|AttributeError)$/,
    message: /does not support the asynchronous context manager protocol|^__aenter__$|^__aexit__$/,
    explain: (t) => [
      t('async with needs something that is entered asynchronously.'),
      t('Write with in place of async with.'),
    ],
  },
  {
    type: /^(TypeError|AttributeError)$/,
    message:
      /Did you mean to use 'async with'|^'(?:Lock|Semaphore|BoundedSemaphore|Condition|TaskGroup|Timeout|_AsyncGeneratorContextManager|ClientSession|AsyncClient)' object does not support the context manager protocol|^__enter__$/,
    explain: (t) => [
      t('Entering it may have to wait, so it is entered asynchronously.'),
      t('Write async with in place of with.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Task got bad yield/,
    explain: (t) => [
      t('Something yielded a plain value up to the event loop, which takes futures only.'),
      t('Await coroutines of asyncio, not generators or coroutines of another framework.'),
    ],
  },
  {
    type: /^MissingModuleError$/,
    message: /the module '([^']+)'/,
    explain: (t, [name]) => [
      t('The module {0} is not here; up to this line the program did not need it.', name),
      t(
        'Pick an interpreter that has it, or say in a comment what the line would do: # coroscope: takes 800ms returns …',
      ),
    ],
  },
  {
    type: /^ModuleNotFoundError$/,
    message: /^No module named '([^']+)'/,
    explain: (t, [name]) => [
      t('The Python that ran the program does not have the module {0}.', name),
      t('Install it there, or pick another interpreter.'),
    ],
  },
  {
    type: /^(asyncio\.)?TimeoutError$/,
    message: any,
    explain: (t) => [
      t('A time limit passed before what it was set for was done; that was cancelled.'),
      t('Catch it with except TimeoutError, or give more time.'),
    ],
  },
  {
    type: /^CancelledError$/,
    message: any,
    explain: (t) => [
      t('The task that was awaited had been cancelled, and that is passed on to whoever awaits it.'),
      t('Catch asyncio.CancelledError where a cancelled task is awaited on purpose.'),
    ],
  },
];
