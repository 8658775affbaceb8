export const BoxKind = {
  ready: 0,
  running: 1,
  suspended: 2,
  idle: 3,
  callback: 4,
  output: 5,
  mixed: 6,
  parked: 7,
  /** A number, as the height of a bar: `span` tells it. */
  level: 8,
  /** The same, at the foot of other bars. */
  foot: 9,
  /** How many of a group are suspended, ready, running: `span` tells it. */
  manySuspended: 10,
  manyReady: 11,
  manyRunning: 12,
  /** A filter leaves it out. */
  faint: 13,
} as const;
