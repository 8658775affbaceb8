import type { Translate } from '../translate';
import { explainAsyncio } from './asyncio';
import { type Claim, type Explanation, said } from './claim';
import { itsAwaits } from './coroutine';
import { code, lineIn, type Subject } from './explain';
import { noManager } from './no-manager';

const BOTH: Claim = { suspends: 'maybe', leaving: 'maybe' };

/** What `async with` does with one of its items. */
export function explainWith(subject: Subject, t: Translate): Explanation {
  switch (subject.kind) {
    case 'manager': {
      const claim = itsAwaits(subject.awaits);
      return said(
        { ...claim, leaving: claim.suspends },
        t(
          '{0} is an async context manager (line {1}): it runs up to its `yield` when the block begins, and the rest when it ends.',
          call(subject.name),
          lineIn(subject.line, subject.cell, t),
        ),
        subject.awaits === undefined
          ? t('It never suspends: there is no `await` in it.')
          : [
              t(
                'It suspends only if something in it really has to wait; its first `await` is on line {0}.',
                lineIn(subject.awaits, subject.cell, t),
              ),
              t('Control then goes to the event loop and comes back right there.'),
            ],
      );
    }
    case 'instance':
      if (subject.line === undefined && !subject.inherits) return noManager(code(subject.name), t);
      return said(
        BOTH,
        t(
          '`async with` awaits {0} of {1} when the block begins, and {2} when it ends, however it ends.',
          code('__aenter__()'),
          code(subject.name),
          code('__aexit__()'),
        ),
        t(
          'Each suspends only if something in it really has to wait; then control goes to the event loop and comes back right there.',
        ),
      );
    case 'asyncio':
      return explainAsyncio(subject, 'with', t);
    case 'plain':
      if (subject.gives === undefined) break;
      return noManager(call(subject.name), t);
    case 'coroutine':
    case 'generator':
      return noManager(call(subject.name), t);
    case 'wrong':
      return noManager(code(subject.text), t);
    case 'task':
    case 'uncalled':
      return noManager(code(subject.name), t);
  }
  return said(
    BOTH,
    t(
      '`async with` awaits {0} of {1} when the block begins, and {2} when it ends, however it ends.',
      code('__aenter__()'),
      code('text' in subject ? subject.text : subject.name),
      code('__aexit__()'),
    ),
    t('Both may suspend; then control goes to the event loop, and comes back when they are done.'),
    t('Run the file to see what they wait for.'),
  );
}

function call(name: string): string {
  return code(`${name}()`);
}
