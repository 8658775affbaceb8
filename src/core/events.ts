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
  unbegun: 24,
} as const;
