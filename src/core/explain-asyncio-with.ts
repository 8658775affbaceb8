import { code, type Subject } from './explain';
import type { Translate } from './words';

/** asyncio's own async context managers. */
export function explainAsyncioWith(subject: Extract<Subject, { kind: 'asyncio' }>, t: Translate): string[] {
  const name = code(subject.text);
  switch (subject.name) {
    case 'Lock':
      return [
        t('{0} is a lock: this takes it on the way in and releases it when the block is left.', name),
        t('It suspends only if another task holds it; leaving never suspends.'),
        t('Control goes to the event loop. {0}', t('The task that releases it wakes the one that has waited longest.')),
      ];
    case 'Semaphore':
      return [
        t('{0} is a semaphore: this takes a permit on the way in and gives it back when the block is left.', name),
        t('It suspends only if none is left; leaving never suspends.'),
        t(
          'Control goes to the event loop. {0}',
          t('The task that releases one wakes the one that has waited longest.'),
        ),
      ];
    case 'Condition':
      return [
        t('{0} is a condition: this takes its lock on the way in and releases it when the block is left.', name),
        t('It suspends only if another task holds it; leaving never suspends.'),
        t('Control goes to the event loop. {0}', t('The task that releases it wakes the one that has waited longest.')),
      ];
    case 'TaskGroup':
      return [
        t('A task group owns the tasks that are made in this block; going in never suspends.'),
        t('At the end of the block it suspends until all of them are done.'),
        t('If one fails, it cancels the others, and the errors come out together as an `ExceptionGroup`.'),
      ];
    case 'timeout':
    case 'timeout_at':
      return [
        subject.detail
          ? t(
              'This sets a deadline of {0} s for the whole block; going in and out never suspends.',
              code(subject.detail),
            )
          : t('This sets a deadline for the whole block; going in and out never suspends.'),
        t('When it is over, the timer cancels whatever the block is waiting for.'),
        t('That comes out of the block as `TimeoutError`.'),
      ];
    case 'Server':
      return [
        t('{0} is a server: when the block is left, it is closed.', name),
        t('Leaving may suspend until it is; then control goes to the event loop, and comes back when it is closed.'),
      ];
    case 'Barrier':
      return [
        t('{0} is a barrier: this waits on the way in until enough tasks have come.', name),
        t('All but the last one suspend.'),
        t('Control goes to the event loop. {0}', t('The last one to arrive wakes all the others.')),
      ];
    default:
      return [t('{0} is not an async context manager: this raises `TypeError`.', name)];
  }
}
