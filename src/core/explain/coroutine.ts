import type { Translate } from '../translate';
import { type Claim, type Explanation, MAYBE, NEVER, raising, said } from './claim';
import { code, lineIn, type Subject } from './explain';

type Coroutine = Extract<Subject, { kind: 'coroutine' }>;

/** Explains `await` of a coroutine of this file: it runs at once, in the same task, and only once. */
export function explainCoroutine(subject: Coroutine, t: Translate): Explanation {
  const { name, before } = subject;
  if (before?.how === 'certain')
    return said(
      raising('RuntimeError'),
      t(
        'A coroutine runs only once, and {0} was awaited on line {1} already: this raises `RuntimeError`.',
        code(before.variable),
        before.line,
      ),
      t('Call {0} again, or make it a task: you can await a task as often as you like.', code(`${name}()`)),
    );
  if (before?.how === 'given')
    return said(
      MAYBE,
      t(
        'A coroutine runs only once, and {0} was given to {1} on line {2} already: one of the two raises `RuntimeError`.',
        code(before.variable),
        code(before.to ?? ''),
        before.line,
      ),
      t('Call {0} again: each call creates another coroutine.', code(`${name}()`)),
    );
  return said(
    itsAwaits(subject.awaits),
    t(
      '{0} is a coroutine: the call only created an object, and this `await` runs it, inside the same task.',
      code(`${name}()`),
    ),
    insideOf(subject, t),
    before === undefined
      ? []
      : before.how === 'loop'
        ? t(
            'A coroutine runs only once: if the loop comes here again with the same {0}, that raises `RuntimeError`.',
            code(before.variable),
          )
        : t(
            'A coroutine runs only once: if {0} was awaited on line {1} before, this raises `RuntimeError`.',
            code(before.variable),
            before.line,
          ),
  );
}

/** @param awaits line of the first await in it */
export function itsAwaits(awaits: number | undefined): Claim {
  return awaits === undefined ? NEVER : MAYBE;
}

function insideOf({ awaits, cell }: Coroutine, t: Translate): string[] {
  if (awaits === undefined) {
    return [
      t('It never suspends: there is no `await` in it.'),
      t('Control goes straight into it and straight back; no other task gets a turn.'),
    ];
  }
  return [
    t(
      'It suspends only if something in it really has to wait; its first `await` is on line {0}.',
      lineIn(awaits, cell, t),
    ),
    t(
      'Then the whole task is suspended and control goes to the event loop, not to the caller; later it resumes right there, and the value that is returned comes out here. Only then does the next line run.',
    ),
  ];
}
