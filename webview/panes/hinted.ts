import type { Timeline } from '../../src/core/timeline/model';
import type { Shapes } from '../../src/core/timeline/shapes';
import type { State } from '../state/store';

const made = new WeakMap<Timeline, { readonly shapes: Shapes; readonly timeline: Timeline }>();

/** The timeline with the shapes of its sources, which hints need. Returns the same object for the same timeline and shapes. */
export function hinted({ lanes, shapes }: Pick<State, 'lanes' | 'shapes'>): Timeline | undefined {
  if (!lanes || !shapes) return lanes?.timeline;
  const known = made.get(lanes.timeline);
  if (known?.shapes === shapes) return known.timeline;
  const timeline = { ...lanes.timeline, shapes };
  made.set(lanes.timeline, { shapes, timeline });
  return timeline;
}
