import type { ProblemKind } from './findings';

/** The compiler refuses this list if a kind is missing or misspelt. */
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
  'not-thread-safe': true,
  'unseen-exceptions': true,
  'generator-left-open': true,
  'sequential-awaits': true,
  'awaited-at-once': true,
  'busy-poll': true,
  convoy: true,
  'unbounded-fan-out': true,
};

/** Every kind by its identifier, as JSON, SARIF, `--fail-on` and `# coroscope: ignore[KIND]` spell it. */
export const problemKinds = Object.keys(known) as readonly ProblemKind[];

export function isProblemKind(text: string): text is ProblemKind {
  return Object.hasOwn(known, text);
}

/** Kinds that tell what could be written better, and are told though they are no more than hints. */
const hints: ReadonlySet<ProblemKind> = new Set([
  'sequential-awaits',
  'awaited-at-once',
  'busy-poll',
  'convoy',
  'unbounded-fan-out',
]);

export function isHint(kind: ProblemKind): boolean {
  return hints.has(kind);
}
