import { AxisProjection } from '../../src/core/axis/projection';
import { buildLanes } from '../../src/core/lanes/lanes';
import { layout } from '../../src/core/layout/layout';
import { rowsOf } from '../../src/core/rows/rows';
import type { Timeline } from '../../src/core/timeline/model';
import { translator } from '../../src/core/translate';
import { LabelFitter } from '../../src/core/words/labels';
import { HEIGHTS as heights } from '../../webview/stage/row-heights';

const words = translator(undefined);
const labels = new LabelFitter((text) => text.length * 7);

/** The whole timeline laid out on the time axis, in a panel 1000 pixels wide. */
export function drawn(timeline: Timeline, { grouped = false, zoom = 1 } = {}) {
  const lanes = buildLanes(timeline);
  const none = new Set<number>();
  const shape = { collapsed: none, opened: none, library: false, openGroups: none, folded: new Set<never>(), heights };
  const rows = rowsOf(lanes, { ...shape, grouped });
  const length = lanes.horizon.time;
  const projection = new AxisProjection({ kind: 'time', length, squeeze: undefined }, (zoom * 1000) / length, 0);
  const view = { rows, projection, width: 1000, height: 900, scrollTop: 0, labels, words, arrows: true };
  return { lanes, scene: layout(lanes, view) };
}
