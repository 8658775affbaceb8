import { lineMap } from './line-map';

/** One replacement in a text; lines and columns from 0. */
export interface TextChange {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number };
  };
  readonly text: string;
}

/**
 * Follows the lines of a text through edits. The edits tell where a line has moved; comparing the text tells whether it has changed,
 * so a line that was changed and restored counts as unchanged.
 */
export class FollowedLines {
  readonly #before: readonly string[];
  /** Line before → line now, both from 0; -1: it is gone. */
  readonly #now: Int32Array;

  constructor(
    private readonly text: string,
    now: string,
  ) {
    this.#before = linesOf(text);
    this.#now = new Int32Array(this.#before.length).fill(-1);
    const before = lineMap(text, now);
    linesOf(now).forEach((_, line) => {
      const then = before(line + 1);
      if (then !== undefined) this.#now[then - 1] = line;
    });
  }

  /** @param changes of one edit, from the bottom up @param after returns the whole text; only called if it may equal the original */
  edit(changes: readonly TextChange[], lineCount: number, after: () => string): void {
    for (const change of changes) this.#apply(change);
    if (lineCount === this.#before.length && after() === this.text) this.#reset();
  }

  /** Where a line is now. @param line from 1 @returns from 1; undefined: it is gone. */
  now(line: number): number | undefined {
    const at = this.#now[line - 1];
    return at === undefined || at < 0 ? undefined : at + 1;
  }

  /** The original line of a current line. @param line from 1 @param text of the line @returns from 1; undefined: it is new, or had another text */
  before(line: number, text: string): number | undefined {
    for (let then = this.#now.indexOf(line - 1); then >= 0; then = this.#now.indexOf(line - 1, then + 1))
      if (this.#before[then] === text) return then + 1;
    return undefined;
  }

  isSame(now: string): boolean {
    return now === this.text;
  }

  textBefore(line: number): string | undefined {
    return this.#before[line - 1];
  }

  #reset(): void {
    for (let line = 0; line < this.#now.length; line++) this.#now[line] = line;
  }

  #apply({ range: { start, end }, text }: TextChange): void {
    const added = text.split('\n').length - 1;
    const shift = added - (end.line - start.line);
    this.#now.forEach((at, line) => {
      if (at < start.line) return;
      if (at > end.line) this.#now[line] = at + shift;
      else if (at === end.line && (start.line < end.line || this.#isIndent(line, start.character)))
        this.#now[line] = start.line + added;
      else if (at > start.line) this.#now[line] = -1;
    });
  }

  /** What is put in before the first word of a line moves the line; what is put in behind it does not. */
  #isIndent(line: number, characters: number): boolean {
    return this.#before[line].slice(0, characters).trim() === '';
  }
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
