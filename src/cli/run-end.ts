import { constants } from 'node:os';
import type { Translate } from '../core/translate';
import type { Limits } from '../engines/engine';
import { type AskedLimits, defaultLimits, type RunResult } from '../engines/run';
import { Exit } from './exit';
import type { Language } from './language';
import { say } from './say';
import type { Screen } from './screen';

/** Says at which limit a program was stopped and how to change it, or that it was in a deadlock. */
export function sayLimit(
  asked: AskedLimits,
  reason: string | undefined,
  name: string,
  screen: Screen,
  t: Translate,
): void {
  const { steps, virtualTime, wallTime } = { ...defaultLimits, ...given(asked) };
  const changes = (option: string) => t('{0} changes this limit (0: no limit).', option);
  if (reason === 'steps')
    say(screen, `${t('{0} was stopped after {1} steps of the event loop.', name, steps)} ${changes('--max-steps N')}`);
  if (reason === 'virtual-time')
    say(
      screen,
      `${t('{0} was stopped after {1} s of virtual time.', name, virtualTime)} ${changes('--max-virtual-time S')}`,
    );
  if (reason === 'wall-time')
    say(
      screen,
      `${t('{0} was stopped after {1} s, the limit of wall time.', name, wallTime)} ${changes('--max-wall-time S')}`,
    );
  if (reason === 'deadlock')
    say(screen, t('{0} was stopped in a deadlock: nothing could wake its tasks any more.', name));
}

/** The limits of the command line; `undefined`: not given. */
function given(limits: AskedLimits): Partial<Limits> {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** Exit code of a program that Ctrl+C ended. */
const INTERRUPTED = 130;

/** The exit code of the command for how the program ended; reports a failure. @param stopped why the record ends before the program did */
export function exitCode(
  { exit, broke }: Pick<RunResult, 'exit' | 'broke'>,
  stopped: string | undefined,
  name: string,
  screen: Screen,
  { translate: t }: Language,
): number {
  if (stopped === 'cancelled') return Exit.cancelled;
  if (stopped === 'killed') {
    const how = broke ?? signalOf(exit);
    say(screen, how === undefined ? t('{0} was killed.', name) : t('{0} was killed ({1}).', name, how));
    return Exit.failed;
  }
  // After `exec`, the new program ran to its own end.
  // So did a program of which only the record is incomplete.
  if (stopped !== undefined && !['replaced', 'unfinished', 'damaged', 'tracer'].includes(stopped)) return Exit.stopped;
  if (exit === 0) return Exit.good;
  // It ended by Ctrl+C, and its own traceback says so.
  if (exit === INTERRUPTED) return Exit.cancelled;
  say(screen, t('{0} failed with exit code {1}.', name, exit ?? 1));
  return Exit.failed;
}

/** The signal that an exit code tells of, as shells and the embedded Python give it; undefined: it tells of none. */
function signalOf(exit: number | null): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => exit === 128 + number)?.[0];
}
