import { type AxisKind, axisKinds } from '../../src/core/axis/axis';
import { momentsOf, timeAt } from '../../src/core/axis/moments';
import type { Link } from '../../src/core/describe/facts';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { SectionKind } from '../../src/core/lanes/side-lane';
import { type Filter, NO_FILTER } from '../../src/core/rows/filter';
import { type Change, MOST_CHANGES, withChange } from '../../src/core/trace/change';
import { placeOf, type SourceLink } from '../../src/core/words/places';
import { changesIn, whole } from '../state/changeable-waits';
import { foundOf, keptOf } from '../state/derived';
import type { Host } from '../state/host';
import { isLive, type PaneName, type Selection, type Store, taskOf, toggled } from '../state/store';
import { rangeOf, rowOf, sourceLink } from './selection';
import { entryAt } from './side-lane-steps';
import type { Viewport } from './viewport';

/** How a source line is opened: shown, while the timeline keeps the keyboard, or gone to. */
export type Opening = 'show' | 'go';

interface Choosing {
  readonly open?: Opening;
  readonly reveal?: boolean;
  readonly keepPane?: boolean;
}

/** What a person can do, whichever way: pointer, keyboard, a link in a pane, a message from the host. */
export class Actions {
  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly viewport: () => Viewport,
    private readonly showRow: (task: number) => void,
  ) {}

  /**
   * `open`: whether its source is shown beside the timeline, which keeps the keyboard, or gone to. `keepPane`: it was chosen in a pane,
   * which stays in view though it may cover that of the selection.
   */
  select(selection: Selection | undefined, { open, reveal = false, keepPane = false }: Choosing = {}): void {
    const { lanes } = this.store.state;
    if (!lanes) return;
    const before = taskOf(lanes, this.store.state.selection);
    this.store.set({ selection });
    if (selection && !keepPane && (this.store.state.narrow || this.store.state.compact))
      this.store.set({ pane: 'selection' });
    const task = taskOf(lanes, selection);
    if (task !== before)
      this.host.post({ type: 'selected', task: task === undefined ? null : lanes.timeline.tasks[task].id });
    if (task !== undefined && reveal) this.#unfold(lanes, task);
    if (task !== undefined && reveal && keptOf(this.store.state)?.rows[task] === 0) this.clearFilter();
    if (task !== undefined && reveal && lanes.library.has(task)) this.store.set({ library: true });
    if (selection && reveal) {
      const range = rangeOf(this.store.state, selection);
      if (range) this.viewport().reveal(range);
      if (task !== undefined) this.showRow(task);
    }
    if (open) this.openSource(selection, open);
  }

  /** A link to source goes there, unless it is only to be shown. */
  follow(link: Link, open: Opening = 'go'): void {
    if (link.kind === 'source') this.#open(link, open);
    else if (link.kind === 'task') this.select({ kind: 'task', task: link.task }, { reveal: true });
    else this.select({ kind: 'segment', segment: link.segment }, { open: 'show', reveal: true });
  }

  #open({ file, line, column }: SourceLink, open: Opening): void {
    const { lanes, root } = this.store.state;
    if (lanes && (placeOf(lanes.timeline, file, line, root).opens || this.host.holds(file)))
      this.host.post({ type: 'open', file, line, column, focus: open === 'go' });
  }

  openSource(selection: Selection | undefined, open: Opening): void {
    const { lanes } = this.store.state;
    if (!lanes || !selection) return;
    const link = sourceLink(lanes, selection);
    if (link) this.follow(link, open);
  }

  /** What led to the end of the selected segment or task, or of the program; the second time it is put away. */
  toggleWhy(): void {
    const { lanes, selection, why } = this.store.state;
    if (!lanes || isLive(this.store.state)) return;
    const row = rowOf(lanes, selection);
    if (row === undefined || row === why) this.endWhy();
    else this.store.set({ why: row, pane: 'selection' });
  }

  endWhy(): void {
    this.store.set({ why: undefined });
  }

  showPane(pane: PaneName): void {
    this.store.set({ pane });
  }

  /** Sets the playhead, and brings it into view. @param step a place on the steps axis; undefined puts it away. */
  moveTo(step: number | undefined, { playing = false, reveal = true } = {}): void {
    const { lanes } = this.store.state;
    if (!lanes) return;
    const { steps } = lanes.timeline;
    if (step === undefined || steps === 0) {
      this.store.set({ playhead: undefined, playing: false });
      return;
    }
    const playhead = Math.max(0, Math.min(step, steps));
    const { state } = this.store;
    this.store.set({ playhead, playing, driven: playing && state.playing && state.driven });
    const time = timeAt(momentsOf(lanes), playhead);
    if (reveal) this.viewport().reveal({ start: time, end: time, startStep: playhead, endStep: playhead });
  }

  /** To a moment, and to whom it is about. */
  goTo({ step, task, segment }: { step: number; task: number | null; segment: number | null }): void {
    const { lanes } = this.store.state;
    if (!lanes) return;
    this.moveTo(step);
    const index = lanes.indexOf.get(task ?? 0);
    if (segment !== null && segment < lanes.timeline.segments.count)
      this.select({ kind: 'segment', segment }, { reveal: true });
    else if (index !== undefined) this.select({ kind: 'task', task: index }, { reveal: true });
  }

  zoomTo(selection: Selection): void {
    const range = rangeOf(this.store.state, selection);
    if (range) this.viewport().show(range);
  }

  /** The next of the three axes. */
  turnAxis(): void {
    const at = axisKinds.indexOf(this.store.state.axis);
    this.showAxis(axisKinds[(at + 1) % axisKinds.length]);
  }

  showAxis(axis: AxisKind): void {
    if (axis === this.store.state.axis) return;
    this.store.set({ axis, hover: undefined });
  }

  /** Keeps the newest end of a running program in view, or stops to. */
  keepUp(following: boolean): void {
    this.store.set({ following });
    if (following) this.viewport().toEnd();
  }

  toggleBranch(task: number): void {
    this.store.set({ collapsed: toggled(this.store.state.collapsed, task) });
  }

  /** Folds all that can be folded; if there is nothing left to fold, unfolds it. */
  toggleAllBranches(): void {
    const { lanes, collapsed } = this.store.state;
    if (!lanes) return;
    const parents = lanes.branches.flatMap(({ children }, task) => (children.length > 0 ? [task] : []));
    this.store.set({ collapsed: new Set(collapsed.size < parents.length ? parents : []) });
  }

  toggleCoroutines(task: number): void {
    this.store.set({ opened: toggled(this.store.state.opened, task) });
  }

  /** The first stretch of a lane beside the tasks. */
  selectLane(lane: number, open?: Opening): void {
    const { lanes } = this.store.state;
    if (lanes) this.select(entryAt(lanes, lane, 0), { open, reveal: true });
  }

  openSearch(): void {
    const { searching } = this.store.state;
    this.store.set({ searching: { text: '', at: -1, ...searching, asked: (searching?.asked ?? 0) + 1 } });
  }

  search(text: string): void {
    const { searching } = this.store.state;
    this.store.set({ searching: { text, at: -1, asked: searching?.asked ?? 0 } });
  }

  closeSearch(): void {
    this.store.set({ searching: undefined });
  }

  /** To the next match, or to the one before; around the ends. */
  stepMatch(direction: number): void {
    const { searching } = this.store.state;
    const matches = foundOf(this.store.state)?.matches ?? [];
    if (!searching || matches.length === 0) return;
    const from = searching.at < 0 && direction < 0 ? 0 : searching.at;
    const at = (from + direction + matches.length) % matches.length;
    this.store.set({ searching: { ...searching, at } });
    const match = matches[at];
    if (match.kind === 'side') this.selectLane(match.lane);
    else this.select(match, { reveal: true });
  }

  filter(filter: Filter): void {
    this.store.set({ filter, hover: undefined });
  }

  clearFilter(): void {
    this.filter(NO_FILTER);
  }

  toggleFilters(open = !this.store.state.filtering): void {
    this.store.set({ filtering: open });
  }

  toggleGroup(group: number): void {
    const { lanes, openGroups } = this.store.state;
    if (lanes) this.store.set({ openGroups: toggled(openGroups, lanes.groups[group].members[0]) });
  }

  toggleArrows(): void {
    this.store.set({ arrows: !this.store.state.arrows });
  }

  toggleGrouping(): void {
    this.store.set({ grouped: !this.store.state.grouped, hover: undefined });
  }

  toggleSection(section: SectionKind): void {
    this.store.set({ folded: toggled(this.store.state.folded, section) });
  }

  /** Shows the coroutines of all tasks, or hides them all. */
  toggleAllCoroutines(): void {
    const { lanes, opened } = this.store.state;
    if (!lanes) return;
    const nested = lanes.branches.flatMap(({ levels }, task) => (levels.length > 1 ? [task] : []));
    this.store.set({ opened: opened.size > 0 ? new Set() : new Set(nested) });
  }

  toggleLibrary(): void {
    this.store.set({ library: !this.store.state.library });
  }

  /** The run that this one is compared with goes. */
  takeAway(): void {
    const { older, selection } = this.store.state;
    if (!older) return;
    const gone = selection?.kind === 'ghost' || selection?.kind === 'ghosts';
    this.store.set({ older: undefined, hover: undefined, ...(gone ? { selection: undefined } : {}) });
    this.host.post({ type: 'alone' });
  }

  cancel(): void {
    this.host.post({ type: 'cancel' });
  }

  run(clock?: 'virtual'): void {
    this.host.post({ type: 'run', clock });
  }

  /** Runs the program again with this wait, or each at its place, taking another time; what was changed before stays so. */
  whatIf(change: Omit<Change, 'to'>, to: number, everywhere: boolean): void {
    const changes = withChange(changesIn(this.store.state), { ...whole(change, everywhere), to });
    this.host.post({ type: 'whatIf', changes: changes.slice(-MOST_CHANGES) });
  }

  /** Runs the program again, with timers that meet at one instant in this order. */
  runWithTies(order: 'set' | 'reversed'): void {
    this.host.post({ type: 'ties', order });
  }

  /** Takes one change back, or all. */
  takeBack(change?: Change): void {
    const changes = change ? changesIn(this.store.state).filter((each) => each !== change) : [];
    this.host.post({ type: 'whatIf', changes });
  }

  /** Where another time for the selected wait is written. */
  askWhatIf(): void {
    this.store.set({ pane: 'selection', whatIfAsked: this.store.state.whatIfAsked + 1 });
  }

  toggleLive(): void {
    this.host.post({ type: 'live', on: !this.store.state.live.on });
  }

  #unfold({ timeline, indexOf, groupOf, groups }: Lanes, task: number): void {
    const collapsed = new Set(this.store.state.collapsed);
    const opens = new Set(this.store.state.openGroups);
    const open = (index: number) => groupOf[index] >= 0 && opens.add(groups[groupOf[index]].members[0]);
    open(task);
    for (let at = indexOf.get(timeline.tasks[task].parent); at !== undefined; ) {
      collapsed.delete(at);
      open(at);
      const above = indexOf.get(timeline.tasks[at].parent);
      at = above !== undefined && above < at ? above : undefined;
    }
    if (collapsed.size !== this.store.state.collapsed.size) this.store.set({ collapsed });
    if (opens.size !== this.store.state.openGroups.size) this.store.set({ openGroups: opens });
  }
}
