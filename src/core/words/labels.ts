import type { CssPixels } from '../units';
import { terminalLine } from './terminal';

/** Texts that have to fit: measuring, cutting with an ellipsis, and labels of ticks. */

/** Width of a text in the font of the labels. */
export type MeasureText = (text: string) => CssPixels;

const ELLIPSIS = '…';
/** Fewer letters than this before an ellipsis tell nothing. */
const FEWEST_LETTERS = 4;
/** Programs can make as many labels as they like; the cache must not grow with them. */
const MOST_CACHED = 5000;

/** Cuts texts to a width. Widths are remembered, since the same few labels are drawn in every frame. */
export class LabelFitter {
  readonly #widths = new Map<string, CssPixels>();
  readonly #cuts = new Map<string, string>();

  constructor(private readonly measure: MeasureText) {}

  width(text: string): CssPixels {
    let width = this.#widths.get(text);
    if (width === undefined) {
      if (this.#widths.size >= MOST_CACHED) this.#widths.clear();
      width = this.measure(text);
      this.#widths.set(text, width);
    }
    return width;
  }

  /** The text itself if it fits, else its beginning and an ellipsis; empty if too little of it would remain to tell it from others. */
  fit(text: string, room: CssPixels): string {
    const line = oneLine(text);
    if (this.width(line) <= room) return line;
    if (room < this.width(ELLIPSIS) * 2) return '';
    // Whole pixels of room are enough to tell cuts apart, and let a slow zoom reuse them.
    const key = `${Math.floor(room)} ${line}`;
    let cut = this.#cuts.get(key);
    if (cut === undefined) {
      if (this.#cuts.size >= MOST_CACHED) this.#cuts.clear();
      cut = this.#cut(line, Math.floor(room));
      this.#cuts.set(key, cut);
    }
    return cut;
  }

  /** The first of several wordings that fits; the last may be cut short, unless it is a number. */
  fitOne(wordings: readonly string[], room: CssPixels): string {
    const fitting = wordings.find((text) => this.width(oneLine(text)) <= room);
    if (fitting !== undefined) return oneLine(fitting);
    // Half a number is a wrong number.
    const last = wordings.at(-1) ?? '';
    return wordings.length > 1 && /^\d/.test(last) ? '' : this.fit(last, room);
  }

  #cut(line: string, room: CssPixels): string {
    const letters = [...line.slice(0, 200)];
    let low = 0;
    let high = letters.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.measure(letters.slice(0, middle).join('').trimEnd() + ELLIPSIS) <= room) low = middle;
      else high = middle - 1;
    }
    return low < FEWEST_LETTERS ? '' : letters.slice(0, low).join('').trimEnd() + ELLIPSIS;
  }
}

/** Line breaks and control characters would tear a label apart; what turns the direction of writing would make it say something else. */
export function oneLine(text: string): string {
  return terminalLine(text.length > 1000 ? text.slice(0, 1000) : text);
}

const UNITS: readonly [limit: number, factor: number, unit: string][] = [
  [1e-6, 1e9, 'ns'],
  [1e-3, 1e6, 'µs'],
  [1, 1e3, 'ms'],
  [Infinity, 1, 's'],
];

/** A label for a tick of the time axis: one unit for the whole axis, with as many digits as the ticks' distance needs. */
export function formatTick(seconds: number, distance: number, largest: number): string {
  const [, factor, unit] = UNITS.find(([limit]) => largest < limit) ?? UNITS[3];
  const digits = Math.min(9, Math.max(0, -Math.floor(Math.log10(distance * factor) + 1e-9)));
  const value = (seconds * factor).toFixed(digits);
  return `${Number(value) === 0 ? '0' : value} ${unit}`;
}
