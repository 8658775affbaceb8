import type { Seconds } from '../units';

/** Percentiles by nearest rank. */
export interface Rank {
  readonly p50: Seconds;
  readonly p95: Seconds;
  readonly max: Seconds;
}

export function ranksOf(times: readonly Seconds[]): Rank | undefined {
  if (times.length === 0) return undefined;
  const sorted = Float64Array.from(times).sort();
  const rank = (p: number) => sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
  return { p50: rank(0.5), p95: rank(0.95), max: rank(1) };
}
