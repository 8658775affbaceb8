import { GONE_COLOR, taskColor } from '../colors';
import { differenceText } from '../compare/difference';
import type { Ghost } from '../compare/ghost';
import type { Group } from '../lanes/groups';
import { isOpen } from '../lanes/horizon';
import type { GhostCrowdRow, GhostRow } from '../rows/row';
import type { Translate } from '../translate';
import type { CssPixels } from '../units';
import type { LabelFitter } from '../words/labels';
import { fillCrowd } from './groups';
import { fillTask } from './segments';
import type { RowContext } from './window';

/** Where a task ended in the older run, and where it ends now. */
export interface GhostEnd {
  /** Index into the scene's rows. */
  readonly row: number;
  readonly y: CssPixels;
  readonly height: CssPixels;
  /** End of the older one. */
  readonly before: CssPixels;
  /** End in the current run, if it differs. */
  readonly now: CssPixels | undefined;
  /** The difference, if there is room for it: between the two ends, or after them. */
  readonly label: { readonly x: CssPixels; readonly text: string } | undefined;
}

const LABEL_GAP: CssPixels = 7;
/** Least length of the dotted line that stays visible beside its label. */
const LEAST_DOTS: CssPixels = 12;

/** The bars of the older run, in the colour that the task has now. */
export function fillGhost({ before, now }: GhostRow, context: RowContext): void {
  const { boxes, ghost } = context;
  const from = boxes.count;
  fillTask({ task: before }, { ...context, lanes: ghost!.lanes });
  boxes.color.fill(now === undefined ? GONE_COLOR : taskColor(now), from, boxes.count);
}

export function fillGhosts({ crowd }: GhostCrowdRow, context: RowContext): void {
  const { boxes, lanes, ghost } = context;
  const { group, now } = ghost!.crowds[crowd];
  const from = boxes.count;
  fillCrowd(group, { ...context, lanes: ghost!.lanes });
  boxes.color.fill(now < 0 ? GONE_COLOR : taskColor(lanes.groups[now].members[0]), from, boxes.count);
}

/** Number of tasks at full height of a crowd's row: the same as for the group above it, so that they can be compared. */
export function peakOf({ crowd }: GhostCrowdRow, { crowds }: Ghost, groups: readonly Group[]): number {
  const { group, now } = crowds[crowd];
  return Math.max(group.members.length, now < 0 ? 0 : groups[now].members.length);
}

export function ghostEndOf(
  { before, now, height }: GhostRow,
  row: number,
  y: CssPixels,
  { lanes, ghost, projection, width }: RowContext,
  { labels, words }: { readonly labels: LabelFitter; readonly words: Translate },
  into: GhostEnd[],
): void {
  const was = endOf(ghost!.lanes, before, projection);
  if (was === undefined) return;
  const is = now === undefined ? undefined : endOf(lanes, now, projection);
  const behind = Math.max(was, is ?? was);
  if (behind < 0 || Math.min(was, is ?? was) > width) return;
  // Seconds say nothing about how far two steps are apart.
  const text =
    now === undefined || projection.axis.kind === 'steps' ? '' : differenceText(ghost!, lanes, before, now, words);
  const room = labels.width(text) + 2 * LABEL_GAP;
  const x = (is !== undefined && is - was > room + LEAST_DOTS && was >= 0 ? was : behind) + LABEL_GAP;
  const fits = text !== '' && x + labels.width(text) <= width;
  const moved = is !== undefined && Math.abs(is - was) >= 1;
  into.push({ row, y, height, before: was, now: moved ? is : undefined, label: fits ? { x, text } : undefined });
}

/** What was not over when its record ended has no end. */
function endOf(lanes: RowContext['lanes'], task: number, projection: RowContext['projection']): CssPixels | undefined {
  const { segments, tasks } = lanes.timeline;
  const { first, count } = tasks[task];
  const last = first + count - 1;
  if (count === 0 || isOpen(segments, last)) return undefined;
  return projection.at(segments.end[last], segments.endStep[last]);
}
