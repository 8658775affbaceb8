import type { AxisKind } from '../../src/core/axis/axis';
import { isFiltering } from '../../src/core/rows/filter';
import { formatDuration } from '../../src/core/units';
import { axisName } from '../../src/core/words/axes';
import type { Actions } from '../interact/actions';
import type { Viewport } from '../interact/viewport';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { canPredict } from '../predict/predicting';
import { isLive, type State, type View } from '../state/store';

const SUMMARIZE_EVERY = 250;
const SEPARATOR = ' · ';

/** Axis, zoom, and a summary of the run in one line. */
export class Toolbar implements View {
  #shows = '';
  #summarized = 0;
  readonly #summary = h('span', { class: 'summary' });

  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
    private readonly viewport: Viewport,
    private readonly help: () => void,
    private readonly predict: () => void,
  ) {}

  update(state: State, previous: State): void {
    const shows = whatShows(state);
    if (shows === this.#shows && state.words === previous.words) {
      this.#summarize(state, previous);
      return;
    }
    this.#shows = shows;
    const { words: t, axis, lanes } = state;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.tool;
    this.parts.toolbar.hidden = lanes === undefined;
    this.parts.toolbar.setAttribute('aria-label', t('Timeline'));
    const axisButton = (name: AxisKind, title: string) =>
      h(
        'button',
        {
          class: 'segment',
          'data-tool': name,
          'aria-pressed': String(axis === name),
          title,
          click: () => this.actions.chooseAxis(name),
        },
        axisName(name, t),
      );
    const tool = (name: string, glyph: string, title: string, click: () => void, pressed?: boolean) =>
      h(
        'button',
        {
          class: 'tool',
          'data-tool': name,
          title,
          'aria-label': title,
          'aria-pressed': pressed === undefined ? undefined : String(pressed),
          click,
        },
        icon(glyph),
      );
    const nested = lanes?.branches.some(({ levels }) => levels.length > 1) ?? false;
    this.parts.toolbar.replaceChildren(
      ...(state.live.available ? [this.#live(state)] : []),
      h(
        'div',
        { class: 'segments', role: 'group', 'aria-label': t('Axis') },
        axisButton('time', t('To scale: each bar is as long as it took')),
        axisButton('squeezed', t('To scale, but long gaps in which nothing runs are folded')),
        axisButton('steps', t('Every step of the loop equally wide: the order in which things happened')),
      ),
      h(
        'div',
        { class: 'tools', role: 'group', 'aria-label': t('Zoom') },
        tool('out', 'zoom-out', t('Zoom out (-)'), () => this.viewport.zoomBy(1 / 1.6)),
        tool('in', 'zoom-in', t('Zoom in (+)'), () => this.viewport.zoomBy(1.6)),
        tool('fit', 'screen-full', t('Fit everything (F)'), () => this.viewport.fit()),
        isLive(state) &&
          tool(
            'follow',
            'run-all',
            t('Follow the newest events'),
            () => this.actions.keepUp(!state.following),
            state.following,
          ),
        tool('find', 'search', t('Find (Ctrl+F)'), () => this.actions.openSearch()),
        tool(
          'filter',
          isFiltering(state.filter) ? 'filter-filled' : 'filter',
          t('Filter'),
          () => this.actions.toggleFilters(),
          state.filtering,
        ),
        tool(
          'arrows',
          'git-compare',
          state.arrows ? t('Wake-ups only of what is selected') : t('Show all wake-ups'),
          () => this.actions.toggleArrows(),
          state.arrows,
        ),
        nested &&
          tool(
            'coroutines',
            'list-tree',
            state.opened.size > 0 ? t('Hide all coroutines') : t('Show all coroutines'),
            () => this.actions.toggleAllCoroutines(),
            state.opened.size > 0,
          ),
        (lanes?.branches.some(({ children }) => children.length > 0) ?? false) &&
          tool(
            'fold',
            state.collapsed.size > 0 ? 'expand-all' : 'collapse-all',
            state.collapsed.size > 0 ? t('Unfold all tasks') : t('Fold all tasks'),
            () => this.actions.toggleAllBranches(),
          ),
        (lanes?.groups.length ?? 0) > 0 &&
          tool(
            'group',
            'group-by-ref-type',
            state.grouped ? t('Give each of the similar tasks its own lane') : t('Group similar tasks in one lane'),
            () => this.actions.toggleGrouping(),
            state.grouped,
          ),
        (lanes?.library.size ?? 0) > 0 &&
          tool(
            'library',
            'library',
            state.library ? t('Hide tasks of the library') : t('Show tasks of the library'),
            () => this.actions.toggleLibrary(),
            state.library,
          ),
      ),
      this.#summary,
      h(
        'div',
        { class: 'tools' },
        canPredict(state) &&
          tool(
            'predict',
            'mortar-board',
            state.predict ? t('Stop predicting (Y)') : t('Predict what runs next (Y)'),
            this.predict,
            state.predict !== undefined,
          ),
        tool('help', 'keyboard', t('Keys (?)'), this.help),
      ),
    );
    this.#tell(state);
    if (focused) this.parts.toolbar.querySelector<HTMLElement>(`[data-tool="${focused}"]`)?.focus();
  }

  #live({ live: { on }, words: t }: State): HTMLElement {
    const title = on
      ? t('Live: the picture follows what you type. Click to stop that.')
      : t('Live: run again as you type');
    return h(
      'button',
      {
        class: 'tool worded',
        'data-tool': 'live',
        title,
        'aria-label': title,
        'aria-pressed': String(on),
        click: () => this.actions.toggleLive(),
      },
      icon('zap'),
      h('span', {}, t('Live')),
    );
  }

  /** Update growing numbers now and then, not in every frame. */
  #summarize(state: State, previous: State): void {
    const soon = state.lanes !== previous.lanes || state.status !== previous.status;
    if (!soon && (state.growth === previous.growth || performance.now() - this.#summarized < SUMMARIZE_EVERY)) return;
    this.#summarized = performance.now();
    this.#tell(state);
  }

  /** Leaves out parts that do not fit. */
  #tell(state: State): void {
    const parts = summary(state);
    this.#summary.title = parts.join(SEPARATOR);
    this.#summary.replaceChildren(...parts.map((part, i) => h('span', {}, i > 0 && SEPARATOR, part)));
  }
}

/** What the buttons depend on. */
function whatShows(state: State): string {
  const { lanes, axis, opened, library, grouped, arrows, collapsed, filter, filtering, following } = state;
  return JSON.stringify([
    lanes !== undefined,
    lanes?.branches.some(({ levels }) => levels.length > 1),
    lanes?.groups.length,
    lanes?.library.size,
    axis,
    opened.size > 0,
    library,
    grouped,
    arrows,
    collapsed.size,
    isFiltering(filter),
    filtering,
    isLive(state),
    following,
    state.live.available,
    state.live.on,
    state.predict !== undefined,
    canPredict(state),
  ]);
}

function summary({ lanes, words: t }: State): string[] {
  if (!lanes) return [];
  const { tasks, meta, duration } = lanes.timeline;
  const clock = meta.clock === 'virtual' ? t('virtual clock') : t('real clock');
  const own = tasks.length - lanes.library.size;
  const count = own === 1 ? t('1 task') : t('{0} tasks', own);
  return [count, formatDuration(duration), clock, `Python ${meta.python}`];
}
