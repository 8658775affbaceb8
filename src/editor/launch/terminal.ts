import { EventEmitter, type Pseudoterminal } from 'vscode';
import type { Ask } from '../../engines/engine';
import { t } from '../words/translate';

/** A terminal for a program that runs in an engine: shows its output, and reads lines for its `input()`. */
export class ProgramTerminal implements Pseudoterminal {
  readonly #written = new EventEmitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #closed = new EventEmitter<void>();
  readonly onDidClose = this.#closed.event;
  /** What came before the terminal was open. */
  #waiting: string[] | undefined = [];
  #line = '';
  /** Whole lines that nobody has read; undefined in them: the end of the input. */
  readonly #lines: (string | undefined)[] = [];
  #reader: ((line: string | undefined) => void) | undefined;
  #isOver = false;

  constructor(
    private readonly interrupt: AbortController,
    private readonly stop: AbortController,
  ) {}

  readonly ask: Ask = async (_before, signal) => {
    if (this.#lines.length > 0) return this.#lines.shift();
    return new Promise((resolve) => {
      this.#reader = resolve;
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
  };

  open(): void {
    const early = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const text of early) this.write(text);
  }

  /** The terminal was closed: so is the program. */
  close(): void {
    this.stop.abort();
  }

  write(text: string): void {
    if (this.#waiting) this.#waiting.push(text);
    else this.#written.fire(text.replace(/\r?\n/g, '\r\n'));
  }

  ended(how: string): void {
    this.#isOver = true;
    this.write(`\n▸ ${how} ${t('Press any key to close the terminal.')}\n`);
  }

  handleInput(data: string): void {
    if (this.#isOver) {
      this.#closed.fire();
      return;
    }
    for (const key of data) this.#press(key);
  }

  #press(key: string): void {
    if (key === '\x03') {
      this.write('^C');
      // The second time, the program is not asked any more.
      if (this.interrupt.signal.aborted) this.stop.abort();
      this.interrupt.abort();
    } else if (key === '\x04' && this.#line === '') this.#enter(undefined);
    else if (key === '\r' || key === '\n') {
      this.write('\n');
      this.#enter(`${this.#line}\n`);
      this.#line = '';
    } else if (key === '\x7f' || key === '\b') {
      const letters = [...this.#line];
      if (letters.length === 0) return;
      // A wide letter takes two columns.
      const columns = /\p{Script=Hangul}|\p{Script=Han}|\p{Emoji_Presentation}/u.test(letters.pop()!) ? 2 : 1;
      this.#line = letters.join('');
      this.write('\b \b'.repeat(columns));
    } else if (key >= ' ') {
      this.#line += key;
      this.write(key);
    }
  }

  #enter(line: string | undefined): void {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) reader(line);
    else this.#lines.push(line);
  }
}
