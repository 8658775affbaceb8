import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import type { PaneName, State, View } from '../state/store';
import { problemCount } from './findings';

/** The panes below the picture: the selection beside tabs of the others or, where it is narrow, as one of the tabs. */
export class Tabs implements View {
  readonly #bar = h('div', { class: 'tabs', role: 'tablist' });
  readonly #group = h('div', { class: 'tabbed' });
  #joined: boolean | undefined;
  #source: State['source'] | undefined;
  #shown = '';
  /** Number of findings that should be fixed. */
  #found = 0;

  constructor(
    private readonly parts: Parts,
    private readonly panes: Readonly<Record<PaneName, { readonly element: HTMLElement }>>,
    private readonly choose: (pane: PaneName) => void,
  ) {
    this.#group.append(
      this.#bar,
      panes.story.element,
      panes.output.element,
      panes.findings.element,
      panes.numbers.element,
    );
    parts.panes.append(panes.selection.element, this.#group);
    for (const [name, { element }] of Object.entries(panes)) element.id = `pane-${name}`;
    this.#bar.addEventListener('keydown', (event) => this.#key(event));
  }

  /** Walks over the run, so it is deferred. */
  readonly counter: View = {
    update: (state, previous) => {
      if (state.lanes !== previous.lanes || state.shapes !== previous.shapes) this.#found = problemCount(state);
    },
  };

  update(state: State): void {
    const { words: t, lanes } = state;
    const joined = state.compact || state.narrow;
    // A program that never started its loop has only output.
    const only = lanes !== undefined && lanes.library.size === lanes.timeline.tasks.length;
    const names: PaneName[] = only
      ? ['output']
      : [...(joined ? (['selection'] as const) : []), 'story', 'output', 'findings', 'numbers'];
    if (state.source === 'tab') names.push('source');
    const current = names.includes(state.pane) ? state.pane : names[0];
    const found = lanes ? this.#found : 0;
    const shown = JSON.stringify([names, current, found, state.locale, state.source]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (joined !== this.#joined) this.#join(joined);
    if (state.source !== this.#source) this.#place(state.source);
    const titles: Record<PaneName, string> = {
      selection: t('Selection'),
      story: t('Story'),
      output: t('Output'),
      findings: t('Findings'),
      numbers: t('Numbers'),
      source: t('Source'),
    };
    const focused = this.#bar.contains(document.activeElement);
    this.#bar.setAttribute('aria-label', t('Panes'));
    this.#bar.replaceChildren(
      ...names.map((name) =>
        h(
          'button',
          {
            class: 'tab',
            role: 'tab',
            id: `tab-${name}`,
            'data-pane': name,
            'aria-selected': String(name === current),
            'aria-controls': `pane-${name}`,
            tabindex: name === current ? 0 : -1,
            click: () => this.choose(name),
          },
          titles[name],
          name === 'findings' && found > 0 && h('span', { class: 'badge' }, String(found)),
        ),
      ),
    );
    if (focused) this.#bar.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    for (const name of Object.keys(titles) as PaneName[]) {
      const { element } = this.panes[name];
      const tabbed = names.includes(name);
      element.hidden = tabbed ? name !== current : this.#isHidden(name, only);
      if (tabbed) element.setAttribute('role', 'tabpanel');
      else element.removeAttribute('role');
      if (tabbed) element.setAttribute('aria-labelledby', `tab-${name}`);
      else element.removeAttribute('aria-labelledby');
    }
  }

  #join(joined: boolean): void {
    this.#joined = joined;
    const { element } = this.panes.selection;
    this.parts.panes.classList.toggle('joined', joined);
    if (joined) this.#bar.after(element);
    else this.parts.panes.prepend(element);
  }

  /** Of a pane that is none of the tabs. */
  #isHidden(name: string, only: boolean): boolean {
    if (name === 'source') return this.#source !== 'beside';
    return name !== 'selection' || only;
  }

  /** Source stands beside the whole of the timeline, or among the tabs. */
  #place(source: State['source']): void {
    this.#source = source;
    const { element } = this.panes.source;
    document.body.classList.toggle('with-source', source === 'beside');
    if (source === 'beside') this.parts.app.after(element);
    else this.#group.append(element);
  }

  #key(event: KeyboardEvent): void {
    const tabs = [...this.#bar.children] as HTMLElement[];
    const at = tabs.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const tab = tabs[(to + tabs.length) % tabs.length];
    this.choose(tab.dataset.pane as PaneName);
    tab.focus();
  }
}
