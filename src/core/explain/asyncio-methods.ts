import type { Translate } from '../translate';
import { ALWAYS, type Explanation, MAYBE, said } from './claim';
import { code, type Subject } from './explain';

/** Methods of asyncio's objects that are awaited: `Queue.get`, `Event.wait`, … */
export function explainAsyncioMethod(subject: Extract<Subject, { kind: 'asyncio' }>, t: Translate): Explanation {
  const name = code(subject.text);
  const loopAnd = (back: string) => t('Control goes to the event loop. {0}', back);
  switch (subject.name) {
    case 'Queue.get':
      return said(
        MAYBE,
        t('{0} takes an item from a queue.', name),
        t('It suspends only if the queue is empty.'),
        loopAnd(t('The task that puts an item in wakes this one.')),
      );
    case 'Queue.put':
      return said(
        MAYBE,
        t('{0} puts an item into a queue.', name),
        t('It suspends only if the queue is full; one without `maxsize` never is.'),
        loopAnd(t('The task that takes an item out wakes this one.')),
      );
    case 'Queue.join':
      return said(
        MAYBE,
        t('{0} waits until `task_done()` was called for every item that was put in.', name),
        t('It suspends unless that has already happened.'),
        loopAnd(t('The last `task_done()` wakes this task.')),
      );
    case 'Lock.acquire':
    case 'Condition.acquire':
      return said(
        MAYBE,
        t('{0} acquires a lock.', name),
        t('It suspends only if another task holds it or is next in line.'),
        loopAnd(t('The task that releases it wakes the one that has waited longest.')),
      );
    case 'Semaphore.acquire':
      return said(
        MAYBE,
        t('{0} acquires a semaphore.', name),
        t('It suspends only if none is left, or others are next in line.'),
        loopAnd(t('The task that releases one wakes the one that has waited longest.')),
      );
    case 'Event.wait':
      return said(
        MAYBE,
        t('{0} waits for a flag.', name),
        t('It suspends unless the flag is already set.'),
        loopAnd(t('A call of `set()` wakes all waiting tasks at once.')),
      );
    case 'Condition.wait':
    case 'Condition.wait_for':
      return said(
        subject.name === 'Condition.wait' ? ALWAYS : MAYBE,
        t('{0} releases the lock and waits for a notification.', name),
        subject.name === 'Condition.wait'
          ? t('It always suspends.')
          : t('It suspends unless the condition is already true.'),
        loopAnd(t('`notify()` wakes this task; it resumes once it has acquired the lock again.')),
      );
    case 'Barrier.wait':
      return said(
        MAYBE,
        t('{0} waits until enough tasks have arrived at the barrier.', name),
        t('All but the last one suspend.'),
        loopAnd(t('The last one to arrive wakes all the others.')),
      );
    case 'StreamWriter.drain':
      return said(
        MAYBE,
        t('{0} waits until the other side has taken enough of what was written.', name),
        t('It suspends only if too much is waiting to be sent.'),
        loopAnd(t("Free space in the socket's buffer wakes this task.")),
      );
    case 'Process.wait':
    case 'Process.communicate':
      return said(
        MAYBE,
        t('{0} waits for another process.', name),
        t('It suspends unless the process has already ended.'),
        loopAnd(t('The end of the process wakes this task.')),
      );
    default:
      return subject.name.startsWith('StreamReader.')
        ? said(
            MAYBE,
            t('{0} reads from a stream.', name),
            t('It suspends only if too little has arrived yet.'),
            loopAnd(t('Data on the socket wakes this task.')),
          )
        : said(
            MAYBE,
            t('{0} is a coroutine of asyncio itself.', name),
            t(
              'It suspends only if it has to wait; then control goes to the event loop, and comes back when what it waits for is done.',
            ),
          );
  }
}
