import type { Timeline } from '../timeline/model';
import type { Site } from '../trace/records';

/** The await chain that ends in a site, outermost frame first. */
export function chainOf(timeline: Pick<Timeline, 'sites'>, site: number): Site[] {
  const chain: Site[] = [];
  for (let at = timeline.sites[site]; at; at = timeline.sites[at.parent]) chain.unshift(at);
  return chain;
}

/** The innermost frame of the user's own code: where a person would say that the task stands. */
export function userSite(timeline: Pick<Timeline, 'sites'>, site: number): Site | undefined {
  const chain = chainOf(timeline, site);
  return chain.findLast((frame) => frame.code.user) ?? chain.at(-1);
}
