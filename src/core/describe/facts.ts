import type { SourceLink } from '../words/places';

/** What is known about a thing in the picture, as plain facts: tooltip, detail pane and screen reader say the same. */
export interface Description {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** Where its source is, if there is one. */
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
