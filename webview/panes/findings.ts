import { problemWords } from '../../src/core/findings/finding-words';
import { allProblemsOf, type Problem, problemsOf } from '../../src/core/findings/findings';
import { problemLabel } from '../../src/core/findings/kind-labels';
import { userSite } from '../../src/core/places/chain';
import { formatDuration } from '../../src/core/units';
import { linkTo, placeOf } from '../../src/core/words/places';
import type { WorkSlices } from '../frames/frame-budget';
import type { Actions, Opening } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { State, View } from '../state/store';
import { hinted } from './hinted';
import { Roving } from './roving-focus';

/** Findings to add for each press of the button. */
const MORE = 300;
/** Findings to create in one slice. */
const PIECE = 12;

/** The findings of the run: each with its place, its cost, why it happened, and what to write instead. */
export class FindingsPane implements View {
  readonly element = h('section', { class: 'pane findings-pane' });
  readonly #list = h('div', { class: 'lines', role: 'listbox' });
  readonly #roving: Roving;
  #problems: readonly Problem[] = [];

  constructor(
    private readonly actions: Actions,
    private readonly state: () => State,
  ) {
    const problem = (line: HTMLElement) => this.#problems[Number(line.dataset.index)];
    this.#roving = new Roving(this.#list, {
      reach: (line) => this.#show(problem(line)),
      open: (line, how) => this.#show(problem(line), how),
    });
  }

  update(state: State, previous: State): void {
    for (const _ of this.updating(state, previous));
  }

  *updating(state: State, previous: State): WorkSlices {
    const { lanes, shapes, words: t } = state;
    const same = lanes === previous.lanes && shapes === previous.shapes && t === previous.words;
    if (same && this.element.childElementCount > 0) return;
    yield 'problems';
    const timeline = hinted(state);
    const problems = timeline ? problemsOf(timeline) : [];
    const items: HTMLElement[] = [];
    for (const [index, problem] of problems.entries()) {
      if (index % PIECE === PIECE - 1) yield 'problem lines';
      items.push(this.#item(problem, index, state));
    }
    yield 'problems shown';
    this.#problems = problems;
    this.#list.setAttribute('aria-label', t('Findings'));
    this.#list.replaceChildren(...items);
    const nothing = h(
      'p',
      { class: 'quiet' },
      t(
        'No problems found: no blocked event loop, no lost exception, no coroutine that was never awaited, no deadlock.',
      ),
    );
    this.element.replaceChildren(
      h('div', { class: 'body' }, this.#problems.length > 0 ? this.#list : nothing, this.#rest(state)),
    );
    this.#roving.current(undefined);
  }

  /** Those that are not in the page, at a press of the button. */
  #rest(state: State): HTMLElement | undefined {
    const { words: t } = state;
    const timeline = hinted(state);
    const left = (timeline ? allProblemsOf(timeline).length : 0) - this.#problems.length;
    if (left <= 0) return undefined;
    const button = h('button', { class: 'secondary', click: () => this.#showMore(button) }, t('and {0} more', left));
    return button;
  }

  #showMore(button: HTMLElement): void {
    const state = this.state();
    const from = this.#problems.length;
    const shown = new Set(this.#problems);
    const more = allProblemsOf(hinted(state)!).filter((problem) => !shown.has(problem));
    this.#problems = [...this.#problems, ...more.slice(0, MORE)];
    this.#list.append(...this.#problems.slice(from).map((problem, index) => this.#item(problem, from + index, state)));
    const rest = this.#rest(state);
    if (rest) button.replaceWith(rest);
    else button.remove();
    const first = this.#list.children[from];
    if (!(first instanceof HTMLElement)) return;
    this.#roving.current(first);
    first.focus();
  }

  #item(problem: Problem, index: number, state: State): HTMLElement {
    const { words: t, root } = state;
    const timeline = hinted(state)!;
    const { title, why, advice } = problemWords(timeline, problem, t);
    const site = userSite(timeline, problem.site);
    const place = site ? placeOf(timeline, site.code.file, site.line, root).text : '';
    const cost = problem.cost > 0 && problem.kind !== 'cancelled' ? t('cost {0}', formatDuration(problem.cost)) : '';
    const facts = [problemLabel(problem.kind, t), t('at {0}', formatDuration(problem.start)), place, cost].filter(
      Boolean,
    );
    return h(
      'div',
      {
        class: `finding ${problem.severity}`,
        role: 'option',
        'aria-selected': 'false',
        tabindex: -1,
        'data-index': index,
      },
      icon(problem.severity),
      h(
        'div',
        { class: 'grow' },
        h('div', { class: 'title' }, h('span', { class: 'unseen' }, `${severityWord(problem, t)}: `), title),
        h('div', { class: 'facts' }, facts.join(' · ')),
        why !== '' && h('div', {}, why),
        advice !== '' && h('div', { class: 'advice' }, icon('lightbulb'), h('span', {}, advice)),
      ),
    );
  }

  #show(problem: Problem, open?: Opening): void {
    const { lanes } = this.state();
    if (!lanes) return;
    for (const line of this.#roving.lines) line.setAttribute('aria-selected', String(line.tabIndex === 0));
    const task = lanes.indexOf.get(problem.task);
    const selection =
      problem.segment !== undefined
        ? ({ kind: 'segment', segment: problem.segment } as const)
        : task === undefined
          ? undefined
          : ({ kind: 'task', task } as const);
    if (selection) this.actions.select(selection, { reveal: true, keepPane: true });
    else this.actions.moveTo(problem.startStep);
    const site = open ? userSite(lanes.timeline, problem.site) : undefined;
    if (site) this.actions.follow(linkTo(site), open);
  }
}

function severityWord({ severity }: Problem, t: State['words']): string {
  return severity === 'error' ? t('Error') : severity === 'warning' ? t('Warning') : t('Note');
}

/** Number of findings that should be fixed. */
export function problemCount(state: Pick<State, 'lanes' | 'shapes'>): number {
  const timeline = hinted(state);
  return timeline ? allProblemsOf(timeline).filter(({ severity }) => severity !== 'info').length : 0;
}
