import { momentAt } from '../../src/core/axis/moment-at';
import type { Projection } from '../../src/core/axis/projection';
import type { Lanes } from '../../src/core/lanes/lanes';
import type { Stretch } from '../../src/core/timeline/moment';
import type { CssPixels } from '../../src/core/units';

/** What lies between two places of the picture. What is left of the beginning or right of the end is not of the run. */
export function stretchBetween(lanes: Lanes, projection: Projection, a: CssPixels, b: CssPixels): Stretch {
  const { kind } = projection.axis;
  const last = kind === 'steps' ? lanes.timeline.steps : lanes.timeline.duration;
  const value = (x: CssPixels) => Math.min(Math.max(0, projection.valueAt(x)), last);
  const from = momentAt(lanes, kind, value(Math.min(a, b)));
  const to = momentAt(lanes, kind, value(Math.max(a, b)));
  return { start: from.time, end: to.time, startStep: from.step, endStep: to.step };
}
