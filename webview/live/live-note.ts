import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import type { State, View } from '../state/store';

/** Live mode: while the current text cannot be run, the last good timeline stays, faint, with a note that says why. */
export class LiveNote implements View {
  readonly #text = h('span', {});
  readonly #element = h('div', { class: 'live-note', hidden: true }, icon('zap'), this.#text);
  readonly #said = h('div', { class: 'unseen', role: 'status' });

  constructor(private readonly parts: Parts) {
    parts.board.append(this.#element, this.#said);
  }

  update({ live: { note }, lanes }: State, previous: State): void {
    if (note === previous.live.note && lanes === previous.lanes) return;
    this.#show(lanes && note);
  }

  #show(note: State['live']['note'] | undefined): void {
    const text = note?.text ?? '';
    this.#element.hidden = text === '';
    this.#text.textContent = text;
    if (this.#said.textContent !== text) this.#said.textContent = text;
    this.#element.classList.toggle('warning', note?.stale === true);
    this.parts.board.classList.toggle('stale', note?.stale === true);
  }
}
