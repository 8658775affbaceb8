import type { SourceLink } from '../words/places';

/** Facts about a thing in the timeline, as data: tooltip, detail pane and screen reader show the same. */
export interface Description {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Its line in the source, if it has one. */
  readonly source: SourceLink | undefined;
  /** Await chain, outermost frame first. */
  readonly chain: readonly Frame[];
}

export interface Fact {
  readonly term: string;
  readonly text: string;
  readonly link?: Link;
}

export interface Frame {
  readonly name: string;
  readonly user: boolean;
  readonly link: SourceLink;
}

export type Link =
  | SourceLink
  | { readonly kind: 'task'; readonly task: number }
  | { readonly kind: 'segment'; readonly segment: number };
