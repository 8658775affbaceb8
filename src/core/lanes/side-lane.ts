import type { Bars, Series } from './side-columns';

/** Parts below the tasks, from top to bottom. */
export const sectionKinds = ['requests', 'spans', 'threads', 'subprocesses', 'locks', 'queues', 'output'] as const;
export type SectionKind = (typeof sectionKinds)[number];

/** A lane below the tasks, for a worker or a resource that they use. */
export interface SideLane {
  readonly section: Exclude<SectionKind, 'output'>;
  /** `backlog`: how many jobs wait for a worker. `spans`: requests of one route, or spans of one name; a series counts them. */
  readonly kind: 'jobs' | 'backlog' | 'resource' | 'spans';
  /** jobs: the worker, or what kind of jobs; resources: as the program calls it; spans: their route. */
  readonly name: string;
  /** Index into `Timeline.resources`, -1 none. */
  readonly resource: number;
  /** Of a semaphore whose permits have lanes of their own, or of a route with several lanes: which. */
  readonly permit: number;
  readonly bars: Bars | undefined;
  /** With bars: the number of waiting tasks. Alone: what the lane shows, for example the length of a queue. */
  readonly series: Series | undefined;
  /** The series can't go beyond this. */
  readonly limit: number | undefined;
}

/** Top of the scale on which a lane's series is drawn. */
export function topOf({ series, limit }: SideLane): number {
  return Math.max(1, limit ?? 0, series?.max ?? 0);
}
