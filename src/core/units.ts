/** Seconds since the loop started. */
export type Seconds = number;
/** CSS pixels, in the coordinate system of the element named beside it. */
export type CssPixels = number;

const STEPS: readonly [limit: number, factor: number, unit: string][] = [
  [1e-6, 1e9, 'ns'],
  [1e-3, 1e6, 'µs'],
  [1, 1e3, 'ms'],
  [Infinity, 1, 's'],
];

/** From two minutes on nobody reads seconds any more. */
const LONG: Seconds = 120;
const CLOCK: readonly [length: Seconds, unit: string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** `0.0123` → `12.3 ms`, `273_600` → `3 d 4 h`; three significant digits, no trailing zeros, so that a label stays short. */
export function formatDuration(seconds: Seconds): string {
  if (seconds === 0) return '0 s';
  if (!Number.isFinite(seconds)) return '∞';
  const size = Math.abs(seconds);
  if (Math.round(size) >= LONG) return `${seconds < 0 ? '-' : ''}${clockText(Math.round(size))}`;
  const [, factor, unit] = STEPS.find(([limit]) => size < limit * 0.9995)!;
  const scaled = seconds * factor;
  const text = Math.abs(scaled) >= 1000 ? scaled.toFixed(0) : String(Number(scaled.toPrecision(3)));
  return `${text} ${unit}`;
}

/** A duration in a sentence, in the reader's language: `3 s` is `3초`, `1 h 2 min` is `1시간 2분`; units below a second are the same in all. */
export function durationWords(seconds: Seconds, t: (message: string, ...holes: (string | number)[]) => string): string {
  const words: Readonly<Record<string, (count: string) => string>> = {
    d: (count) => t('{0} d', count),
    h: (count) => t('{0} h', count),
    min: (count) => t('{0} min', count),
    s: (count) => t('{0} s', count),
  };
  return formatDuration(seconds).replace(/(\S+) (d|h|min|s)(?= |$)/g, (_, count: string, unit: string) =>
    words[unit](count),
  );
}

/** `2_000_000` → `2,000,000`. Not `toLocaleString`: its first call loads tables for tens of milliseconds, and this is needed at the start. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A whole number of seconds in days, hours, minutes: what is none of it is left out. */
function clockText(seconds: Seconds): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [length, unit] of CLOCK) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.join(' ');
}
