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
        t('{0} is a lock: this takes it on the way in and releases it when the block is left.', name),
        t('It suspends only if another task holds it or is next in line; leaving never suspends.'),
        t('Control goes to the event loop. {0}', t('The task that releases it wakes the one that has waited longest.')),
      );
    case 'Semaphore':
      return said(
        IN,
        t('{0} is a semaphore: this acquires it on entry and releases it when the block is left.', name),
        t('It suspends only if none is left, or others are next in line; leaving never suspends.'),
        t(
          'Control goes to the event loop. {0}',
          t('The task that releases one wakes the one that has waited longest.'),
        ),
      );
    case 'Condition':
      return said(
        IN,
        t('{0} is a condition: this takes its lock on the way in and releases it when the block is left.', name),
        t('It suspends only if another task holds it or is next in line; leaving never suspends.'),
        t('Control goes to the event loop. {0}', t('The task that releases it wakes the one that has waited longest.')),
      );
    case 'TaskGroup':
      return said(
        { ...NEVER, leaving: 'maybe' },
        t('A task group owns the tasks that are made in this block; going in never suspends.'),
        t('At the end of the block it suspends until all of them are done.'),
        t('If one fails, it cancels the others, and the errors come out together as an `ExceptionGroup`.'),
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
        t('{0} is a server: when the block is left, it is closed.', name),
        t('Leaving may suspend until it is; then control goes to the event loop, and comes back when it is closed.'),
      );
    case 'Barrier':
      return said(
        IN,
        t('{0} is a barrier: this waits on the way in until enough tasks have come.', name),
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
    return t('This sets no deadline as yet; going in and out never suspends.');
  if (name === 'timeout' && detail && /^[\d.]+$/.test(detail))
    return t('This sets a deadline of {0} s for the whole block; going in and out never suspends.', code(detail));
  return t('This sets a deadline for the whole block; going in and out never suspends.');
}
