import type { Translate } from '../translate';
import { explainAsyncioMethod } from './asyncio-methods';
import { explainAsyncioWith } from './asyncio-with';
import { ALWAYS, type Claim, type Explanation, MAYBE, NEVER, raising, said } from './claim';
import { code, type Subject } from './explain';
import { uncalled } from './made';

type Asyncio = Extract<Subject, { kind: 'asyncio' }>;

/** What is known of asyncio's own awaitables: three sentences each. */
export function explainAsyncio(subject: Asyncio, construct: 'await' | 'for' | 'with', t: Translate): Explanation {
  if (subject.refused !== undefined && subject.name !== 'wait' && construct === 'await')
    return said(raising('TypeError'), uncalled(subject, subject.refused, t));
  if (subject.name === 'run') return run(subject, t);
  if (construct === 'with') return explainAsyncioWith(subject, t);
  return construct === 'for' ? explainAsyncioFor(subject, t) : explainAsyncioAwait(subject, t);
}

function explainAsyncioAwait(subject: Asyncio, t: Translate): Explanation {
  const name = code(subject.text);
  const loopAnd = (back: string) => t('Control goes to the event loop. {0}', back);
  switch (subject.name) {
    case 'sleep':
      return sleep(subject, t);
    case 'gather':
      return gather(subject, t);
    case 'wait':
      if (subject.refused !== undefined)
        return said(
          MAYBE,
          t(
            '`asyncio.wait` takes tasks: since Python 3.11 a coroutine among them, as {0}, raises `TypeError`.',
            code(subject.refused),
          ),
          t('Create a task for each first: {0}.', code(`asyncio.create_task(${subject.refused})`)),
        );
      return said(
        ALWAYS,
        t('`asyncio.wait` waits for a set of tasks and cancels none of them.'),
        subject.detail
          ? t('This suspends until what {0} says has happened, or the timeout is over.', code(subject.detail))
          : t('This suspends until all of them are done, or the timeout is over.'),
        loopAnd(t('The task that decides it wakes this one; two sets come out: done and pending.')),
      );
    case 'wait_for':
      return waitFor(subject, t);
    case 'shield':
      return said(
        MAYBE,
        t('`shield` keeps what is in it running even if the task that awaits here is cancelled.'),
        t('This suspends unless it is already done.'),
        loopAnd(t('When the shielded task ends, it wakes this one.')),
      );
    case 'run_in_executor':
    case 'to_thread':
      if (subject.where !== undefined && subject.where !== 'thread') return elsewhere(subject, t);
      return said(
        // Python 3.15 does not suspend if the thread has finished before the await is reached.
        MAYBE,
        subject.detail
          ? t('{0} runs {1} in another thread, so it does not block the event loop.', name, code(subject.detail))
          : t('{0} runs a function in another thread, so it does not block the event loop.', name),
        t('This suspends until the function has returned.'),
        loopAnd(t('The other thread wakes the loop, and that wakes this task with the result.')),
      );
    case 'Future':
    case 'wrap_future':
      return said(
        MAYBE,
        t('{0} is a future: a placeholder for a result that somebody else will set.', name),
        t('This suspends unless it already has one.'),
        loopAnd(t('A call of `set_result` or `set_exception` wakes this task.')),
      );
    case 'Task':
      return said(
        MAYBE,
        t('{0} is a task: the loop runs it by itself, awaited or not.', name),
        t('This suspends unless the task is already done.'),
        t(
          'Control goes to the event loop; when the task ends, it wakes this one, and its result (or its exception) comes out here.',
        ),
      );
    case 'as_completed item':
      return said(
        MAYBE,
        t('{0} is whichever of the tasks given to `as_completed` finishes next.', name),
        t('It suspends unless a task has ended that was not returned yet.'),
        loopAnd(t('The task that finishes next wakes this one.')),
      );
    case 'open_connection':
    case 'open_unix_connection':
      return said(
        MAYBE,
        t('{0} opens a connection.', name),
        t('It suspends until the other side has answered.'),
        loopAnd(t('The socket wakes this task when the other side answers.')),
      );
    case 'start_server':
    case 'start_unix_server':
    case 'create_subprocess_exec':
    case 'create_subprocess_shell':
      return said(
        MAYBE,
        t('{0} is a coroutine of asyncio itself.', name),
        t(
          'It suspends only if it has to wait; then control goes to the event loop, and comes back when what it waits for is done.',
        ),
      );
    default:
      if (subject.name.includes('.')) return explainAsyncioMethod(subject, t);
      return said(
        raising('TypeError'),
        t('{0} is {1}, which cannot be awaited: this raises `TypeError`.', name, code(`asyncio.${subject.name}`)),
      );
  }
}

/** What runs in an executor that is none of threads, or of which the source does not tell. */
function elsewhere({ text, detail, where }: Asyncio, t: Translate): Explanation {
  const what = detail === undefined ? t('a function') : code(detail);
  return said(
    MAYBE,
    where === 'process'
      ? t('{0} runs {1} in another process, so it does not block the event loop.', code(text), what)
      : t('{0} runs {1} in the executor that it is given, so it does not block the event loop.', code(text), what),
    t('This suspends until the function has returned.'),
    t('Control goes to the event loop. {0}', t('The result wakes the loop, and that wakes this task.')),
  );
}

function explainAsyncioFor(subject: Asyncio, t: Translate): Explanation {
  const name = code(subject.text);
  const loopAnd = (back: string) => t('Control goes to the event loop. {0}', back);
  switch (subject.name) {
    case 'as_completed':
      return said(
        MAYBE,
        t('`as_completed` returns the tasks in the order in which they finish.'),
        t('It suspends before each iteration, unless one has already finished.'),
        loopAnd(t('The task that finishes next wakes this one.')),
        t('`async for` over it needs Python 3.13 or later; before, write `for`, and `await` each item.'),
      );
    case 'StreamReader':
      return said(
        MAYBE,
        t('{0} yields one line per iteration.', name),
        t('It suspends only if no whole line has arrived yet.'),
        loopAnd(t('Data on the socket wakes this task.')),
      );
    default:
      return said(raising('TypeError'), t('{0} is not an asynchronous iterator: this raises `TypeError`.', name));
  }
}

function run({ text, nested }: Asyncio, t: Translate): Explanation {
  if (nested)
    return said(
      MAYBE,
      t(
        '`nest_asyncio` lets {0} work inside a running loop: it runs the coroutine to its end and returns its result.',
        code(text),
      ),
      t('Its result is then awaited; if that is not awaitable, this raises `TypeError`.'),
    );
  return said(
    raising('RuntimeError'),
    t('{0} starts an event loop of its own, but this thread runs one already: this raises `RuntimeError`.', code(text)),
    t('Await the coroutine itself, without {0}.', code(text)),
  );
}

function sleep({ detail }: Asyncio, t: Translate): Explanation {
  const claim: Claim = { ...ALWAYS, makes: 0 };
  // Nothing, or less than that.
  if (detail !== undefined && /^(-[\d.]+|0(\.0*)?)$/.test(detail)) {
    return said(
      claim,
      t('{0} sets no timer: it only lets other ready tasks run first.', code(`sleep(${detail})`)),
      t('It always suspends, for one round of the loop.'),
      t('Every task that is ready now runs once, then this one resumes.'),
    );
  }
  return said(
    claim,
    detail === undefined
      ? t('`asyncio.sleep` is a coroutine that sets a timer.')
      : /^[\d.]+$/.test(detail)
        ? t('`asyncio.sleep` is a coroutine that sets a timer for {0} s.', code(detail))
        : t('`asyncio.sleep` is a coroutine that sets a timer for as many seconds as {0} says.', code(detail)),
    t('It always suspends.'),
    t(
      'Control goes to the event loop, which runs whatever is ready; once the timer is due, the loop puts this task at the end of the ready queue.',
    ),
  );
}

function gather({ count, coroutines, detail }: Asyncio, t: Translate): Explanation {
  if (count === 0)
    return said(
      { ...NEVER, makes: 0 },
      t('`gather` is given nothing here: it creates no task, and this does not suspend.'),
    );
  return said(
    coroutines === undefined ? MAYBE : { ...MAYBE, makes: coroutines },
    coroutines === undefined
      ? t('`gather` creates a task for each coroutine it is given, at once, and returns one future for them all.')
      : coroutines === 0
        ? t('`gather` is given tasks that already exist: it creates none and returns one future for them all.')
        : coroutines === 1
          ? t('`gather` creates a task for the coroutine it is given, at once, and returns one future.')
          : t(
              '`gather` creates {0} tasks, one for each coroutine, at once and in this order, and returns one future for them all.',
              coroutines,
            ),
    detail === 'True'
      ? [
          t('This suspends until the last of them is done; an exception counts as a result.'),
          t(
            'Control goes to the event loop. {0}',
            t('The last task to end wakes this one; the results come in the order of the arguments.'),
          ),
        ]
      : [
          t('This suspends until the last of them is done, or the first one raises.'),
          t(
            'Control goes to the event loop. {0}',
            t(
              'The task that decides it wakes this one: the last one to end, with all results in the order of the arguments, or the first one that fails, with its exception.',
            ),
          ),
          t('`gather` cancels nothing: the others keep running.'),
        ],
  );
}

function waitFor({ detail }: Asyncio, t: Translate): Explanation {
  if (detail === 'None')
    return said(
      MAYBE,
      t('`wait_for` runs what it is given; {0} is no deadline at all.', code('timeout=None')),
      t('This suspends if that has to wait.'),
    );
  return said(
    MAYBE,
    detail && /^[\d.]+$/.test(detail)
      ? t('`wait_for` runs what it is given, with a deadline of {0} s.', code(detail))
      : t('`wait_for` runs what it is given, with a deadline.'),
    t('This suspends if that has to wait.'),
    t(
      'Control goes to the event loop. {0}',
      t('Either it is done and wakes this task, or the timer cancels it and `TimeoutError` is raised here.'),
    ),
  );
}
