import type { HeldError, ProgramError, Timeline } from '../timeline/model';
import type { Code } from '../trace/records';
import type { Translate } from '../translate';
import { oneLine } from '../words/labels';
import { shortName } from '../words/names';

/** Words for exceptions and for coroutines that were never awaited. */

/** The tracer records at most this many of one place, so there may have been more. */
const MOST_TIMES = 100;

/** Adds how often it happened to a title. */
export function timesText(text: string, times: number, t: Translate): string {
  if (times === 1) return text;
  return times < MOST_TIMES ? t('{0} ({1} times)', text, times) : t('{0} ({1} times or more)', text, times);
}

const MOST_HELD = 3;
/** Message of the ExceptionGroup that a TaskGroup raises. */
export const OF_TASK_GROUP = /^unhandled errors in a TaskGroup/;

/** Whether the error is an exception group with recorded exceptions. */
export function holdsErrors(error: ProgramError): error is ProgramError & { readonly holds: readonly HeldError[] } {
  return error.holds !== undefined && error.holds.length > 0;
}

/** A group and its exceptions: `ExceptionGroup: ValueError: no 2; KeyError: 'key'`. Leaves out the message that a TaskGroup writes. */
export function groupText(error: ProgramError & { readonly holds: readonly HeldError[] }, t: Translate): string {
  const { type, holds } = error;
  const first = holds.slice(0, MOST_HELD).map(errorText).join('; ');
  const more = holds.length - MOST_HELD;
  const held = more > 0 ? t('{0}, and {1} more', first, more) : first;
  return `${OF_TASK_GROUP.test(error.message) ? type : errorText(error)}: ${held}`;
}

/** asyncio's own prefix, which the title says in other words. */
const LOST = /^Task exception was never retrieved: /;

/** `ValueError: no 2`, on one line. */
export function errorText({ type, message }: { readonly type: string; readonly message: string }): string {
  // Some messages contain the type already.
  return oneLine(
    LOST.test(message)
      ? message.replace(LOST, '')
      : message === ''
        ? type
        : message.includes(type) || /Warning$/.test(type)
          ? message
          : `${type}: ${message}`,
  );
}

/** What to write where the coroutine object was created. Python allows `await` only in coroutines, so this depends on the place. */
export function neverAwaitedAdvice(timeline: Timeline, error: ProgramError, t: Translate): string {
  const made = timeline.sites[error.site];
  const name = coroutineNamed(error.message) || '…';
  const call = callOf(made?.call, name);
  const place = made?.code;
  if (error.told !== 'made' || !place)
    return t('Write await {0} in a coroutine, or asyncio.run({0}) where no event loop is running.', call);
  const isPlace = (code: Code | undefined) =>
    code?.function === place.function && code.firstLine === place.firstLine && code.file === place.file;
  if (timeline.tasks.some(({ code }) => isPlace(code)) || timeline.coroutines.some(({ code }) => isPlace(code)))
    return t('Write await {0}, or asyncio.create_task({0}) to run it concurrently.', call);
  if (place.function === '<module>')
    return t('Write asyncio.run({0}): outside of functions no event loop is running, and Python refuses await.', call);
  return t(
    'A plain function cannot await: make it async def and write await {0}. Where an event loop is running, asyncio.create_task({0}) runs it too; where none is, asyncio.run({0}).',
    call,
  );
}

const LONGEST_CALL = 60;

/** The call as it is written there, `queue.put(1)`, if it is known to be this one; otherwise `put(…)`. */
function callOf(written: string | undefined, name: string): string {
  const own = written && written.length <= LONGEST_CALL && /^[\w.]+\(.*\)$/s.test(written) && !written.includes('…');
  return own && /([\w]+)\(/.exec(written)?.[1] === name ? oneLine(written) : `${name}(…)`;
}

function coroutineNamed(message: string): string {
  return shortName(/coroutine '([^']+)'/.exec(message)?.[1] ?? '').replace(/^.*\./, '');
}
