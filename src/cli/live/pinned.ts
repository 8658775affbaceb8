import type { Output } from '../screen';
import * as escapes from './escapes';
import type { Surface } from './surface';

const DEFAULT_ROWS = 24;
const DEFAULT_COLUMNS = 80;
/** The display never takes more than that, and never more than half of the terminal. */
const MOST_LINES = 18;
const LEAST_LINES = 3;

/**
 * The lowest lines of the terminal. The lines above scroll by themselves, so that the program goes on writing to the terminal: what it
 * prints, its colours and what is typed pass through nobody. Each drawing is one write, which others cannot come into.
 */
export class Pinned implements Surface {
  /** Lines that are kept for the display; 0: none yet. */
  #reserved = 0;
  #open = true;

  constructor(private readonly to: Output) {}

  get width(): number {
    return this.to.columns ?? DEFAULT_COLUMNS;
  }

  get height(): number {
    return Math.max(LEAST_LINES, Math.min(MOST_LINES, Math.floor(this.#rows / 2)));
  }

  get #rows(): number {
    return this.to.rows ?? DEFAULT_ROWS;
  }

  draw(lines: readonly string[]): void {
    if (!this.#open || this.#rows <= LEAST_LINES) return;
    // It grows with what there is to show, and does not jump back.
    const height = Math.max(Math.min(lines.length, this.height), Math.min(this.#reserved, this.height));
    const room = height === this.#reserved ? '' : this.#reserve(height);
    const first = this.#rows - height + 1;
    const drawn = Array.from(
      { length: height },
      (_, i) => `${escapes.lineAt(first + i)}${escapes.plainInk}${lines[i] ?? ''}${escapes.restOfLineErased}`,
    );
    this.to.write(escapes.atOnce(`${room}${escapes.saved}${drawn.join('')}${escapes.restored}`));
  }

  /** The terminal has another size: what stands below the program's last line is of the old one. */
  resized(): void {
    this.#reserved = 0;
  }

  /** Makes room below the cursor, wherever it is, and lets only what is above scroll. */
  #reserve(height: number): string {
    this.#reserved = height;
    const { saved, restored, wholeScrolls, down, up, belowErased, scrolling, lineAt } = escapes;
    const room = `${saved}${wholeScrolls}${restored}${down.repeat(height)}${up(height)}`;
    const top = this.#rows - height + 1;
    return `${room}${saved}${down}\r${belowErased}${lineAt(top)}${belowErased}${restored}${saved}${scrolling(top - 1)}${restored}`;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    if (this.#reserved === 0) return;
    const { saved, restored, wholeScrolls, belowErased, lineAt } = escapes;
    this.to.write(`${saved}${lineAt(this.#rows - this.#reserved + 1)}${belowErased}${wholeScrolls}${restored}`);
  }

  /** After the terminal was given to somebody else. */
  reopen(): void {
    this.#open = true;
    this.#reserved = 0;
  }
}
