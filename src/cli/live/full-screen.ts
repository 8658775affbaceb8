import type { Output } from '../screen';
import * as escapes from './escapes';
import type { Surface } from './surface';

const DEFAULT_ROWS = 24;
const DEFAULT_COLUMNS = 80;

/** The whole terminal, on its other screen: what was there before is there again at the end. */
export class FullScreen implements Surface {
  #open = false;

  constructor(private readonly to: Output) {
    this.reopen();
  }

  get width(): number {
    return this.to.columns ?? DEFAULT_COLUMNS;
  }

  get height(): number {
    return this.to.rows ?? DEFAULT_ROWS;
  }

  draw(lines: readonly string[]): void {
    if (!this.#open) return;
    const shown = lines.slice(0, this.height);
    const drawn = shown.map((line, i) => `${escapes.lineAt(i + 1)}${line}${escapes.restOfLineErased}`).join('');
    const rest = shown.length < this.height ? `${escapes.lineAt(shown.length + 1)}${escapes.belowErased}` : '';
    this.to.write(escapes.atOnce(drawn + rest));
  }

  resized(): void {}

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.to.write(escapes.cursor.shown + escapes.otherScreen.off);
  }

  reopen(): void {
    if (this.#open) return;
    this.#open = true;
    this.to.write(escapes.otherScreen.on + escapes.cursor.hidden);
  }
}
