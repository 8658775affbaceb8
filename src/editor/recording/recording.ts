import { type Event, EventEmitter, type Uri } from 'vscode';
import { joined } from '../../core/joined';
import type { Rerun, RunStatus } from '../../core/protocol/messages';
import type { Timeline } from '../../core/timeline/model';
import type { Change } from '../../core/trace/change';
import type { TraceSource } from '../../core/trace/source';
import type { Origin } from '../program/target';
import type { Launched } from './launched';

/** A trace file that stays on the disk: it is open, and read as far as its definitions. */
export interface StoredTrace extends TraceSource, Pick<Timeline, 'meta' | 'sites'> {
  readonly uri: Uri;
  close(): void;
}

/** The bytes of a trace file, or where they are. */
export type RecordedTrace = Uint8Array<ArrayBuffer> | StoredTrace;

/** An older run to compare with, and its name in the UI. */
export interface OlderRun {
  readonly trace: RecordedTrace;
  readonly label: string;
}

/** The last run: the one state that panel, views and hovers show. */
export interface Recording {
  readonly status: RunStatus;
  /** None while nothing was recorded. */
  readonly trace: RecordedTrace | undefined;
  /** The program, and its text as it was run. */
  readonly file: string;
  readonly source: string | undefined;
  /** When it ran, in milliseconds since 1970; undefined: unknown. */
  readonly at?: number | undefined;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  /** What was run; undefined for a record that was opened. */
  readonly origin?: Origin | undefined;
  /** The launch configuration that it came from. */
  readonly launched?: Launched | undefined;
  /** If only a selection was run: the lines that ran (from 1), including those that the selection needs. */
  readonly part?: readonly { readonly file: string; readonly lines: readonly number[] }[] | undefined;
  /** Set if this replaces the recording of an earlier version of the same program. */
  readonly again?: Rerun;
  /** When a run that the user has just made ended (milliseconds since 1970): only such runs go into the history. */
  readonly ran?: number;
  /** The older run to compare with. */
  readonly older?: OlderRun;
  /** Waits whose duration the user has changed. */
  readonly whatIf?: readonly Change[];
}

const nothing: Recording = { status: { state: 'empty' }, trace: undefined, file: '', source: undefined, root: '' };

export function isStored(trace: RecordedTrace | undefined): trace is StoredTrace {
  return trace !== undefined && !(trace instanceof Uint8Array);
}

/** The time of a frame (ms): views do not draw more often. */
const GATHER_MS = 16;
/** In live mode the timeline comes first: the rest of the editor follows after this delay (ms), when it is painted even on a slow machine. */
const FOLLOW_MS = 200;

/** Loaded on first use, since reading traces must not slow down activation. */
let reader: typeof import('../../core/timeline/build') | undefined;

/** Call before setting a recording with a trace that was not read yet. */
export async function loadReader(): Promise<typeof import('../../core/timeline/build')> {
  reader ??= await import('../../core/timeline/build');
  return reader;
}

/** Holds the last recording and fires events for changes. */
export class Recorded {
  readonly #changes = new EventEmitter<Recording>();
  readonly onDidChange: Event<Recording> = this.#changes.event;
  readonly #shown = new EventEmitter<Recording>();
  /** The same, fired before all others: for the timeline, which the user waits for. */
  readonly onDidShow: Event<Recording> = this.#shown.event;
  readonly #followed = new EventEmitter<Recording>();
  /** The same, fired later in live mode: for what the user does not look at while typing. */
  readonly onDidFollow: Event<Recording> = this.#followed.event;
  #following: ReturnType<typeof setTimeout> | undefined;
  readonly #compared = new EventEmitter<OlderRun | undefined>();
  /** The run to compare with has changed. */
  readonly onDidCompare: Event<OlderRun | undefined> = this.#compared.event;
  readonly #appended = new EventEmitter<Uint8Array<ArrayBuffer>>();
  /** The next bytes of the live run; small pieces are joined. */
  readonly onDidAppend: Event<Uint8Array<ArrayBuffer>> = this.#appended.event;
  #soFar: (() => Iterable<Uint8Array>) | undefined;
  #fresh: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: Recording = nothing;
  #timeline: Timeline | undefined;

  get current(): Recording {
    return this.#current;
  }

  /** A run begins: bytes that are appended from now on belong to it. */
  begin(next: Recording): void {
    this.#drop();
    this.set(next);
  }

  /** Returns all bytes of the live run so far. They are kept once, in the recorder. */
  follow(soFar: () => Iterable<Uint8Array>): void {
    this.#soFar = soFar;
  }

  append(bytes: Uint8Array): void {
    this.#fresh.push(bytes);
    this.#timer ??= setTimeout(() => this.#tell(), GATHER_MS);
  }

  /** The bytes of the live run so far, after firing the events for all of them. */
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

  /** @param timeline of its trace, if it was read already; otherwise load the reader first */
  set(next: Recording, timeline?: Timeline): void {
    if (next.status.state !== 'running') this.#drop();
    if (next.trace !== this.#current.trace) this.#timeline = timeline;
    // After an edit, keep comparing with the same run.
    const { older } = this.#current;
    const shown = next.again && older && !next.older ? { ...next, older } : next;
    const before = this.#current;
    this.#current = shown;
    clearTimeout(this.#following);
    this.#shown.fire(shown);
    this.#changes.fire(shown);
    if (next.again) this.#following = setTimeout(() => this.#followed.fire(shown), FOLLOW_MS);
    else this.#followed.fire(shown);
    this.#close(before);
  }

  /** Sets the older run to compare with; `undefined`: stop comparing. */
  compareWith(older: OlderRun | undefined): void {
    const before = this.#current;
    if (older === before.older) return;
    this.#current = { ...before, older };
    this.#compared.fire(older);
    this.#close(before);
  }

  /** Closes the files of what is shown no longer. */
  #close({ trace, older }: Recording): void {
    const open = [this.#current.trace, this.#current.older?.trace];
    for (const each of new Set([trace, older?.trace])) if (isStored(each) && !open.includes(each)) each.close();
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
    const last = this.#current;
    this.#current = nothing;
    this.#close(last);
    for (const each of [this.#appended, this.#compared, this.#shown, this.#changes, this.#followed]) each.dispose();
  }
}
