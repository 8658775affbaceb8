import type { Translate } from '../translate';
import { type Claim, type Explanation, MAYBE, NEVER, said } from './claim';
import { code, type Subject } from './explain';
import { noManager } from './no-manager';

/** Going in may have to wait, going out never does. */
const IN: Claim = { ...MAYBE, leaving: 'never' };

/** asyncio's own async context managers. */
export function explainAsyncioWith(subject: Extract<Subject, { kind: 'asyncio' }>, t: Translate): Explanation {
  const name = code(subject.text);
  switch (subject.name) {
    case 'Lock':
      return said(
        IN,
        t('{0} is a lock: entering the block acquires it, and leaving it releases it.', name),
        t('It suspends only if another task holds it or is next in line; leaving never suspends.'),
        t('Control goes to the event loop. {0}', t('The task that releases it wakes the one that has waited longest.')),
      );
    case 'Semaphore':
      return said(
        IN,
        t('{0} is a semaphore: entering the block acquires it, and leaving it releases it.', name),
        t('It suspends only if none is left, or others are next in line; leaving never suspends.'),
        t(
          'Control goes to the event loop. {0}',
          t('The task that releases one wakes the one that has waited longest.'),
        ),
      );
    case 'Condition':
      return said(
        IN,
        t('{0} is a condition: entering the block acquires its lock, and leaving it releases it.', name),
        t('It suspends only if another task holds it or is next in line; leaving never suspends.'),
        t('Control goes to the event loop. {0}', t('The task that releases it wakes the one that has waited longest.')),
      );
    case 'TaskGroup':
      return said(
        { ...NEVER, leaving: 'maybe' },
        t('A task group owns the tasks that are created in this block; entering it never suspends.'),
        t('At the end of the block it suspends until all of them are done.'),
        t('If one fails, it cancels the others, and the errors are raised together as an `ExceptionGroup`.'),
      );
    case 'timeout':
    case 'timeout_at':
      return said(
        { ...NEVER, leaving: 'never' },
        deadline(subject, t),
        t('When it is over, the timer cancels whatever the block is waiting for.'),
        t('That comes out of the block as `TimeoutError`.'),
      );
    case 'Server':
      return said(
        { ...NEVER, leaving: 'maybe' },
        t('{0} is a server: it is closed when the block ends.', name),
        t('Leaving may suspend until it is closed; then control goes to the event loop, and comes back afterwards.'),
      );
    case 'Barrier':
      return said(
        IN,
        t('{0} is a barrier: entering the block waits until enough tasks have arrived.', name),
        t('All but the last one suspend.'),
        t('Control goes to the event loop. {0}', t('The last one to arrive wakes all the others.')),
      );
    default:
      return noManager(name, t);
  }
}

function deadline(
  { name, detail }: { readonly name: string; readonly detail: string | undefined },
  t: Translate,
): string {
  if (name === 'timeout' && detail === 'None')
    return t('This sets no deadline yet; entering and leaving it never suspends.');
  if (name === 'timeout' && detail && /^[\d.]+$/.test(detail))
    return t(
      'This sets a deadline of {0} s for the whole block; entering and leaving it never suspends.',
      code(detail),
    );
  return t('This sets a deadline for the whole block; entering and leaving it never suspends.');
}
