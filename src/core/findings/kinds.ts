import type { ProblemKind } from './findings';

/** A record, not a list: the compiler reports a kind that is missing or misspelt. */
const known: Readonly<Record<ProblemKind, true>> = {
  deadlock: true,
  uncaught: true,
  handler: true,
  'never-retrieved': true,
  'never-awaited': true,
  'awaited-twice': true,
  tracer: true,
  blocking: true,
  'long-callback': true,
  'not-woken': true,
  unfinished: true,
  cancelled: true,
  'cancel-ignored': true,
  'limit-ignored': true,
  'outlived-limit': true,
  'still-waiting': true,
  'waiting-outside': true,
  'not-thread-safe': true,
  'unseen-exceptions': true,
  'generator-left-open': true,
  'left-running': true,
  race: true,
  'own-lock': true,
  'sequential-awaits': true,
  'awaited-at-once': true,
  'busy-poll': true,
  convoy: true,
  'unbounded-fan-out': true,
};

/** Identifiers of all kinds, as in JSON, SARIF, `--fail-on` and `# coroscope: ignore[KIND]`. */
export const problemKinds = Object.keys(known) as readonly ProblemKind[];

/** Whether a text is the identifier of a kind. */
export function isProblemKind(text: string): text is ProblemKind {
  return Object.hasOwn(known, text);
}

/** Suggestions how to write the code better. They are shown although most have the severity `info`. */
const hints: ReadonlySet<ProblemKind> = new Set([
  'race',
  'sequential-awaits',
  'awaited-at-once',
  'busy-poll',
  'convoy',
  'unbounded-fan-out',
  'left-running',
]);

/** Whether findings of this kind are suggestions, not faults. */
export function isHint(kind: ProblemKind): boolean {
  return hints.has(kind);
}
