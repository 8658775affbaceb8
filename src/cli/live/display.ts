import { recentLines } from '../../core/recent/lines';
import type { Recent } from '../../core/recent/recent';
import { paintLine } from '../../core/text/canvas';
import { asciiSymbols, unicodeSymbols } from '../../core/text/symbols';
import type { Translate } from '../../core/translate';
import { asciiOnly, colours, type Screen } from '../screen';
import { NewestFindings } from './newest';
import type { Surface } from './surface';
import { type LiveView, nowInSeconds } from './view';

export interface DisplayOptions {
  readonly ascii: boolean;
  readonly translate: Translate;
  /** What a key does, at the right of the first line. */
  readonly hint: string;
}

/** Draws the last seconds in a terminal, in place. However the command ends, the terminal is left as it was. */
export class Display implements LiveView {
  readonly #began = nowInSeconds();
  readonly #findings = new NewestFindings();
  #recent: Recent | undefined;
  readonly #leave = () => this.surface.close();
  readonly #resized = () => {
    this.surface.resized();
    this.#draw();
  };
  readonly #suspend = () => {
    this.surface.close();
    process.kill(process.pid, 'SIGSTOP');
  };
  readonly #resume = () => {
    this.surface.reopen();
    this.#draw();
  };

  constructor(
    private readonly surface: Surface,
    private readonly screen: Screen,
    private readonly options: DisplayOptions,
  ) {
    // Also when the command itself fails.
    process.on('exit', this.#leave);
    screen.stderr.on?.('resize', this.#resized);
    if (process.platform === 'win32') return;
    process.on('SIGTSTP', this.#suspend);
    process.on('SIGCONT', this.#resume);
  }

  show(recent: Recent): void {
    this.#recent = recent;
    this.#findings.add(recent.findings, nowInSeconds());
    this.#draw();
  }

  #draw(): void {
    const { screen, surface, options } = this;
    if (!this.#recent) return;
    const terminal = { ...screen, stdout: screen.stderr };
    const now = nowInSeconds();
    const lines = recentLines(this.#recent, {
      width: surface.width,
      height: surface.height,
      symbols: asciiOnly(terminal, options.ascii) ? asciiSymbols : unicodeSymbols,
      root: screen.cwd,
      translate: options.translate,
      hint: options.hint,
      followed: now - this.#began,
      findings: this.#findings.list(now),
    });
    const colour = colours(terminal);
    surface.draw(lines.map((line) => paintLine(line, colour)));
  }

  close(): void {
    process.off('exit', this.#leave);
    this.screen.stderr.off?.('resize', this.#resized);
    process.off('SIGTSTP', this.#suspend);
    process.off('SIGCONT', this.#resume);
    this.surface.close();
  }
}
