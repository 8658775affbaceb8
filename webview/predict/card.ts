import type { Question } from '../../src/core/predict/questions';
import { reasonOf } from '../../src/core/predict/reason';
import { choiceText, questionText, situationText } from '../../src/core/predict/words';
import { commandOf } from '../interact/keys';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import type { Prediction, State, View } from '../state/store';
import type { Predicting } from './predicting';

/** A reason has at most this many sentences. */
const MOST_REASONS = 4;

/** The question, in the place of the panes: what has happened, what may come next, then what did come and why. */
export class PredictCard implements View {
  readonly #element = h('section', { class: 'predict', role: 'region', hidden: true });

  constructor(
    private readonly parts: Parts,
    private readonly predicting: Predicting,
  ) {
    parts.panes.after(this.#element);
    document.addEventListener('keydown', (event) => this.#key(event));
  }

  update(state: State, previous: State): void {
    const { predict, lanes, words: t } = state;
    if (predict && lanes !== predict.of) {
      // Another run, in which the order may differ.
      this.predicting.stop();
      return;
    }
    if (predict === previous.predict && t === previous.words) return;
    this.parts.app.classList.toggle('predicting', predict !== undefined);
    this.#element.hidden = predict === undefined;
    if (!predict || !lanes) return;
    this.#element.setAttribute('aria-label', t('Predict'));
    const question = predict.questions[predict.at];
    const body = question ? this.#question(state, predict, question) : this.#result(state, predict);
    this.#element.replaceChildren(this.#head(state, predict), h('div', { class: 'predict-body' }, ...body));
    this.#element.querySelector<HTMLElement>('[data-focus]')?.focus();
  }

  #head({ words: t }: State, { questions, at, right, chosen }: Prediction): HTMLElement {
    const done = at + (chosen === undefined ? 0 : 1);
    const place = Math.min(at + 1, questions.length);
    const count = questions.length > 0 ? t('Question {0} of {1}', place, questions.length) : '';
    return h(
      'div',
      { class: 'predict-head' },
      icon('mortar-board'),
      h('strong', {}, t('Predict')),
      h('span', { class: 'quiet' }, count),
      h('span', { class: 'quiet grow' }, done > 0 ? t('{0} of {1} right', right, done) : ''),
      h(
        'button',
        {
          class: 'tool',
          title: t('Stop predicting (Esc)'),
          'aria-label': t('Stop predicting (Esc)'),
          click: () => this.predicting.stop(),
        },
        icon('close'),
      ),
    );
  }

  #question({ lanes, words: t }: State, { chosen }: Prediction, question: Question): Node[] {
    const answered = chosen !== undefined;
    const choices = question.choices.map((choice, i) => {
      const mark = !answered ? '' : i === question.right ? 'right' : i === chosen ? 'wrong' : 'other';
      return h(
        'button',
        {
          class: `choice ${mark}`.trim(),
          'data-choice': i,
          'data-focus': !answered && i === 0,
          disabled: answered,
          'aria-keyshortcuts': String(i + 1),
          click: () => this.predicting.choose(i),
        },
        h('span', { class: 'key', 'aria-hidden': 'true' }, String(i + 1)),
        h('span', { class: 'choice-text' }, choiceText(lanes!, choice, t)),
        mark === 'right' && icon('check'),
        mark === 'wrong' && icon('close'),
      );
    });
    const group = h('div', { class: 'choices', role: 'group', 'aria-label': questionText(question, t) }, ...choices);
    return [
      h('p', { class: 'situation' }, situationText(lanes!, question, t)),
      h('h2', {}, questionText(question, t)),
      group,
      ...(answered ? this.#answer({ lanes, words: t }, question, chosen) : []),
    ];
  }

  #answer({ lanes, words: t }: Pick<State, 'lanes' | 'words'>, question: Question, chosen: number): Node[] {
    const verdict = chosen === question.right ? t('That is right.') : t('Not this time.');
    const said = reasonOf(lanes!, question, t);
    const reasons = [...said.slice(0, 1), ...said.slice(1).slice(-(MOST_REASONS - 1))];
    return [
      h(
        'div',
        { class: 'reason', id: 'predict-reason' },
        h('p', {}, h('strong', {}, verdict)),
        ...reasons.map((sentence) => h('p', {}, sentence)),
      ),
      h(
        'button',
        {
          class: 'primary',
          'data-focus': true,
          'aria-describedby': 'predict-reason',
          click: () => this.predicting.next(),
        },
        t('Continue'),
      ),
    ];
  }

  #result({ words: t }: State, { questions, right }: Prediction): Node[] {
    const button = (name: string, text: string, click: () => void, first = false) =>
      h('button', { class: name, 'data-focus': first, click }, text);
    if (questions.length === 0)
      return [
        h('p', {}, t('Nothing in this run can be predicted: threads, the network or chance decide what comes next.')),
        button('primary', t('Close'), () => this.predicting.stop(), true),
      ];
    return [
      h('h2', {}, t('You predicted {0} of {1}.', right, questions.length)),
      h('p', {}, t('The story tells the whole run, step by step.')),
      h(
        'div',
        { class: 'choices' },
        button('primary', t('Show the story'), () => this.predicting.stop(), true),
        button('secondary', t('Ask again'), () => {
          this.predicting.stop();
          this.predicting.start();
        }),
      ),
    ];
  }

  /** Digits choose, unless the focus is in a field. */
  #key(event: KeyboardEvent): void {
    if (this.#element.hidden || (event.target as HTMLElement).closest('input, textarea, select, dialog')) return;
    const command = commandOf('predict', event);
    if (!command) return;
    event.preventDefault();
    // Escape would clear the playhead too.
    event.stopImmediatePropagation();
    if (command === 'stop') this.predicting.stop();
    else this.predicting.choose(Number(event.key) - 1);
  }
}
