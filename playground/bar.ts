import type { Translate } from '../src/core/translate';
import type { Sample } from './samples';

export interface BarListener {
  /** Run, or stop what runs. */
  run(): void;
  chose(sample: Sample): void;
  /** Put a link to the code into the clipboard. */
  link(): void;
}

/** Above the editor: samples, run, link; and one line that says what is going on. */
export class Bar {
  readonly element = document.createElement('header');
  readonly #run = button();
  readonly #said = document.createElement('output');

  constructor(
    private readonly t: Translate,
    samples: readonly Sample[],
    listener: BarListener,
  ) {
    const name = document.createElement('h1');
    name.textContent = 'Coroscope';
    const choice = document.createElement('select');
    choice.setAttribute('aria-label', t('Open a sample'));
    choice.append(new Option(t('Samples'), ''), ...samples.map(({ label }) => new Option(label)));
    choice.addEventListener('change', () => {
      const sample = samples[choice.selectedIndex - 1];
      choice.selectedIndex = 0;
      if (sample) listener.chose(sample);
    });
    this.#run.classList.add('main');
    this.#run.addEventListener('click', () => listener.run());
    const link = button();
    link.textContent = t('Copy link');
    link.addEventListener('click', () => listener.link());
    this.element.append(name, choice, this.#run, link, this.#said);
    this.running(false);
  }

  running(on: boolean): void {
    this.#run.textContent = on ? this.t('Stop') : this.t('Run');
  }

  say(text: string): void {
    this.#said.textContent = text;
    this.#said.title = text;
  }
}

function button(): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  return made;
}
