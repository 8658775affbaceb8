import { type Event, EventEmitter } from 'vscode';
import type { RunStatus } from '../core/messages';
import type { Timeline } from '../core/model';
import { readTimeline } from '../core/timeline';

/** What the last run left: the one state that panel, views and hover show. */
export interface Recording {
  readonly status: RunStatus;
  /** Bytes of a trace file; none while nothing was recorded. */
  readonly trace: Uint8Array<ArrayBuffer> | undefined;
  /** The program, and its text as it was run. */
  readonly file: string;
  readonly source: string | undefined;
  /** Folder that paths are shown relative to. */
  readonly root: string;
}

const nothing: Recording = { status: { state: 'empty' }, trace: undefined, file: '', source: undefined, root: '' };

/** Holds the last recording and tells of each change. */
export class Recorded {
  readonly #changes = new EventEmitter<Recording>();
  readonly onDidChange: Event<Recording> = this.#changes.event;
  #current: Recording = nothing;
  #timeline: Timeline | undefined;

  get current(): Recording {
    return this.#current;
  }

  set(next: Recording): void {
    if (next.trace !== this.#current.trace) this.#timeline = undefined;
    this.#current = next;
    this.#changes.fire(next);
  }

  /** Built when first asked for. @throws TraceError */
  timeline(): Timeline | undefined {
    const { trace } = this.#current;
    if (trace && !this.#timeline) this.#timeline = readTimeline(trace);
    return this.#timeline;
  }

  dispose(): void {
    this.#changes.dispose();
  }
}
