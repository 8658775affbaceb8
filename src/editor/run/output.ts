import { type OutputChannel, window } from 'vscode';
import { t } from '../words/translate';

/** How a program ended. @param exit undefined or `null`: it did not end by itself */
export function endText(name: string, exit: number | null | undefined): string {
  return typeof exit === 'number' ? t('{0} ended with exit code {1}.', name, exit) : t('{0} was stopped.', name);
}

/** The output channel: what the program prints, live, with a line of Coroscope before and after. */
export class ProgramOutput {
  #channel: OutputChannel | undefined;

  /** Created with the first line. */
  get #made(): OutputChannel {
    this.#channel ??= window.createOutputChannel('Coroscope');
    return this.#channel;
  }

  begin(line: string): void {
    this.#made.clear();
    this.say(line);
  }

  /** A line of Coroscope's own. */
  say(line: string): void {
    this.#made.appendLine(`▸ ${line}`);
  }

  write(text: string): void {
    this.#made.append(text);
  }

  show(): void {
    this.#made.show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }
}
