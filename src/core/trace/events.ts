/** Kinds of `EVNT` records, as in `docs/trace-format.md`. */
export const EventKind = {
  idle: 1,
  callback: 2,
  task: 3,
  name: 4,
  done: 5,
  coroutineStarted: 6,
  coroutineEnded: 7,
  output: 8,
  error: 9,
  grouped: 10,
  neverAwaited: 11,
  loop: 12,
  stop: 13,
  cut: 14,
  woken: 15,
  log: 16,
  job: 20,
  jobStarted: 21,
  jobEnded: 22,
  unbegun: 24,
  item: 25,
  thrown: 26,
  with: 27,
  withPhase: 28,
  deadlock: 29,
  deadlockOver: 30,
  deadline: 31,
  deadlineOver: 32,
  held: 34,
  tie: 35,
  timeGiven: 36,
  stuck: 37,
  arguments: 38,
  deadlineLeft: 39,
  before: 40,
  crossed: 41,
} as const;

/** Events whose t1 is no time but a number: of a task's name, or of a place. */
export function isNumbered(kind: number): boolean {
  return kind === EventKind.task || kind === EventKind.coroutineStarted;
}
