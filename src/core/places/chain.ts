import type { Timeline } from '../timeline/model';
import type { Site } from '../trace/records';

/** The await chain that ends in a site, outermost frame first. */
export function chainOf(timeline: Pick<Timeline, 'sites'>, site: number): Site[] {
  const chain: Site[] = [];
  for (let at = timeline.sites[site]; at; at = timeline.sites[at.parent]) chain.unshift(at);
  return chain;
}

/** The innermost frame of the user's own code in an await chain. */
export function userSite(timeline: Pick<Timeline, 'sites'>, site: number): Site | undefined {
  const chain = chainOf(timeline, site);
  return chain.findLast((frame) => frame.code.user) ?? chain.at(-1);
}

/**
 * The line of the call that a wait's label begins with: from Python 3.12 on `wait_for(…)` is a frame of the chain, and what it waits for
 * may be functions further in. Otherwise the same as `userSite`.
 */
export function waitSite({ sites, segments, waits }: Timeline, segment: number): Site | undefined {
  const innermost = segments.site[segment];
  const wait = waits[segments.about[segment]];
  if (!wait || wait.kind === 'wait_for' || !wait.label.startsWith('wait_for(')) return userSite({ sites }, innermost);
  const chain = chainOf({ sites }, innermost);
  const limit = chain.findLastIndex(({ code }) => !code.user && code.function === 'wait_for');
  return chain.slice(0, Math.max(0, limit)).findLast(({ code }) => code.user) ?? userSite({ sites }, innermost);
}
