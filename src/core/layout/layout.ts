import { foldsOf } from '../axis/folds';
import type { Projection } from '../axis/projection';
import type { Ghost } from '../compare/ghost';
import { BoxKind } from '../lanes/box-kind';
import type { Lanes } from '../lanes/lanes';
import { topOf } from '../lanes/side-lane';
import { isLoopRow, type Row } from '../rows/row';
import { firstWhere } from '../sorted';
import type { CssPixels } from '../units';
import { arrowOf, arrowsIn } from './arrows';
import { Boxes } from './boxes';
import { fillRow } from './fill-rows';
import { foundIn } from './found';
import { type GhostEnd, ghostEndOf, peakOf } from './ghosts';
import { boxTexts } from './labels';
import { type LimitLine, limitsIn } from './limits';
import { type Mark, marksOf, sideMarks } from './marks';
import type { Arrows, Bar, Scene, SceneLabel, SceneRow, ViewOptions } from './scene';

/** In a narrower box, a label would be little more than an ellipsis. */
const NARROWEST_LABEL: CssPixels = 26;
const LABEL_PADDING: CssPixels = 5;
/** This much of a ready bar stays free of text, so that its stripes can be seen. */
const LEAST_HATCHING: CssPixels = 14;
/** Drawing text costs most in a frame, and more labels than this cannot be read anyway. */
const MOST_LABELS = 700;

/** Size of a slice of layout work: about a millisecond. */
const PART = { rows: 10, boxes: 900, labels: 90 } as const;

/** @param boxes is emptied and filled again: pass the last frame's, to spare the allocation. */
export function layout(lanes: Lanes, view: ViewOptions, boxes: Boxes = new Boxes()): Scene {
  const parts = layingOut(lanes, view, boxes);
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value;
  }
}

/** The same in slices. Its inputs must not change in between. */
export function* layingOut(lanes: Lanes, view: ViewOptions, boxes: Boxes): Generator<void, Scene> {
  boxes.clear();
  const { projection, width } = view;
  const rows: SceneRow[] = [];
  const labels: SceneLabel[] = [];
  const marks: Mark[] = [];
  const lit: Bar[] = [];
  const found: Bar[] = [];
  const limits: LimitLine[] = [];
  let thinned = false;
  let part = { rows: 0, boxes: 0, labels: 0 };
  const ghosts: GhostEnd[] = [];
  for (const row of rowsInView(view)) {
    const done = { rows: rows.length, boxes: boxes.count, labels: labels.length };
    if (
      done.rows - part.rows > PART.rows ||
      done.boxes - part.boxes > PART.boxes ||
      done.labels - part.labels > PART.labels
    ) {
      part = done;
      yield;
    }
    const y = row.kind === 'loop' ? 0 : row.top - view.scrollTop;
    const first = boxes.count;
    const context = { lanes, projection, width, boxes, filter: view.filter, ghost: view.ghost };
    fillRow(row, context);
    view.moveBoxes?.(row, first, boxes);
    const placed = { row, y, first, end: boxes.count, ...scaleOf(lanes, row, view.ghost) };
    rows.push(placed);
    if (row.kind === 'ghost') ghostEndOf(row, rows.length - 1, y, context, view, ghosts);
    else addLabels(lanes, view, placed, rows.length - 1, boxes, labels);
    if (view.lit) addLit(lanes, view.lit, placed, rows.length - 1, boxes, lit);
    if (row.kind === 'task' && view.found) foundIn(view.found, row, rows.length - 1, context, found);
    if (row.kind === 'task') {
      limitsIn(lanes, row, y, projection, width, limits, marks);
      marksOf(lanes, row, y, projection, width, marks);
    } else if (row.kind === 'side') thinned = sideMarks(lanes, row, y, projection, width, marks) || thinned;
  }
  const arrow = view.wake === undefined ? undefined : arrowOf(lanes, view, view.wake);
  return {
    width,
    height: view.height,
    projection,
    rows,
    boxes,
    labels,
    marks,
    arrow,
    arrows: view.arrows ? arrowsIn(lanes, view, inView(rows), { lanes, projection, width, boxes }) : NO_ARROWS,
    limits,
    thinned,
    folds: foldsOf(projection, width),
    end: endOf(lanes, projection),
    lit,
    found,
    ghosts,
  };
}

const NO_ARROWS: Arrows = { drawn: [], some: false };

function inView(rows: readonly SceneRow[]): Row[] {
  return rows.map(({ row }) => row);
}

const WITHOUT_LEVELS = { peak: 1, limited: false, footed: false };

function scaleOf(
  { sides, groups }: Lanes,
  row: Row,
  ghost: Ghost | undefined,
): Pick<SceneRow, 'peak' | 'limited' | 'footed'> {
  if (row.kind === 'ghosts') return { peak: peakOf(row, ghost!, groups), limited: false, footed: true };
  if (row.kind === 'group') return { peak: groups[row.group].members.length, limited: false, footed: true };
  if (row.kind !== 'side') return WITHOUT_LEVELS;
  const side = sides[row.lane];
  const footed = side.bars !== undefined && side.series !== undefined;
  return { peak: topOf(side), limited: side.limit !== undefined && !footed, footed };
}

function endOf({ timeline, horizon }: Lanes, projection: Projection): CssPixels | undefined {
  return horizon.time > timeline.duration || horizon.steps > timeline.steps
    ? projection.at(timeline.duration, timeline.steps)
    : undefined;
}

function addLit(lanes: Lanes, sites: Uint8Array, place: SceneRow, index: number, boxes: Boxes, into: Bar[]): void {
  if (place.row.kind !== 'task' && place.row.kind !== 'coroutines') return;
  const { site } = lanes.timeline.segments;
  for (let i = place.first; i < place.end && into.length < MOST_LABELS; i++) {
    if (boxes.kind[i] !== BoxKind.suspended || !sites[site[boxes.ref[i]]]) continue;
    into.push({ x: boxes.x[i], width: boxes.width[i], row: index });
  }
}

function* rowsInView({ rows, scrollTop, height }: ViewOptions): Generator<Row> {
  const [loop] = rows;
  if (!loop) return;
  yield loop;
  const low = firstWhere(1, rows.length, (i) => rows[i].top + rows[i].height > scrollTop + loop.height);
  for (let i = low; i < rows.length && rows[i].top < scrollTop + height; i++) yield rows[i];
}

function addLabels(
  lanes: Lanes,
  { labels: fitter, words, width }: ViewOptions,
  { row, y, first, end, peak, footed }: SceneRow,
  index: number,
  boxes: Boxes,
  into: SceneLabel[],
): void {
  const written = row.kind === 'output' || row.kind === 'logs';
  for (let i = first; i < end && into.length < MOST_LABELS; i++) {
    // Keep the label in view if its box begins left of the stage.
    const x = Math.max(boxes.x[i], 0, isLoopRow(row) ? nestedEnd(lanes, boxes, i, end) : 0);
    const right = written ? (i + 1 < end ? boxes.x[i + 1] : width) : boxes.x[i] + boxes.width[i];
    const hatched = boxes.kind[i] === BoxKind.ready ? LEAST_HATCHING : 0;
    const room = Math.min(right, width) - x - 2 * LABEL_PADDING - hatched;
    if (room < NARROWEST_LABEL - 2 * LABEL_PADDING) continue;
    const text = fitter.fitOne(boxTexts(lanes, row, boxes, i, words), room);
    if (text === '') continue;
    const kind = boxes.kind[i];
    const solid = kind === BoxKind.running;
    const disturbed = kind === BoxKind.ready || kind === BoxKind.idle || kind === BoxKind.output;
    // The pattern of a task colour would make the text hard to read.
    const plate = disturbed || solid ? fitter.width(text) : 0;
    into.push({
      x: x + LABEL_PADDING,
      y:
        y + (kind === BoxKind.level ? levelLabel(boxes.span[i] / peak, row.height) : row.height / 2 - (footed ? 3 : 0)),
      text,
      on: solid ? boxes.color[i] : -1,
      row: index,
      plate,
      plateLeft: kind === BoxKind.ready ? LABEL_PADDING - 1 : 2,
    });
  }
}

/** In the larger part, above the line of the level or below it. */
function levelLabel(share: number, height: CssPixels): CssPixels {
  return share < 0.5 ? ((1 - share) * height) / 2 : height * (1 - share / 2);
}

/** Eager steps are drawn inside their parent's step: its label comes after them. */
function nestedEnd({ loop }: Lanes, boxes: Boxes, outer: number, end: number): CssPixels {
  let right = 0;
  if (loop.nested[boxes.ref[outer]]) return right;
  for (let i = outer + 1; i < end && loop.nested[boxes.ref[i]]; i++) right = boxes.x[i] + boxes.width[i];
  return right;
}
