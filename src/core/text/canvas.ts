import { terminalLine } from '../words/terminal';
import { columnsOfLetter } from './width';

/** The meaning of a piece of text; the terminal decides how it looks. Colour is never the only sign of a state. */
export type Ink =
  | 'plain'
  | 'strong'
  | 'faint'
  | 'running'
  | 'ready'
  | 'suspended'
  | 'label'
  | 'good'
  | 'bad'
  | 'stopped'
  | 'output';

/** One line of the picture, a cell a column. */
export class Line {
  /** A wide letter takes two cells, of which the second is empty. */
  readonly #cells: string[] = [];
  readonly #inks: Ink[] = [];

  /** Writes from a column on; line breaks and control characters are replaced. @returns the column after the text */
  put(at: number, text: string, ink: Ink): number {
    for (let i = this.#cells.length; i < at; i++) this.#set(i, ' ', 'plain');
    for (const letter of terminalLine(text)) {
      const columns = columnsOfLetter(letter.codePointAt(0)!);
      if (columns === 0) {
        if (at > 0) this.#cells[at - 1] += letter;
        continue;
      }
      this.#set(at++, letter, ink);
      if (columns === 2) this.#set(at++, '', ink);
    }
    return at;
  }

  #set(at: number, text: string, ink: Ink): void {
    this.#cells[at] = text;
    this.#inks[at] = ink;
  }

  /** Runs of one ink, without blanks at the end. */
  runs(): { readonly text: string; readonly ink: Ink }[] {
    const runs: { text: string; ink: Ink }[] = [];
    for (let i = 0; i < this.#cells.length; i++) {
      const last = runs.at(-1);
      if (last?.ink === this.#inks[i]) last.text += this.#cells[i];
      else runs.push({ text: this.#cells[i], ink: this.#inks[i] });
    }
    while (runs.length > 0 && runs.at(-1)!.text.trimEnd() === '') runs.pop();
    if (runs.length > 0) runs.at(-1)!.text = runs.at(-1)!.text.trimEnd();
    return runs;
  }
}

export function line(text: string, ink: Ink = 'plain'): Line {
  const made = new Line();
  made.put(0, text, ink);
  return made;
}

const ESC = '\u001b[';
/** Colours of the terminal's own palette: they follow its theme. */
const CODES: Readonly<Record<Ink, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  running: '32;1',
  ready: '33',
  suspended: '34',
  label: '36',
  good: '32',
  bad: '31;1',
  stopped: '35',
  output: '0',
};

export function paint(lines: readonly Line[], colour: boolean): string {
  return lines.map((each) => `${paintLine(each, colour)}\n`).join('');
}

export function paintLine(each: Line, colour: boolean): string {
  return each
    .runs()
    .map(({ text, ink }) => (colour && CODES[ink] !== '' ? `${ESC}${CODES[ink]}m${text}${ESC}0m` : text))
    .join('');
}
