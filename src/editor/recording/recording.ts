import { type Event, EventEmitter } from 'vscode';
import { joined } from '../../core/joined';
import type { Beside, Rerun, RunStatus } from '../../core/protocol/messages';
import type { Timeline } from '../../core/timeline/model';
import type { Change } from '../../core/trace/change';
import type { Origin } from '../program/target';

/** What the last run left: the one state that panel, views and hover show. */
export interface Recording {
  readonly status: RunStatus;
  /** Bytes of a trace file; none while nothing was recorded. */
  readonly trace: Uint8Array<ArrayBuffer> | undefined;
  /** The program, and its text as it was run. */
  readonly file: string;
  readonly source: string | undefined;
  /** When it ran, in milliseconds since 1970; undefined: nobody knows. */
  readonly at?: number | undefined;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  /** What was run; undefined for a record that was opened. */
  readonly origin?: Origin;
  /** It takes the place of the one before: the same program, edited. */
  readonly again?: Rerun;
  /** Somebody has just run it, and when that ended (milliseconds since 1970): such a run is kept in the history. */
  readonly ran?: number;
  /** The older run that the views show beside it. */
  readonly beside?: Beside;
  /** Waits that take another time than the program says. */
  readonly whatIf?: readonly Change[];
}

const nothing: Recording = { status: { state: 'empty' }, trace: undefined, file: '', source: undefined, root: '' };

/** A frame's time: the views draw no more often. */
const GATHER_MS = 16;
/** While somebody types the picture comes first: the rest of the editor follows when that is on the screen, on a slow machine too (ms). */
const FOLLOW_MS = 200;

/** What reads traces: no part of starting the editor. */
let reader: typeof import('../../core/timeline/build') | undefined;

/** Has to be called before a recording with a trace is set that was not read already. */
export async function loadReader(): Promise<typeof import('../../core/timeline/build')> {
  reader ??= await import('../../core/timeline/build');
  return reader;
}

/** Holds the last recording and tells of each change. */
export class Recorded {
  readonly #changes = new EventEmitter<Recording>();
  readonly onDidChange: Event<Recording> = this.#changes.event;
  readonly #shown = new EventEmitter<Recording>();
  /** The same, told before all others: for the picture, for which somebody waits. */
  readonly onDidShow: Event<Recording> = this.#shown.event;
  readonly #followed = new EventEmitter<Recording>();
  /** The same, told a little later of a program that is being typed: for what is not looked at while the picture changes. */
  readonly onDidFollow: Event<Recording> = this.#followed.event;
  #following: NodeJS.Timeout | undefined;
  readonly #compared = new EventEmitter<Beside | undefined>();
  /** Another run is shown beside this one, or none any more. */
  readonly onDidCompare: Event<Beside | undefined> = this.#compared.event;
  readonly #appended = new EventEmitter<Uint8Array<ArrayBuffer>>();
  /** The next bytes of the run that goes on; many small pieces come as one. */
  readonly onDidAppend: Event<Uint8Array<ArrayBuffer>> = this.#appended.event;
  #soFar: (() => Iterable<Uint8Array>) | undefined;
  #fresh: Uint8Array[] = [];
  #timer: NodeJS.Timeout | undefined;
  #current: Recording = nothing;
  #timeline: Timeline | undefined;

  get current(): Recording {
    return this.#current;
  }

  /** A run begins: what is appended from now on is of it. */
  begin(next: Recording): void {
    this.#drop();
    this.set(next);
  }

  /** Where all that was recorded of the run that goes on can be had: it is kept once, by the recorder. */
  follow(soFar: () => Iterable<Uint8Array>): void {
    this.#soFar = soFar;
  }

  append(bytes: Uint8Array): void {
    this.#fresh.push(bytes);
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** What was recorded of the run that goes on, all of which was told when this returns. */
  get soFar(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#tell();
    }
    const parts = [...(this.#soFar?.() ?? [])];
    return parts.length > 0 ? joined(parts) : undefined;
  }

  #tell(): void {
    this.#timer = undefined;
    this.#appended.fire(joined(this.#fresh.splice(0)));
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#soFar = undefined;
    this.#fresh = [];
  }

  /** @param timeline of its trace, where that was read already; else its reader has to be loaded */
  set(next: Recording, timeline?: Timeline): void {
    if (next.status.state !== 'running') this.#drop();
    if (next.trace !== this.#current.trace) this.#timeline = timeline;
    // A program that is edited is still compared with what it was compared with.
    const { beside } = this.#current;
    const shown = next.again && beside && !next.beside ? { ...next, beside } : next;
    this.#current = shown;
    clearTimeout(this.#following);
    this.#shown.fire(shown);
    this.#changes.fire(shown);
    if (next.again) this.#following = setTimeout(() => this.#followed.fire(shown), FOLLOW_MS);
    else this.#followed.fire(shown);
  }

  /** Puts an older run beside the one that is shown; `undefined` takes it away. */
  compareWith(beside: Beside | undefined): void {
    if (beside === this.#current.beside) return;
    this.#current = { ...this.#current, beside };
    this.#compared.fire(beside);
  }

  /** Built when first asked for. @throws TraceError */
  timeline(): Timeline | undefined {
    const { trace } = this.#current;
    if (trace && !this.#timeline) {
      if (!reader) throw new Error('The reader of traces was not loaded.');
      this.#timeline = reader.readTimeline(trace);
    }
    return this.#timeline;
  }

  dispose(): void {
    this.#drop();
    clearTimeout(this.#following);
    for (const each of [this.#appended, this.#compared, this.#shown, this.#changes, this.#followed]) each.dispose();
  }
}
