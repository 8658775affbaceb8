import type { Translate } from '../src/core/translate';
import type { Ask } from '../src/engines/engine';

/** Lines of a run that are remembered. */
const MOST = 1_000;

/** A line; undefined: the end of the input. */
type Answer = string | undefined;

/** What a program reads from standard input: a field below the bar, and what was typed into it the last time. */
export class Input {
  readonly element = document.createElement('form');
  readonly #question = document.createElement('label');
  readonly #field = document.createElement('input');
  readonly #end = document.createElement('button');
  #given: Answer[] = [];

  constructor(t: Translate) {
    const enter = document.createElement('button');
    enter.className = 'main';
    enter.textContent = t('Enter');
    this.#end.type = 'button';
    this.#end.textContent = t('End of input');
    this.#end.title = t('Press Escape for the end of the input (EOF)');
    this.#question.htmlFor = this.#field.id = 'input';
    this.#question.textContent = this.#unasked = t('The program reads a line of standard input.');
    this.#field.autocomplete = 'off';
    this.element.className = 'input';
    this.element.hidden = true;
    this.element.append(this.#question, this.#field, enter, this.#end);
  }

  readonly #unasked: string;

  /** For a run that somebody starts: each line is asked for, with the last answer as its default. */
  asks(): Ask {
    const before = this.#given;
    const given: Answer[] = [];
    this.#given = given;
    return async (question, signal) => {
      const answer = await this.#ask(question, before[given.length], signal);
      if (!signal.aborted && given.length < MOST) given.push(answer);
      return answer;
    };
  }

  /** For a run of live mode: never asks. `missing()`: it needed more input than is known. */
  known(): { readonly ask: Ask; readonly missing: () => boolean } {
    const given = [...this.#given];
    let missing = false;
    const ask: Ask = async () => {
      missing ||= given.length === 0;
      return given.shift();
    };
    return { ask, missing: () => missing };
  }

  #ask(question: string, last: Answer, signal: AbortSignal): Promise<Answer> {
    this.#question.textContent = question.trim() || this.#unasked;
    this.#field.value = last?.replace(/\n$/, '') ?? '';
    this.element.hidden = false;
    this.#field.focus();
    this.#field.select();
    return new Promise((resolve) => {
      const over = (answer: Answer) => {
        signal.removeEventListener('abort', cancelled);
        this.element.hidden = true;
        resolve(answer);
      };
      const cancelled = () => over(undefined);
      signal.addEventListener('abort', cancelled);
      this.element.onsubmit = (event) => {
        event.preventDefault();
        over(`${this.#field.value}\n`);
      };
      this.#end.onclick = () => over(undefined);
      this.element.onkeydown = ({ key }) => {
        if (key === 'Escape') over(undefined);
      };
    });
  }
}
