import type { Recent } from '../../core/recent/recent';
import type { Seconds } from '../../core/units';

/** Shows what a program did in its last seconds, until it is closed. */
export interface LiveView {
  show(recent: Recent): void;
  close(): void;
}

export const nowInSeconds = (): Seconds => performance.now() / 1000;
