import { columnsOfLetter } from '../../../src/core/text/width';

/** What a terminal shows: as much of ECMA-48 as the command uses, and nothing else, so that anything new is noticed. */
export class TerminalScreen {
  rows: number;
  columns: number;
  /** Lines that have left the screen at its top. */
  readonly above: string[] = [];
  cursor = { row: 0, column: 0 };
  cursorShown = true;
  /** On the other screen, as full-screen programs are. */
  other = false;
  #lines: string[][];
  #main: { lines: string[][]; cursor: { row: number; column: number } } | undefined;
  #saved = { row: 0, column: 0 };
  #last: number;
  #rest = '';

  constructor(rows: number, columns: number) {
    this.rows = rows;
    this.columns = columns;
    this.#last = rows - 1;
    this.#lines = Array.from({ length: rows }, () => []);
  }

  get lines(): string[] {
    return this.#lines.map((cells) =>
      Array.from(cells, (cell) => cell ?? ' ')
        .join('')
        .trimEnd(),
    );
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** All lines scroll: nothing of a display is left behind. */
  get scrollsWhole(): boolean {
    return this.#last === this.rows - 1;
  }

  /** Lines are added or taken away at the bottom, as xterm does where the cursor is not there. */
  resize(rows: number, columns: number): void {
    while (this.cursor.row >= rows) {
      this.above.push(this.lines[0]);
      this.#lines.shift();
      this.cursor.row--;
    }
    this.#lines.length = Math.min(this.#lines.length, rows);
    while (this.#lines.length < rows) this.#lines.push([]);
    Object.assign(this, { rows, columns });
    this.#last = rows - 1;
  }

  write(data: string): void {
    let text = this.#rest + data;
    this.#rest = '';
    while (text !== '') {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what it is about
      const code = /^\u001b(?:[78DM]|\[[?\d;]*[A-Za-z])/.exec(text)?.[0];
      if (code) {
        this.#obey(code);
        text = text.slice(code.length);
      } else if (text.startsWith('\u001b')) {
        if (text.length > 20) throw new Error(`The terminal does not know ${JSON.stringify(text.slice(0, 20))}`);
        this.#rest = text;
        return;
      } else {
        const letter = String.fromCodePoint(text.codePointAt(0)!);
        this.#put(letter);
        text = text.slice(letter.length);
      }
    }
  }

  #put(letter: string): void {
    const { cursor } = this;
    if (letter === '\n') this.#down();
    else if (letter === '\r') cursor.column = 0;
    else if (letter === '\b') cursor.column = Math.max(0, cursor.column - 1);
    else {
      const width = columnsOfLetter(letter.codePointAt(0)!);
      if (cursor.column + width > this.columns) {
        cursor.column = 0;
        this.#down();
      }
      this.#lines[cursor.row][cursor.column] = letter;
      if (width === 2) this.#lines[cursor.row][cursor.column + 1] = '';
      cursor.column += width;
    }
  }

  #down(): void {
    const { cursor } = this;
    if (cursor.row === this.#last) {
      if (!this.other) this.above.push(this.lines[0]);
      this.#lines.splice(0, 1);
      this.#lines.splice(this.#last, 0, []);
    } else cursor.row = Math.min(this.rows - 1, cursor.row + 1);
  }

  #obey(code: string): void {
    const { cursor } = this;
    const kind = code.at(-1)!;
    const numbers = (/\[\??([\d;]*)/.exec(code)?.[1] ?? '').split(';').map(Number);
    if (code === '\u001b7') this.#saved = { ...cursor };
    else if (code === '\u001b8') this.cursor = { ...this.#saved };
    else if (code === '\u001bD') this.#down();
    else if (code.includes('?')) this.#set(numbers[0], kind === 'h');
    else if (kind === 'A') cursor.row = Math.max(0, cursor.row - (numbers[0] || 1));
    else if (kind === 'H')
      this.cursor = {
        row: Math.min(this.rows, numbers[0] || 1) - 1,
        column: Math.min(this.columns, numbers[1] || 1) - 1,
      };
    else if (kind === 'K') this.#lines[cursor.row].length = Math.min(this.#lines[cursor.row].length, cursor.column);
    else if (kind === 'J') {
      this.#lines[cursor.row].length = Math.min(this.#lines[cursor.row].length, cursor.column);
      for (let row = cursor.row + 1; row < this.rows; row++) this.#lines[row] = [];
    } else if (kind === 'r') {
      this.#last = (numbers[1] || this.rows) - 1;
      this.cursor = { row: 0, column: 0 };
    } else if (kind !== 'm') throw new Error(`The terminal does not know ${JSON.stringify(code)}`);
  }

  #set(mode: number, on: boolean): void {
    if (mode === 25) this.cursorShown = on;
    else if (mode === 1049 && on !== this.other) {
      this.other = on;
      if (on) {
        this.#main = { lines: this.#lines, cursor: this.cursor };
        this.#lines = Array.from({ length: this.rows }, () => []);
      } else {
        this.#lines = this.#main!.lines;
        this.cursor = this.#main!.cursor;
      }
    } else if (mode !== 2026 && mode !== 1049) throw new Error(`The terminal does not know the mode ${mode}`);
  }
}
