import { MOST_MATCHES } from '../../src/core/rows/search';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { foundOf } from '../state/derived';
import type { State, View } from '../state/store';

/** The find widget: opens with Ctrl+F or Cmd+F, Enter goes to the next match, Shift+Enter to the one before. */
export class Find implements View {
  readonly #input = h('input', { type: 'text', class: 'field', 'data-tool': 'find-text', spellcheck: 'false' });
  readonly #count = h('span', { class: 'matches', role: 'status' });
  readonly #element = h('div', { class: 'find', role: 'search', hidden: true });

  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
  ) {
    this.#element.append(this.#input);
    parts.board.append(this.#element);
    this.#input.addEventListener('input', () => actions.search(this.#input.value));
    this.#element.addEventListener('keydown', (event) => this.#key(event));
    window.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f')
        return;
      if (this.parts.board.offsetParent === null) return;
      event.preventDefault();
      this.actions.openSearch();
      // Focus now, not in the next frame: keys typed in between would be lost.
      this.#element.hidden = false;
      this.#input.focus();
      this.#input.select();
    });
  }

  update(state: State, previous: State): void {
    const { searching, words: t, lanes } = state;
    const opened =
      searching !== undefined && (previous.searching === undefined || searching.asked !== previous.searching.asked);
    this.#element.hidden = !searching || !lanes;
    if (!searching || !lanes) return;
    if (t !== previous.words || this.#element.childElementCount === 1) this.#build(state);
    if (this.#input.value !== searching.text) this.#input.value = searching.text;
    const found = foundOf(state);
    const total = found?.matches.length ?? 0;
    const of = total >= MOST_MATCHES ? `${MOST_MATCHES}+` : String(total);
    const where = searching.at < 0 ? '?' : String(searching.at + 1);
    this.#count.textContent =
      searching.text.trim() === '' ? '' : total === 0 ? t('No results') : t('{0} of {1}', where, of);
    this.#element.classList.toggle('without-results', found !== undefined && total === 0);
    for (const button of this.#element.querySelectorAll<HTMLButtonElement>('.step')) button.disabled = total === 0;
    // Select now: a frame later, newly typed text would be selected and overwritten.
    if (opened && document.activeElement !== this.#input) {
      this.#input.focus();
      this.#input.select();
    }
  }

  #build({ words: t }: State): void {
    const label = t('Find a task, coroutine, file or what is waited for');
    this.#input.setAttribute('aria-label', label);
    this.#input.placeholder = t('Find');
    this.#input.title = label;
    const tool = (name: string, glyph: string, title: string, click: () => void) =>
      h('button', { class: `tool ${name}`, title, 'aria-label': title, click }, icon(glyph));
    this.#element.setAttribute('aria-label', t('Find'));
    // Keep the field in the DOM: it may have the focus.
    while (this.#input.nextSibling) this.#input.nextSibling.remove();
    this.#element.append(
      this.#count,
      tool('step', 'arrow-up', t('Previous match (Shift+Enter)'), () => this.actions.stepMatch(-1)),
      tool('step', 'arrow-down', t('Next match (Enter)'), () => this.actions.stepMatch(1)),
      tool('close', 'close', t('Close (Esc)'), () => this.#close()),
    );
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#close();
    else if (event.key === 'Enter' && event.target === this.#input) this.actions.stepMatch(event.shiftKey ? -1 : 1);
    else if (event.key === 'F3') this.actions.stepMatch(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #close(): void {
    this.actions.closeSearch();
    this.parts.stage.focus();
  }
}
