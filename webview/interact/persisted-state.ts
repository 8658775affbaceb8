import * as v from 'valibot';
import { axisKinds } from '../../src/core/axis/axis';
import { firstAxis } from '../../src/core/axis/first-axis';
import { limitsOf } from '../../src/core/axis/limits';
import type { Lanes } from '../../src/core/lanes/lanes';
import { sectionKinds } from '../../src/core/lanes/side-lane';
import { inMemory, type TraceSource } from '../../src/core/trace/source';
import type { Host } from '../state/host';
import { isLive, paneNames, type Selection, type State, type Store } from '../state/store';
import type { Viewport } from './viewport';

/** State that survives reloads: VS Code discards hidden webviews, and keeps what they saved with `setState`. */

const Index = v.pipe(v.number(), v.integer(), v.minValue(0));
const Indices = v.array(Index);

const Run = v.object({
  /** Identifies the trace: folded lanes of one run mean nothing in another. */
  id: v.string(),
  /** The visible range, as fractions of the whole axis. */
  from: v.number(),
  to: v.number(),
  scroll: v.number(),
  collapsed: Indices,
  opened: Indices,
  openGroups: Indices,
  folded: v.array(v.picklist(sectionKinds)),
  library: v.boolean(),
  grouped: v.boolean(),
  arrows: v.optional(v.boolean(), false),
  selection: v.optional(
    v.variant('kind', [
      v.object({ kind: v.literal('segment'), segment: Index }),
      v.object({ kind: v.literal('task'), task: Index }),
      v.object({ kind: v.literal('loop'), entry: Index }),
      v.object({ kind: v.literal('group'), group: Index }),
      v.object({ kind: v.literal('output'), index: Index }),
      v.object({ kind: v.literal('log'), index: Index }),
      v.object({ kind: v.literal('limit'), index: Index }),
      v.object({ kind: v.literal('error'), index: Index }),
      v.object({ kind: v.literal('side'), lane: Index, entry: Index, level: v.boolean() }),
    ]),
  ),
  playhead: v.optional(v.number()),
});

const Persisted = v.object({
  axis: v.optional(v.picklist(axisKinds)),
  pane: v.optional(v.picklist(paneNames)),
  speed: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-4), v.maxValue(4))),
  namesWidth: v.optional(v.pipe(v.number(), v.minValue(0))),
  run: v.optional(Run),
});
type Persisted = v.InferOutput<typeof Persisted>;

/** Writing costs a message to the host: not with every frame of a drag. */
const SETTLE_MS = 150;

export class PersistedState {
  #id = '';
  /** The part of the run to show when the picture has its size. */
  #pending: Persisted['run'];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #written = '';

  constructor(
    private readonly host: Host,
    private readonly store: Store,
    private readonly viewport: Viewport,
    private readonly scroller: HTMLElement,
  ) {
    // The last moment at which anything can be written.
    window.addEventListener('pagehide', () => this.#write());
  }

  /** The axis that was chosen last. */
  get axis(): State['axis'] | undefined {
    return this.#read().axis;
  }

  /** The width of the column of names that was chosen last. */
  get namesWidth(): State['namesWidth'] {
    return this.#read().namesWidth;
  }

  /** Before another run takes the place of this one. */
  flush(): void {
    this.#write();
  }

  /** The run shown goes on as another one: what is looked at stays, and is kept as that one's. */
  carryOver(trace: Uint8Array | TraceSource): void {
    this.#id = idOf(trace);
    this.#pending = undefined;
  }

  /** What was kept, to be put over the state with which a run is shown first. */
  recall(trace: Uint8Array | TraceSource, lanes: Lanes): Partial<State> {
    const { axis, pane, speed, run } = this.#read();
    this.#id = idOf(trace);
    // Without any time there is only the order.
    const chosen: Partial<State> = {
      axisChosen: axis,
      axis: lanes.timeline.duration > 0 ? (axis ?? firstAxis(lanes.timeline)) : 'steps',
      ...(pane ? { pane } : {}),
      ...(speed === undefined ? {} : { speed }),
    };
    if (run?.id !== this.#id) return chosen;
    this.#pending = run;
    const { collapsed, opened, openGroups, folded, library, grouped, arrows, selection, playhead } = run;
    return {
      ...chosen,
      collapsed: new Set(collapsed),
      opened: new Set(opened),
      openGroups: new Set(openGroups),
      folded: new Set(folded),
      library,
      grouped,
      arrows,
      ...(selection && exists(lanes, selection) ? { selection } : {}),
      ...(playhead !== undefined && playhead >= 0 && playhead <= lanes.timeline.steps ? { playhead } : {}),
    };
  }

  /** To be called when a frame has been drawn. @returns whether the viewport was moved, so that another frame is needed. */
  drawn(): boolean {
    const { lanes } = this.store.state;
    if (!lanes) return false;
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending && pending.from < pending.to) {
      const { width } = this.viewport;
      this.viewport.showPart(pending.from * width, pending.to * width);
      this.scroller.scrollTop = pending.scroll;
      return true;
    }
    this.#timer ??= setTimeout(() => this.#write(), SETTLE_MS);
    return false;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { state } = this.store;
    const { lanes } = state;
    if (!lanes || this.#pending || isLive(state)) return;
    const { width, transform } = this.viewport;
    const kept: Persisted = {
      // A run without any time shows steps by itself: what is tried there says nothing about other runs.
      axis: lanes.timeline.duration > 0 ? state.axisChosen : this.#read().axis,
      pane: state.pane,
      speed: state.speed,
      namesWidth: state.namesWidth,
      run: {
        id: this.#id,
        from: -transform.x / transform.k / width,
        to: (width - transform.x) / transform.k / width,
        scroll: this.scroller.scrollTop,
        collapsed: [...state.collapsed],
        opened: [...state.opened],
        openGroups: [...state.openGroups],
        folded: [...state.folded],
        library: state.library,
        grouped: state.grouped,
        arrows: state.arrows,
        selection: filteredTasksOf(state),
        playhead: state.playhead,
      },
    };
    const text = JSON.stringify(kept);
    if (text === this.#written) return;
    this.#written = text;
    this.host.keep(JSON.parse(text));
  }

  #read(): Persisted {
    const kept = v.safeParse(Persisted, this.host.recall());
    return kept.success ? kept.output : {};
  }
}

type KeptSelection = Exclude<Selection, { kind: 'ghost' | 'ghosts' }>;

/** A run to compare with comes again from the host: later than the page needs what is selected. */
function filteredTasksOf({ selection }: State): KeptSelection | undefined {
  return selection?.kind === 'ghost' || selection?.kind === 'ghosts' ? undefined : selection;
}

function exists(lanes: Lanes, selection: KeptSelection): boolean {
  const { timeline, loop, sides, groups } = lanes;
  if (selection.kind === 'segment') return selection.segment < timeline.segments.count;
  if (selection.kind === 'task') return selection.task < timeline.tasks.length;
  if (selection.kind === 'loop') return selection.entry < loop.count;
  if (selection.kind === 'output') return selection.index < timeline.output.length;
  if (selection.kind === 'log') return selection.index < timeline.logs.length;
  if (selection.kind === 'error') return selection.index < timeline.errors.length;
  if (selection.kind === 'limit') return selection.index < limitsOf(lanes).list.length;
  if (selection.kind === 'group') return selection.group < groups.length;
  const columns = selection.level ? sides[selection.lane]?.series : sides[selection.lane]?.bars;
  return columns !== undefined && selection.entry < columns.count;
}

/** FNV-1a over the bytes, of a long trace over some thousands of them: runs differ in their times from the first step on. */
function idOf(trace: Uint8Array | TraceSource): string {
  const { length, bytes } = trace instanceof Uint8Array ? inMemory(trace) : trace;
  const stride = Math.max(1, Math.floor(length / 65_536));
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i += stride) hash = Math.imul(hash ^ bytes(i, 1)[0], 0x01000193);
  return `${length}-${(hash >>> 0).toString(16)}`;
}
