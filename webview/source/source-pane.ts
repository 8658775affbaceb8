import { sameFile } from '../../src/core/places/same-file';
import type { HostMessage, TaskPlace, ViewMessage } from '../../src/core/protocol/messages';
import type { SourceText } from '../../src/core/protocol/source-text';
import type { Translate } from '../../src/core/translate';
import { displayPath } from '../../src/core/words/places';
import { tasksAtLineText } from '../../src/core/words/tasks-at-line';
import { h } from '../page/dom';
import { Roving } from '../panes/roving-focus';
import type { Editor } from '../state/host';
import type { State, View } from '../state/store';
import { colouredLines } from './coloured';
import { SourceSash } from './source-sash';

/** Source beside the timeline in an exported page, which has no VS Code. */
export class SourcePane implements View, Editor {
  readonly element = h('section', { class: 'pane source-pane' });
  readonly #title = h('h2');
  readonly #list = h('div', { class: 'code', role: 'listbox' });
  readonly #body = h('div', { class: 'body' }, this.#list);
  readonly #sash = new SourceSash();
  readonly #roving: Roving;
  #sources: readonly SourceText[] = [];
  #shown: SourceText | undefined;
  #places: readonly TaskPlace[] = [];
  #state: State | undefined;
  /** Lines that are marked now. */
  #marked: HTMLElement[] = [];

  constructor(
    private readonly send: (message: HostMessage) => void,
    /** Called when there are files to show, so that the page makes room. */
    private readonly held: () => void,
  ) {
    this.#roving = new Roving(this.#list, {
      reach: (line) => this.#cursorAt(line),
      open: (line) => {
        this.#cursorAt(line);
        this.send({ type: 'move', move: 'lineOn', at: this.#placeOf(line) });
      },
    });
    this.element.append(this.#title, this.#body, this.#sash.element);
  }

  hold(sources: readonly SourceText[]): void {
    this.#sources = sources;
    if (sources.length > 0) this.held();
  }

  holds(file: string): boolean {
    return this.#find(file) !== undefined;
  }

  receive(message: ViewMessage): void {
    if (message.type === 'open') this.#reveal(message.file, message.line, message.focus);
    else if (message.type === 'playhead') {
      this.#places = message.places ?? [];
      const [first] = this.#places;
      // Show the line of the running task; if none is running, keep the current one.
      if (first?.state === 'running' && this.holds(first.file)) this.#reveal(first.file, first.line, false);
      this.#mark();
    }
  }

  update(state: State, previous: State): void {
    this.#state = state;
    if (this.#sources.length === 0) return;
    if (!this.#shown) this.#show(this.#sources[0]);
    if (state.words !== previous.words || state.root !== previous.root) this.#name(state.words);
    if (state.words !== previous.words) {
      this.#mark();
      this.#sash.name(state.words);
    }
  }

  #find(file: string): SourceText | undefined {
    return this.#sources.find((source) => sameFile(source.file, file));
  }

  #show(source: SourceText): void {
    if (source === this.#shown) return;
    this.#shown = source;
    const lines = colouredLines(source.text, source.colours).map((stretches, i) =>
      h(
        'div',
        { class: 'code-line', role: 'option', 'aria-selected': 'false', tabindex: -1, 'data-line': i + 1 },
        h('span', { class: 'line-number', 'aria-hidden': 'true' }, String(i + 1)),
        h(
          'span',
          { class: 'code-text' },
          ...stretches.map(({ text, name }) => (name ? h('span', { class: `code-${name}` }, text) : text)),
          h('span', { class: 'code-standing' }),
        ),
      ),
    );
    this.#list.replaceChildren(...lines);
    this.#marked = [];
    this.#roving.current(undefined);
    if (this.#state) this.#name(this.#state.words);
    this.#mark();
  }

  /** The name of the file; if there are several, a choice. */
  #name(t: Translate): void {
    const root = this.#state?.root ?? '';
    this.element.setAttribute('aria-label', t('Source'));
    this.#list.setAttribute('aria-label', t('Source'));
    const names = this.#sources.map(({ file }) => displayPath(file, root));
    const at = this.#sources.indexOf(this.#shown!);
    if (names.length < 2) {
      this.#title.replaceChildren(h('span', {}, names[0] ?? ''));
      return;
    }
    const select = h(
      'select',
      {
        'aria-label': t('File'),
        change: () => this.#show(this.#sources[select.selectedIndex]),
      },
      ...names.map((name, i) => h('option', { selected: i === at }, name)),
    );
    this.#title.replaceChildren(select);
  }

  #mark(): void {
    const t = this.#state?.words;
    if (!t || !this.#shown) return;
    for (const line of this.#marked) {
      delete line.dataset.state;
      line.querySelector('.code-standing')!.textContent = '';
    }
    this.#marked = [];
    const byLine = new Map<number, TaskPlace[]>();
    for (const place of this.#places) {
      if (!sameFile(place.file, this.#shown.file)) continue;
      byLine.set(place.line, [...(byLine.get(place.line) ?? []), place]);
    }
    for (const [number, there] of byLine) {
      const line = this.#lineAt(number);
      if (!line) continue;
      // The places come in the order of their rank: what runs first.
      line.dataset.state = there[0].state;
      line.querySelector('.code-standing')!.textContent = tasksAtLineText(there, t);
      this.#marked.push(line);
    }
  }

  #reveal(file: string, number: number, focus: boolean): void {
    const source = this.#find(file);
    if (!source) return;
    this.#show(source);
    const line = this.#lineAt(number);
    if (!line) return;
    this.#select(line);
    line.scrollIntoView({ block: 'nearest' });
    if (focus) line.focus();
  }

  #cursorAt(line: HTMLElement): void {
    this.#select(line);
    this.send({ type: 'cursor', ...this.#placeOf(line) });
  }

  #select(line: HTMLElement): void {
    this.#list.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
    line.setAttribute('aria-selected', 'true');
    this.#roving.current(line);
  }

  #placeOf({ dataset }: HTMLElement): { readonly file: string; readonly line: number } {
    return { file: this.#shown!.file, line: Number(dataset.line) };
  }

  #lineAt(number: number): HTMLElement | undefined {
    return (this.#list.children[number - 1] as HTMLElement | undefined) ?? undefined;
  }
}
