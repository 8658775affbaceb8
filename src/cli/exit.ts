/** Exit codes of the command; README.md tells them. */
export const Exit = { good: 0, failed: 1, usage: 2, broken: 3, stopped: 4, cancelled: 130 } as const;
