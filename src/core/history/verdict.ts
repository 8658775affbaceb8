import { problemsOf } from '../findings/findings';
import type { Timeline } from '../timeline/model';

/** How a run ended, in one word; the worst that can be said of it. */
export const verdicts = ['ended', 'findings', 'error', 'cancelled', 'stopped'] as const;
export type Verdict = (typeof verdicts)[number];

/** What Python ends with where Ctrl+C ended the program. */
const INTERRUPTED = 130;

/** `stopped`: at a limit, or in a deadlock. `findings`: it ended, and something in it should be looked at. */
export function verdictOf(timeline: Timeline): Verdict {
  const { truncated, exit } = timeline;
  if (truncated?.reason === 'cancelled' || interrupted(timeline)) return 'cancelled';
  const problems = problemsOf(timeline);
  const failed = problems.some(({ kind }) => kind === 'uncaught' || kind === 'handler' || kind === 'awaited-twice');
  if (failed || (exit !== undefined && exit !== 0 && !truncated)) return 'error';
  if (truncated) return 'stopped';
  return problems.some(({ severity }) => severity !== 'info') ? 'findings' : 'ended';
}

/** Ctrl+C reached the program, and it ended by that. */
function interrupted({ exit, errors }: Timeline): boolean {
  return exit === INTERRUPTED && errors.some(({ kind, type }) => kind === 'uncaught' && type === 'KeyboardInterrupt');
}
