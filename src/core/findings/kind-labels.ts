import type { Translate } from '../translate';
import type { ProblemKind } from './findings';

/** A short label for a kind of finding, in the language of `t`. Kinds that mean the same to a reader share one. */
export function problemLabel(kind: ProblemKind, t: Translate): string {
  switch (kind) {
    case 'deadlock':
      return t('deadlock');
    case 'uncaught':
      return t('uncaught exception');
    case 'handler':
      return t('error in a callback');
    case 'never-retrieved':
      return t('lost exception');
    case 'never-awaited':
      return t('never awaited');
    case 'awaited-twice':
      return t('awaited twice');
    case 'tracer':
      return t('incomplete recording');
    case 'blocking':
    case 'long-callback':
      return t('blocked event loop');
    case 'not-woken':
      return t('event loop not woken');
    case 'limit-ignored':
      return t('time limit ignored');
    case 'cancel-ignored':
      return t('cancellation ignored');
    case 'outlived-limit':
      return t('work after its time limit');
    case 'still-waiting':
      return t('still waiting');
    case 'waiting-outside':
      return t('waits for a process or a thread');
    case 'left-running':
      return t('left running by gather()');
    case 'not-thread-safe':
      return t('not thread-safe');
    case 'unseen-exceptions':
      return t('unseen exceptions');
    case 'generator-left-open':
      return t('async generator left open');
    case 'own-lock':
      return t('a lock for each call');
    case 'race':
      return t('race across an await');
    case 'sequential-awaits':
      return t('awaits one after another');
    case 'awaited-at-once':
      return t('task awaited at once');
    case 'busy-poll':
      return t('busy polling');
    case 'convoy':
      return t('queue for a lock');
    case 'unbounded-fan-out':
      return t('tasks without a limit');
    case 'unfinished':
      return t('never finished');
    case 'cancelled':
      return t('cancelled');
  }
}
