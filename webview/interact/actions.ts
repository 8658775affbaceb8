import { type AxisKind, axisKinds } from '../../src/core/axis/axis';
import { momentsOf, timeAt } from '../../src/core/axis/moments';
import type { Link } from '../../src/core/describe/facts';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { SectionKind } from '../../src/core/lanes/side-lane';
import type { HintName } from '../../src/core/protocol/messages';
import { type Filter, NO_FILTER } from '../../src/core/rows/filter';
import { type Change, MOST_CHANGES, withChange } from '../../src/core/trace/change';
import { areSameAsked } from '../../src/core/why/span-path';
import { placeOf, type SourceLink } from '../../src/core/words/places';
import { changesIn, whole } from '../state/changeable-waits';
import { filteredTasksOf, foundOf } from '../state/derived';
import type { Host } from '../state/host';
import { isLive, type PaneName, type Selection, type Store, taskOf, toggled } from '../state/store';
import { askedOf, rangeOf, sourceLink } from './selection';
import { entryAt } from './side-lane-steps';
import type { Viewport } from './viewport';

/** How to open a source line: `show` keeps the focus in the timeline, `go` moves it to the editor. */
export type Opening = 'show' | 'go';

interface Choosing {
  readonly open?: Opening;
  readonly reveal?: boolean;
  readonly keepPane?: boolean;
}

/** What the user can do, by pointer, keyboard, a link in a pane, or a message from the host. */
export class Actions {
  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly viewport: () => Viewport,
    private readonly showRow: (task: number) => void,
  ) {}

  /**
   * `open`: also open its source line. `keepPane`: it was chosen in a pane,
   * which stays in view even if it covers the pane of the selection.
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
    if (task !== undefined && reveal && filteredTasksOf(this.store.state)?.rows[task] === 0) this.clearFilter();
    if (task !== undefined && reveal && lanes.library.has(task)) this.store.set({ library: true });
    if (selection && reveal) {
      const range = rangeOf(this.store.state, selection);
      if (range) this.viewport().reveal(range);
      if (task !== undefined) this.showRow(task);
    }
    if (open) this.openSource(selection, open);
  }

  /** Follows a link; to a source line with or without the focus (`open`). */
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

  /** Shows or hides the critical path to the end of the selected segment or task, or of the program. */
  toggleWhy(): void {
    const { lanes, selection, why } = this.store.state;
    if (!lanes || isLive(this.store.state)) return;
    const asked = askedOf(lanes, selection);
    if (asked === undefined || areSameAsked(asked, why)) this.endWhy();
    else this.store.set({ why: asked, pane: 'selection' });
  }

  endWhy(): void {
    this.store.set({ why: undefined });
  }

  showPane(pane: PaneName): void {
    this.store.set({ pane });
  }

  /** Moves the playhead and brings it into view. @param step position on the steps axis; undefined hides the playhead */
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

  /** Moves the playhead to a moment, and selects its task or segment. */
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

  /** Switches to the next of the three axes. */
  turnAxis(): void {
    const at = axisKinds.indexOf(this.store.state.axis);
    this.chooseAxis(axisKinds[(at + 1) % axisKinds.length]);
  }

  /** The user wants this axis: later runs are shown on it, too. */
  chooseAxis(axis: AxisKind): void {
    this.store.set({ axisChosen: axis });
    this.showAxis(axis);
  }

  /** A hint was read, and is not to be shown again. */
  dismiss(hint: HintName): void {
    this.store.set({ dismissed: new Set([...this.store.state.dismissed, hint]) });
    this.host.post({ type: 'dismiss', hint });
  }

  openSample(): void {
    this.host.post({ type: 'sample' });
  }

  manageTrust(): void {
    this.host.post({ type: 'trust' });
  }

  showAxis(axis: AxisKind): void {
    if (axis === this.store.state.axis) return;
    this.store.set({ axis, hover: undefined });
  }

  /** Starts or stops following the newest end of a live run. */
  keepUp(following: boolean): void {
    this.store.set({ following });
    if (following) this.viewport().toEnd();
  }

  toggleBranch(task: number): void {
    this.store.set({ collapsed: toggled(this.store.state.collapsed, task) });
  }

  /** Folds all branches; if all are folded, unfolds them. */
  toggleAllBranches(): void {
    const { lanes, collapsed } = this.store.state;
    if (!lanes) return;
    const parents = lanes.branches.flatMap(({ children }, task) => (children.length > 0 ? [task] : []));
    this.store.set({ collapsed: new Set(collapsed.size < parents.length ? parents : []) });
  }

  toggleCoroutines(task: number): void {
    this.store.set({ opened: toggled(this.store.state.opened, task) });
  }

  /** Selects the first bar of a side lane. */
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

  /** Selects the next match (1) or the one before (-1), around the ends. */
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

  /** Stops comparing. */
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

  /** Runs the program again with another duration for this wait, or (`everywhere`) for each wait of its line. Earlier changes stay. @param to seconds */
  whatIf(change: Omit<Change, 'to'>, to: number, everywhere: boolean): void {
    const changes = withChange(changesIn(this.store.state), { ...whole(change, everywhere), to });
    this.host.post({ type: 'whatIf', changes: changes.slice(-MOST_CHANGES) });
  }

  /** Runs the program again, with timers that are due at the same instant in this order. */
  runWithTies(order: 'set' | 'reversed'): void {
    this.host.post({ type: 'ties', order });
  }

  /** Runs the program again without one change, or without any. */
  takeBack(change?: Change): void {
    const changes = change ? changesIn(this.store.state).filter((each) => each !== change) : [];
    this.host.post({ type: 'whatIf', changes });
  }

  /** Opens the form for another duration of the selected wait. */
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
