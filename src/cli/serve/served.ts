import type { RunStatus } from '../../core/protocol/messages';
import type { ShapesByFile } from '../../core/protocol/shapes';
import type { SourceText } from '../../core/protocol/source-text';

/** How a served trace stands, as the page is told: by `about` first, then by each event. */
export interface Standing {
  readonly status: RunStatus;
  /** Bytes that there are. */
  readonly length: number;
  /** The trace is complete. */
  readonly complete: boolean;
  /** Its end is another than it was while it grew: what the page has of it is not the beginning of it. */
  readonly changed: boolean;
}

/** What the page is told first. */
export interface About {
  readonly locale: string;
  readonly words: Readonly<Record<string, string>>;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  readonly standing: Standing;
}

/** What the sources of a run tell. */
export interface ServedSources {
  readonly sources: readonly SourceText[];
  readonly shapes: ShapesByFile;
}

/** A trace that is served while it grows. */
export interface ServedTrace {
  readonly standing: Standing;
  /** @param at within `length` @throws an error of the file system */
  bytes(at: number, length: number): Uint8Array;
  sources(): ServedSources;
}
