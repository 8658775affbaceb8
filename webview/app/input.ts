import { State as TaskState } from '../../src/core/timeline/model';
import type { Help } from '../controls/help';
import type { Actions } from '../interact/actions';
import { type CommandIn, commandOf } from '../interact/keys';
import type { NumberActions } from '../interact/number-actions';
import { rangeOf } from '../interact/selection';
import { alongSide, entryAt } from '../interact/side-lane-steps';
import type { Viewport } from '../interact/viewport';
import { scrollIntoView } from '../names/names';
import type { Parts } from '../page/shell';
import type { Player } from '../playback/player';
import type { Predicting } from '../predict/predicting';
import type { Stage } from '../stage/stage';
import { type Hover, type Store, segmentOf, taskOf } from '../state/store';

/** Pointer and keyboard on the stage. */
export class Input {
  constructor(
    private readonly parts: Parts,
    private readonly store: Store,
    private readonly stage: Stage,
    private readonly viewport: Viewport,
    private readonly actions: Actions,
    private readonly player: Player,
    private readonly help: Help,
    private readonly predicting: Predicting,
    private readonly numbers: NumberActions,
  ) {
    const { stage: element } = parts;
    element.addEventListener('pointermove', (event) => this.#move(event));
    element.addEventListener('pointerleave', () => this.#hover(undefined));
    element.addEventListener('click', (event) => {
      const hit = stage.at(event.clientX, event.clientY, store.state);
      // The second click of a double-click would open the line again.
      if (event.detail < 2) actions.select(hit?.target, { open: 'show' });
    });
    element.addEventListener('dblclick', (event) => {
      const hit = stage.at(event.clientX, event.clientY, store.state);
      if (!hit) return;
      if (event.altKey) actions.zoomTo(hit.target);
      else actions.openSource(hit.target, 'go');
    });
    document.addEventListener('keydown', (event) => this.#key(event));
    parts.scroller.addEventListener('scroll', () => this.#hover(undefined));
  }

  #move({ buttons, clientX, clientY }: PointerEvent): void {
    this.#hover(buttons === 0 ? this.stage.at(clientX, clientY, this.store.state) : undefined);
  }

  #hover(hover: Hover | undefined): void {
    const before = this.store.state.hover;
    if (hover === before) return;
    this.parts.stage.classList.toggle('on-box', hover !== undefined);
    this.store.set({ hover });
  }

  /** Keys of the stage work there and when nothing has the focus; keys of the page, wherever no other element handles them. */
  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || target.closest('input, textarea, select, dialog')) return;
    const onStage = target === this.parts.stage || target === document.body;
    const command = (onStage && commandOf('stage', event)) || commandOf('page', event);
    if (!command || this.store.state.lanes === undefined) return;
    this.#commands[command]();
    event.preventDefault();
  }

  readonly #commands: Readonly<Record<CommandIn<'stage'> | CommandIn<'page'>, () => void>> = {
    zoomIn: () => this.viewport.zoomBy(1.4),
    zoomOut: () => this.viewport.zoomBy(1 / 1.4),
    panLeft: () => this.viewport.panBy(-0.15),
    panRight: () => this.viewport.panBy(0.15),
    fit: () => this.viewport.fit(),
    nextAxis: () => this.actions.turnAxis(),
    zoomToSelection: () => {
      const { selection } = this.store.state;
      if (selection) this.actions.zoomTo(selection);
    },
    coroutines: () => {
      const { lanes, selection } = this.store.state;
      const task = lanes && taskOf(lanes, selection);
      if (task !== undefined) this.actions.toggleCoroutines(task);
    },
    foldAll: () => this.actions.toggleAllBranches(),
    group: () => this.actions.toggleGrouping(),
    library: () => this.actions.toggleLibrary(),
    arrows: () => this.actions.toggleArrows(),
    takeAway: () => this.actions.takeAway(),
    filter: () => this.actions.toggleFilters(),
    find: () => this.actions.openSearch(),
    stepBack: () => this.player.stepBy(-1),
    stepOn: () => this.player.stepBy(1),
    play: () => this.player.toggle(),
    slower: () => this.player.changeSpeed(-1),
    faster: () => this.player.changeSpeed(1),
    whatIf: () => this.actions.askWhatIf(),
    why: () => this.actions.toggleWhy(),
    numbers: () => this.numbers.show(),
    predict: () => this.predicting.toggle(),
    help: () => this.help.show(),
    next: () => this.#walk(1),
    previous: () => this.#walk(-1),
    above: () => this.#change(-1),
    below: () => this.#change(1),
    first: () => this.#jump(false),
    last: () => this.#jump(true),
    open: () => this.actions.openSource(this.store.state.selection, 'go'),
    unselect: () => {
      if (this.store.state.selection) this.actions.select(undefined);
      else if (this.store.state.range && !this.store.state.rangeFollows) this.numbers.whole();
      else if (this.store.state.why !== undefined) this.actions.endWhy();
      else this.actions.moveTo(undefined);
    },
  };

  /** Selects the next segment of the lane that has a width on the axis. */
  #walk(direction: number): void {
    const { lanes, selection, axis } = this.store.state;
    if (!lanes) return;
    if (selection?.kind === 'side') {
      const next = alongSide(lanes, selection, direction);
      if (next) this.actions.select(next, { reveal: true });
      return;
    }
    const { segments, tasks } = lanes.timeline;
    const task = tasks[taskOf(lanes, selection) ?? 0];
    if (!task) return;
    const at = segmentOf(selection);
    let next = at === undefined ? (direction > 0 ? task.first : task.first + task.count - 1) : at + direction;
    const empty = (i: number) =>
      segments.state[i] !== TaskState.running &&
      (axis === 'steps' ? segments.endStep[i] <= segments.startStep[i] : segments.end[i] <= segments.start[i]);
    while (next >= task.first && next < task.first + task.count && empty(next)) next += direction;
    if (next >= task.first && next < task.first + task.count) this.#go(next);
  }

  #jump(toEnd: boolean): void {
    const { lanes, selection } = this.store.state;
    const task = lanes?.timeline.tasks[taskOf(lanes, selection) ?? 0];
    if (task && task.count > 0) this.#go(toEnd ? task.first + task.count - 1 : task.first);
  }

  /** Selects the lane above or below, at the same moment. */
  #change(direction: number): void {
    const { lanes, selection } = this.store.state;
    if (!lanes) return;
    const rows = this.stage.rows.filter((row) => row.kind === 'task' || row.kind === 'side' || row.kind === 'group');
    const chosen = selection?.kind === 'side' ? undefined : taskOf(lanes, selection);
    const at = rows.findIndex((row) => {
      if (row.kind === 'side') return selection?.kind === 'side' && row.lane === selection.lane;
      if (row.kind === 'group') return selection?.kind === 'group' && row.group === selection.group;
      return row.task === chosen;
    });
    const row = rows[at < 0 ? 0 : at + direction];
    if (!row) return;
    scrollIntoView(this.parts, row, this.stage.rows[0].height);
    if (row.kind === 'group') {
      this.actions.select({ kind: 'group', group: row.group });
      return;
    }
    if (row.kind === 'side') {
      const step = selection && rangeOf(this.store.state, selection)?.startStep;
      this.actions.select(entryAt(lanes, row.lane, step ?? 0), { reveal: true });
      return;
    }
    const { segments, tasks } = lanes.timeline;
    const { first, count } = tasks[row.task];
    const from = segmentOf(selection);
    const step = from === undefined ? 0 : segments.startStep[from];
    let next = first;
    while (next < first + count - 1 && segments.endStep[next] <= step) next++;
    this.#go(next);
  }

  #go(segment: number): void {
    this.actions.select({ kind: 'segment', segment }, { reveal: true });
  }
}
