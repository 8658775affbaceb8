import { sameTasks } from '../../src/core/compare/same-tasks';
import { buildLanes } from '../../src/core/lanes/lanes';
import type { OlderRun, Rerun, RunStatus } from '../../src/core/protocol/messages';
import { readTimeline } from '../../src/core/timeline/build';
import { inPieces, type TraceSource } from '../../src/core/trace/source';
import { errorText } from '../../src/core/trace/trace-error';
import type { PersistedState } from '../interact/persisted-state';
import { type Live, sameIn } from '../live/live-reader';
import { now, type RerunMarks } from '../live/rerun-marks';
import type { Names } from '../names/names';
import type { Stage } from '../stage/stage';
import { carryOver } from '../state/carry-over';
import type { Host } from '../state/host';
import { isLive, type State, type Store } from '../state/store';
import { initialView, viewOfLiveRun } from './initial-view';

/** Puts the runs that the host sends into the store: the run that is shown, and an older one to compare it with. */
export class ShownRun {
  /** What is here of the trace of an older run that comes in parts. */
  #olderParts: Uint8Array[] = [];

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly stage: Stage,
    private readonly names: Names,
    private readonly live: Live,
    private readonly persisted: PersistedState,
    private readonly rerunMarks: RerunMarks,
  ) {}

  /** Whether a message only tells more of the run that goes on. A run that begins has no engine yet. */
  continues(status: RunStatus, trace: Uint8Array | TraceSource | null): boolean {
    return isLive(this.store.state) && status.state === 'running' && status.engine !== '' && trace === null;
  }

  /** Waits for the rest of a trace. The picture of a run that was followed stays until then. */
  await(status: RunStatus, arriving: State['arriving']): void {
    if (!arriving || isLive(this.store.state)) return;
    this.persisted.flush();
    this.live.end();
    this.store.set({
      status,
      arriving,
      lanes: undefined,
      unreadable: undefined,
      selection: undefined,
      hover: undefined,
    });
  }

  /** More of the trace is here. */
  progressed(arriving: State['arriving']): void {
    if (arriving && this.store.state.arriving) this.store.set({ arriving });
  }

  /** @param trace a trace file; null while nothing is recorded */
  show(status: RunStatus, trace: Uint8Array | TraceSource | null): void {
    const { state } = this.store;
    if (this.continues(status, trace)) {
      this.store.set({ status });
      return;
    }
    this.store.set({ arriving: undefined });
    this.persisted.flush();
    this.live.end();
    const endedLive = isLive(state) && status.state === 'done' ? state : undefined;
    // A run that was compared with the live run stays beside it when it ends.
    if (!endedLive) {
      this.#olderParts = [];
      this.store.set({ older: undefined });
    }
    if (status.state === 'running') {
      this.live.begin();
      if (trace instanceof Uint8Array) this.live.append(trace);
    }
    if (!trace || status.state === 'running') {
      // Clear the run before: it would look like the result of one that begins or failed.
      this.store.set({
        status,
        lanes: undefined,
        unreadable: undefined,
        selection: undefined,
        hover: undefined,
        playhead: undefined,
        playing: false,
        ...(status.state === 'running' ? { run: state.run + 1, following: true } : {}),
      });
      return;
    }
    try {
      const lanes = buildLanes(readTimeline(trace));
      this.names.reset();
      const first = initialView(lanes);
      this.store.set({
        status,
        lanes,
        unreadable: undefined,
        hover: undefined,
        playing: false,
        run: endedLive ? state.run : state.run + 1,
        ...first,
        ...this.persisted.recall(trace, lanes),
        // The user watched this run: keep their view of it.
        ...(endedLive?.lanes
          ? { ...viewOfLiveRun(endedLive), selection: sameIn(endedLive.lanes, lanes, endedLive.selection) }
          : {}),
      });
    } catch (error) {
      const message = errorText(error, this.store.state.words);
      this.store.set({
        status,
        lanes: undefined,
        unreadable: message,
        selection: undefined,
        hover: undefined,
      });
      this.host.post({ type: 'failure', message });
    }
  }

  /**
   * Replaces the run by one of the same program, edited: view and selection stay, and bars move to their new places.
   * @returns false where that is not possible; nothing has changed then
   */
  replace(status: RunStatus, trace: Uint8Array | TraceSource, again: Rerun): boolean {
    const { state } = this.store;
    if (!state.lanes || isLive(state)) return false;
    const received = now();
    try {
      const lanes = buildLanes(readTimeline(trace));
      const same = sameTasks(state.lanes.timeline, lanes.timeline, { renamed: true });
      this.stage.carryOver(state.lanes, same);
      this.names.reset();
      this.store.set({ status, unreadable: undefined, ...carryOver(state, lanes, same, initialView(lanes)) });
      this.persisted.carryOver(trace);
      this.rerunMarks.decoded(again, received);
      return true;
    } catch {
      // `show` reads the trace again, and reports what is wrong with it.
      return false;
    }
  }

  /** @param older the run to compare with, or the next part of it; null: none any more. A trace that cannot be read is reported and not compared with. */
  compareWith(older: OlderRun | null): void {
    const { from = 0, length = 0 } = older?.part ?? {};
    if (from === 0) this.#olderParts = [];
    if (older) this.#olderParts.push(older.trace);
    if (older && from + older.trace.length < length) return;
    const trace = inPieces(this.#olderParts.splice(0));
    this.names.reset();
    const { selection, words } = this.store.state;
    const kept = selection?.kind === 'ghost' || selection?.kind === 'ghosts' ? undefined : selection;
    try {
      const built = older ? { lanes: buildLanes(readTimeline(trace)), label: older.label } : undefined;
      this.store.set({ older: built, selection: kept, hover: undefined });
    } catch (error) {
      this.store.set({ older: undefined, selection: kept, hover: undefined });
      this.host.post({ type: 'failure', message: errorText(error, words) });
    }
  }
}
