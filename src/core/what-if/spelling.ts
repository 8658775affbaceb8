import { type Change, LONGEST_WAIT } from '../trace/change';
import type { Seconds } from '../units';

/** How a change is written: `[FILE:]LINE[:COLUMN][@TASK][#N]=DURATION`. */
export interface SpelledChange extends Omit<Change, 'file' | 'task'> {
  /** As it was written; undefined: the program itself. */
  readonly file: string | undefined;
  readonly task: string | undefined;
}

const SPELLING = /^(?:((?!\d+:)[^=]+?):)?(\d+)(?::(\d+))?(?:@(.+?))?(?:#(\d+))?=([^=]+)$/s;

/** Columns are from 1, as editors show them. @returns undefined if it is none */
export function readChange(text: string): SpelledChange | undefined {
  const [, file, line, column, task, visit, duration] = SPELLING.exec(text.trim()) ?? [];
  const to = duration === undefined ? undefined : readDuration(duration);
  if (to === undefined || Number(line) < 1 || Number(column ?? 1) < 1 || Number(visit ?? 1) < 1) return undefined;
  return {
    file,
    line: Number(line),
    column: column === undefined ? null : Number(column) - 1,
    task,
    visit: visit === undefined ? null : Number(visit),
    to,
  };
}

const UNITS: readonly [name: RegExp, factor: number][] = [
  [/^(?:s|sec|seconds?|초)?$/i, 1],
  [/^(?:ms|밀리초)$/i, 1e-3],
  [/^(?:us|µs|μs)$/i, 1e-6],
  [/^(?:m|min|minutes?|분)$/i, 60],
  [/^(?:h|hours?|시간)$/i, 3600],
];

/** `5s`, `500 ms`, `1.5`: seconds alone. @returns undefined if it is no time, or none that a wait can take */
export function readDuration(text: string): Seconds | undefined {
  const [, number, unit] = /^(\d+(?:[.,]\d+)?|[.,]\d+)\s*(\p{L}*)$/u.exec(text.trim()) ?? [];
  const factor = UNITS.find(([name]) => unit !== undefined && name.test(unit))?.[1];
  if (factor === undefined) return undefined;
  // 20 · 1e-3 is not 20 / 1e3.
  const value = Number(number.replace(',', '.'));
  const seconds = factor < 1 ? value / Math.round(1 / factor) : value * factor;
  return seconds > 0 && seconds <= LONGEST_WAIT ? seconds : undefined;
}
