import type { StatRow } from './stat-row';

const COLUMNS = [
  'name',
  'file',
  'line',
  'column',
  'count',
  'running',
  'ready',
  'suspended',
  'p50',
  'p95',
  'max',
  'share',
] as const satisfies readonly (keyof StatRow)[];

/** CSV as RFC 4180 has it, times in seconds. A name that a spreadsheet would take for a formula begins with an apostrophe. */
export function statsCsv(rows: readonly StatRow[]): string {
  return [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => field(row[column])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
}

function field(value: string | number | null): string {
  if (value === null) return '';
  // Nanoseconds are finer than any clock.
  if (typeof value === 'number') return String(Math.round(value * 1e9) / 1e9);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
