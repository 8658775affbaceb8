import type { Translate } from '../translate';
import { type CallUse, instead } from './call-use';
import { type Around, code, type Subject } from './explain';

type Made = Extract<Subject, { kind: 'asyncio' | 'task' }>;

/** Explains calls of asyncio that are not awaited on the spot: what they create, when it runs, what wakes it. */
export function explainMade(subject: Made, use: CallUse, around: Around, t: Translate): string[] {
  if (subject.refused !== undefined && subject.name !== 'wait') return uncalled(subject, subject.refused, t);
  if (subject.kind === 'task') return task(subject, use, around, t);
  const name = code(subject.text);
  switch (subject.name) {
    case 'run':
      if (subject.nested && (around === 'coroutine' || around === 'cell'))
        return [
          t(
            '`nest_asyncio` lets {0} work inside a running loop: it runs the coroutine to its end and returns its result.',
            name,
          ),
        ];
      return around === 'coroutine' || around === 'cell'
        ? [t('In async code a loop is already running: this raises `RuntimeError`. Write `await` instead.')]
        : [
            t(
              '{0} creates an event loop, runs this coroutine as its first task, and closes the loop when that has ended.',
              name,
            ),
            t('It returns when the coroutine has ended; tasks that are left over are then cancelled.'),
          ];
    case 'gather':
      return [
        t('`gather` creates a task for each coroutine it is given, at once, and returns one future for them all.'),
        around === 'module'
          ? t(
              'They are put at the end of the ready queue, in this order, and get their first turns once the event loop runs.',
            )
          : t(
              'It does not suspend: they are put at the end of the ready queue, in this order, and get their first turns once the current task suspends or ends.',
            ),
        later(use, t),
      ];
    case 'sleep':
    case 'wait':
    case 'wait_for':
    case 'to_thread':
    case 'open_connection':
    case 'open_unix_connection':
    case 'start_server':
    case 'start_unix_server':
    case 'create_subprocess_exec':
    case 'create_subprocess_shell':
      return [
        t('{0} only creates a coroutine object here: none of its code has run yet.', name),
        use.kind === 'dropped' ? unawaited(subject.text, around, t) : later(use, t),
      ];
    case 'run_in_executor':
      return [
        subject.where === 'process'
          ? t('{0} hands a function to another process right away and returns a future for its result.', name)
          : subject.where === 'executor'
            ? t('{0} hands a function to an executor right away and returns a future for its result.', name)
            : t('{0} starts a function in another thread right away and returns a future for its result.', name),
        later(use, t),
      ];
    case 'shield':
      return [t('`shield` keeps what is in it running even if the task that awaits here is cancelled.'), later(use, t)];
    case 'as_completed':
      return [
        t(
          '`as_completed` creates a task for each coroutine it is given, and returns them in the order in which they finish.',
        ),
        t('Await each item that it yields.'),
      ];
    case 'timeout':
    case 'timeout_at':
      return [
        t(
          'A deadline for a block: enter it with `async with`; when it passes, what the block awaits is cancelled and `TimeoutError` is raised.',
        ),
      ];
    case 'TaskGroup':
      return [
        t(
          'A group of tasks: enter it with `async with`. The block ends when all of its tasks have ended; if one fails, the others are cancelled.',
        ),
      ];
    case 'Queue':
      return [
        t('A queue between tasks: `get` suspends while it is empty, `put` while it is full.'),
        t('Without `maxsize` it is never full: a producer that is faster than its consumers fills the memory.'),
      ];
    case 'Lock':
      return [
        t(
          'A lock: it lets in one task at a time. The others are suspended, and the one that has waited longest is next.',
        ),
      ];
    case 'Semaphore':
      return [
        t('A semaphore: it lets in a fixed number of tasks at a time. The others are suspended until one leaves.'),
      ];
    case 'Event':
      return [t('A flag: `wait` suspends until `set()` is called, which wakes all waiting tasks at once.')];
    case 'Condition':
      return [t('A lock with notifications: `wait` releases the lock and suspends until `notify()` is called.')];
    case 'Barrier':
      return [t('A barrier: tasks are suspended at it until enough of them have arrived.')];
    case 'Future':
      return [
        t('A future: a placeholder for a result that somebody else will set. Awaiting it suspends until it holds one.'),
      ];
    default:
      return subject.name.includes('.')
        ? [
            t('{0} only creates a coroutine object here: none of its code has run yet.', name),
            use.kind === 'dropped' ? unawaited(subject.text, around, t) : later(use, t),
          ]
        : [];
  }
}

/** Explains an argument that is an `async def` itself instead of a call of it. */
export function uncalled(subject: Made, name: string, t: Translate): string[] {
  return [
    t(
      '{0} is the function itself: {1} takes a coroutine, which only a call makes, and raises an exception here.',
      code(name),
      code(subject.kind === 'task' ? subject.name : subject.text),
    ),
    t('Write {0}.', code(`${name}(…)`)),
  ];
}

function unawaited(text: string, around: Around, t: Translate): string {
  return around === 'coroutine' || around === 'cell'
    ? t('Nobody awaits it, so nothing happens: write {0}.', code(`await ${text}(…)`))
    : `${t('Nobody awaits it, so nothing happens.')} ${instead(`${text}(…)`, around, t)}`;
}

function later(use: CallUse, t: Translate): string {
  if (use.kind === 'kept')
    return use.used
      ? t('The result comes out where {0} is awaited.', code(use.name))
      : t('{0} is not used again: nobody waits for the result, and an exception is only logged.', code(use.name));
  if (use.kind === 'dropped')
    return t('Nobody keeps what it returns: nobody waits for the result, and an exception is only logged.');
  return t('The result comes out where it is awaited.');
}

function task(
  { of, bare, owner, eager }: Extract<Made, { kind: 'task' }>,
  use: CallUse,
  around: Around,
  t: Translate,
): string[] {
  if (around === 'module' && bare)
    return [
      t(
        'A task needs an event loop that is running, and outside of functions there is none: this raises `RuntimeError`.',
      ),
      t('Create it in a coroutine that `asyncio.run(…)` runs.'),
    ];
  return [
    of
      ? t('This creates a task that runs {0} and continues at once: it does not suspend.', code(`${of}()`))
      : t('This creates a task and continues at once: it does not suspend.'),
    eager
      ? t(
          'An eager task runs at once, up to the first `await` in it that really has to wait; only what is left of it is run by the loop.',
        )
      : around === 'module'
        ? t(
            'The task is put at the end of the ready queue: it first runs after the tasks before it, once the event loop runs.',
          )
        : t(
            'The task is put at the end of the ready queue: it first runs after the tasks before it, once the current task suspends or ends.',
          ),
    use.kind === 'dropped' && owner !== undefined
      ? t('If {0} is a task group, it keeps the task and waits for it; otherwise keep it, and await it.', code(owner))
      : awaiter(use, t),
  ];
}

function awaiter(use: CallUse, t: Translate): string {
  if (use.kind === 'grouped')
    return t('The group {0} keeps it, and waits for it at the end of its block.', code(use.group));
  if (use.kind === 'dropped')
    return t(
      'Nobody keeps the task. The event loop holds only a weak reference, so Python may garbage-collect it before it ends, and an exception would only be logged. Keep it, and await it.',
    );
  return later(use, t);
}
