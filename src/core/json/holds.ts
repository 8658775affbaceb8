import type { Hold } from '../timeline/model';
import type { Seconds } from '../units';
import type { FrameJson } from './frame';

/** What held the loop in a step or a callback, so that nothing else could run. */
export interface BlockedByJson {
  readonly computing: Seconds;
  readonly blocked: Seconds;
  /** The call, or the line where a coroutine itself computes; null where no frame of the user's code was seen. */
  readonly at: FrameJson | null;
  /** How much of the time went by there. */
  readonly share: number;
  /** From the coroutine (or callback) to where most of the time went by, which may be in a library. */
  readonly chain: readonly FrameJson[];
}

export function blockedByJson(
  { computing, blocked, site, inner, share }: Hold,
  chain: (site: number) => readonly FrameJson[],
): BlockedByJson {
  return { computing, blocked, at: chain(site).at(-1) ?? null, share, chain: chain(inner) };
}
