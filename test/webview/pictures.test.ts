import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type AxisKind, axisOf } from '../../src/core/axis/axis';
import { whole } from '../../src/core/axis/projection';
import { ghostOf } from '../../src/core/compare/ghost';
import { buildLanes } from '../../src/core/lanes/lanes';
import { layout } from '../../src/core/layout/layout';
import { NO_FILTER } from '../../src/core/rows/filter';
import { heightOf } from '../../src/core/rows/row';
import { rowsOf } from '../../src/core/rows/rows';
import { readTimeline } from '../../src/core/timeline/build';
import { translator } from '../../src/core/translate';
import { LabelFitter } from '../../src/core/words/labels';
import { HEIGHTS as heights } from '../../webview/stage/row-heights';
import { registry } from './browser/registry';
import { sceneSvg } from './scene-svg';

/**
 * The picture of every scene, as a golden: `test/webview/pictures/*.svg`, to be looked at and read.
 * `UPDATE_PICTURES=1 npm run test:unit -- pictures` writes them anew: look at the difference.
 */

const FOLDER = new URL('./pictures/', import.meta.url);
const update = process.env.UPDATE_PICTURES === '1';
const WIDTH = 900;
const axes = ['time', 'squeezed', 'steps'] as const satisfies readonly AxisKind[];
/** Every letter is as wide as any other: fonts differ from machine to machine. */
const labels = new LabelFitter((text) => [...text].length * 6.6);

function picture(trace: Uint8Array, older: Uint8Array | undefined, kind: AxisKind): string {
  const lanes = buildLanes(readTimeline(trace));
  const ghost = older && ghostOf(buildLanes(readTimeline(older)), lanes, 'before');
  const many = lanes.timeline.tasks.length > 20;
  const rows = rowsOf(lanes, {
    collapsed: new Set(),
    opened: new Set(many ? [] : lanes.branches.keys()),
    library: false,
    grouped: many,
    openGroups: new Set(),
    folded: new Set(),
    ghost,
    heights,
  });
  const height = Math.min(heightOf(rows), 1200);
  const view = {
    rows,
    width: WIDTH,
    height,
    scrollTop: 0,
    labels,
    words: translator(undefined),
    filter: NO_FILTER,
    ghost,
  };
  return sceneSvg(layout(lanes, { ...view, projection: whole(axisOf(lanes, kind, ghost), WIDTH, 18) }), height);
}

describe.each(Object.entries(registry))('%s', (name, { trace, older }) => {
  test.each(axes)('on the axis %s', (kind) => {
    const file = new URL(`${name}.${kind}.svg`, FOLDER);
    const drawn = picture(trace(), older?.(), kind);
    if (update) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, drawn);
    }
    expect(existsSync(file), `${file.pathname} is missing: UPDATE_PICTURES=1 writes it`).toBe(true);
    expect(drawn).toBe(readFileSync(file, 'utf8'));
  });
});

test('no picture is of a scene that is gone', () => {
  const known = Object.keys(registry).flatMap((name) => axes.map((kind) => `${name}.${kind}.svg`));
  expect(readdirSync(FOLDER).filter((file) => !known.includes(file))).toEqual([]);
});
