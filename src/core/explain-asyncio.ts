import { code, type Subject } from './explain';
import { explainAsyncioWith } from './explain-asyncio-with';
import type { Translate } from './words';

type Asyncio = Extract<Subject, { kind: 'asyncio' }>;

/** What is known of asyncio's own awaitables: three sentences each. */
export function explainAsyncio(subject: Asyncio, construct: 'await' | 'for' | 'with', t: Translate): string[] {
  if (construct === 'with') return explainAsyncioWith(subject, t);
  const name = code(subject.text);
  const loopAnd = (back: string) => t('Control goes to the event loop. {0}', back);
  switch (construct === 'for' ? `for ${subject.name}` : subject.name) {
    case 'sleep':
      return sleep(subject, t);
    case 'gather':
      return [
        subject.count === undefined
          ? t('`gather` makes a task of each coroutine it is given, at once, and returns one future for them all.')
          : t(
              '`gather` makes a task of each coroutine it is given ({0} here), at once, and returns one future for them all.',
              subject.count,
            ),
        t('This suspends until the last of them is done, or the first one raises.'),
        loopAnd(t('The last task to end wakes this one; the results come in the order of the arguments.')),
      ];
    case 'wait':
      return [
        t('`asyncio.wait` waits for a set of tasks and cancels none of them.'),
        subject.detail
          ? t('This suspends until what {0} says has happened, or the timeout is over.', code(subject.detail))
          : t('This suspends until all of them are done, or the timeout is over.'),
        loopAnd(t('The task that decides it wakes this one; two sets come out: done and pending.')),
      ];
    case 'wait_for':
      return [
        subject.detail
          ? t('`wait_for` runs what it is given, with a deadline of {0} s.', code(subject.detail))
          : t('`wait_for` runs what it is given, with a deadline.'),
        t('This suspends if that has to wait.'),
        loopAnd(t('Either it is done and wakes this task, or the timer cancels it and `TimeoutError` is raised here.')),
      ];
    case 'shield':
      return [
        t('`shield` keeps what is in it running even if the task that awaits here is cancelled.'),
        t('This suspends unless it is already done.'),
        loopAnd(t('When the shielded task ends, it wakes this one.')),
      ];
    case 'to_thread':
    case 'run_in_executor':
      return [
        subject.detail
          ? t('{0} runs {1} in another thread, so that it blocks nobody here.', name, code(subject.detail))
          : t('{0} runs a function in another thread, so that it blocks nobody here.', name),
        t('This suspends until the function returns.'),
        loopAnd(t('The other thread wakes the loop, and that wakes this task with the result.')),
      ];
    case 'Future':
      return [
        t('{0} is a future: a box for a result that somebody else puts in.', name),
        t('This suspends until it holds one.'),
        loopAnd(t('Whoever calls `set_result` or `set_exception` wakes this task.')),
      ];
    case 'Task':
      return [
        t('{0} is a task: the loop runs it by itself, awaited or not.', name),
        t('This suspends unless the task is already done.'),
        t(
          'Control goes to the event loop; when the task ends, it wakes this one, and its result (or its exception) comes out here.',
        ),
      ];
    case 'Queue.get':
      return [
        t('{0} takes an item from a queue.', name),
        t('It suspends only if the queue is empty.'),
        loopAnd(t('The task that puts an item in wakes this one.')),
      ];
    case 'Queue.put':
      return [
        t('{0} puts an item into a queue.', name),
        t('It suspends only if the queue is full; one without `maxsize` never is.'),
        loopAnd(t('The task that takes an item out wakes this one.')),
      ];
    case 'Queue.join':
      return [
        t('{0} waits until every item that was put in has been worked off.', name),
        t('It suspends unless that is so already.'),
        loopAnd(t('The last `task_done()` wakes this task.')),
      ];
    case 'Lock.acquire':
      return [
        t('{0} takes a lock.', name),
        t('It suspends only if another task holds it.'),
        loopAnd(t('The task that releases it wakes the one that has waited longest.')),
      ];
    case 'Semaphore.acquire':
      return [
        t('{0} takes one of the permits of a semaphore.', name),
        t('It suspends only if none is left.'),
        loopAnd(t('The task that releases one wakes the one that has waited longest.')),
      ];
    case 'Event.wait':
      return [
        t('{0} waits for a flag.', name),
        t('It suspends unless the flag is set already.'),
        loopAnd(t('Whoever calls `set()` wakes all that wait for it, together.')),
      ];
    case 'Condition.wait':
    case 'Condition.wait_for':
      return [
        t('{0} lets go of the lock and waits to be notified.', name),
        subject.name === 'Condition.wait'
          ? t('It suspends for certain.')
          : t('It suspends unless the condition holds already.'),
        loopAnd(t('`notify()` wakes this task; it goes on when it has the lock again.')),
      ];
    case 'Barrier.wait':
      return [
        t('{0} waits until enough tasks have come to the barrier.', name),
        t('All but the last one suspend.'),
        loopAnd(t('The last one to arrive wakes all the others.')),
      ];
    case 'as_completed item':
      return [
        t('{0} is whichever of the tasks given to `as_completed` ends next.', name),
        t('It suspends unless one has ended that was not handed out yet.'),
        loopAnd(t('The task that ends next wakes this one.')),
      ];
    case 'for as_completed':
      return [
        t('`as_completed` hands out the tasks in the order in which they end.'),
        t('It suspends before each turn, unless one has ended already.'),
        loopAnd(t('The task that ends next wakes this one.')),
      ];
    case 'for StreamReader':
      return [
        t('{0} gives one line at each turn.', name),
        t('It suspends only if no whole line has arrived yet.'),
        loopAnd(t('Data on the socket wakes this task.')),
      ];
    case 'StreamWriter.drain':
      return [
        t('{0} waits until the other side has taken enough of what was written.', name),
        t('It suspends only if too much is waiting to be sent.'),
        loopAnd(t('Room in the socket wakes this task.')),
      ];
    case 'Process.wait':
    case 'Process.communicate':
      return [
        t('{0} waits for another process.', name),
        t('It suspends unless the process has ended already.'),
        loopAnd(t('The end of the process wakes this task.')),
      ];
    case 'open_connection':
    case 'open_unix_connection':
      return [
        t('{0} opens a connection.', name),
        t('It suspends for certain.'),
        loopAnd(t('The socket wakes this task when the other side answers.')),
      ];
    default:
      return other(subject, construct, t);
  }
}

function sleep(subject: Asyncio, t: Translate): string[] {
  if (subject.detail !== undefined && /^0(\.0*)?$/.test(subject.detail)) {
    return [
      t('`sleep(0)` sets no timer: it only lets others go first.'),
      t('It suspends for certain, for one round of the loop.'),
      t('Every task that is ready now has its turn, then this one goes on.'),
    ];
  }
  return [
    subject.detail === undefined
      ? t('`asyncio.sleep` is a coroutine that sets a timer.')
      : /^[\d.]+$/.test(subject.detail)
        ? t('`asyncio.sleep` is a coroutine that sets a timer for {0} s.', code(subject.detail))
        : t('`asyncio.sleep` is a coroutine that sets a timer for as many seconds as {0} says.', code(subject.detail)),
    t('It suspends for certain.'),
    t(
      'Control goes to the event loop, which runs whatever is ready; when the time is over, the timer wakes this task.',
    ),
  ];
}

function other(subject: Asyncio, construct: 'await' | 'for', t: Translate): string[] {
  const name = code(subject.text);
  if (construct === 'await' && subject.name.startsWith('StreamReader.')) {
    return [
      t('{0} reads from a stream.', name),
      t('It suspends only if too little has arrived yet.'),
      t('Control goes to the event loop. {0}', t('Data on the socket wakes this task.')),
    ];
  }
  if (construct === 'for' || !subject.name.includes('.')) {
    const awaitable = construct === 'await' && /^[a-z]/.test(subject.name);
    if (!awaitable) {
      return construct === 'for'
        ? [t('{0} is not an asynchronous iterator: this raises `TypeError`.', name)]
        : [t('{0} is {1}, which cannot be awaited: this raises `TypeError`.', name, code(`asyncio.${subject.name}`))];
    }
  }
  return [
    t('{0} is one of asyncio’s own coroutines.', name),
    t(
      'It suspends only if it has to wait; then control goes to the event loop, and comes back when what it waits for is done.',
    ),
  ];
}
