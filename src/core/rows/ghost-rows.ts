import type { CssPixels } from '../units';
import type { GhostCrowdRow, GhostRow, RowOptions } from './row';

/** The rows of an older run: one below each task of both runs, and one for each task of only the older run. */

/** A task, or a crowd, of only the older run. `shift`: additional depth. */
export interface Gone {
  readonly shift: number;
  readonly gone: { readonly task: number } | { readonly crowd: number };
}

/** The ghost row below a task. */
export function ghostBelow(
  { ghost, heights }: RowOptions,
  now: number,
  depth: number,
  top: CssPixels,
): GhostRow | undefined {
  const before = ghost?.before.get(now);
  return before === undefined ? undefined : { kind: 'ghost', top, height: heights.ghost, depth, before, now };
}

/** The ghost row below a group. */
export function crowdBelow(
  { ghost, heights }: RowOptions,
  group: number,
  depth: number,
  top: CssPixels,
): GhostCrowdRow | undefined {
  const crowd = ghost?.crowdOf.get(group);
  return crowd === undefined
    ? undefined
    : { kind: 'ghosts', top, height: crowdHeight(heights), depth, crowd, joined: true };
}

/** What only the older run had below a current task, -1 for no parent. */
export function goneBelow(options: RowOptions, now: number, depth: number): Gone[] {
  return entries(options, options.ghost?.gone.get(now) ?? [], depth);
}

export function goneRow(
  options: RowOptions,
  { gone, shift: depth }: Gone,
  top: CssPixels,
): { readonly row: GhostRow | GhostCrowdRow; readonly below: readonly Gone[] } {
  const { ghost, heights } = options;
  if ('crowd' in gone)
    return {
      row: { kind: 'ghosts', top, height: crowdHeight(heights), depth, crowd: gone.crowd, joined: false },
      below: [],
    };
  return {
    row: { kind: 'ghost', top, height: heights.ghost, depth, before: gone.task, now: undefined },
    below: entries(options, ghost!.lanes.branches[gone.task].children, depth + 1),
  };
}

/** Each crowd once, at its first member, unless a filter hides some of its members. */
function entries(
  { ghost, library, grouped, keptBefore: kept, filter }: RowOptions,
  family: readonly number[],
  depth: number,
): Gone[] {
  const found: Gone[] = [];
  const seen = new Set<number>();
  const whole = (crowd: number) =>
    (filter?.least ?? 0) === 0 && ghost!.crowds[crowd].group.members.every((member) => kept?.[member] !== 0);
  for (const task of family) {
    if ((!library && ghost!.lanes.library.has(task)) || kept?.[task] === 0) continue;
    const crowd = grouped ? ghost!.goneIn.get(task) : undefined;
    if (crowd === undefined || !whole(crowd)) found.push({ shift: depth, gone: { task } });
    else if (!seen.has(crowd)) {
      seen.add(crowd);
      found.push({ shift: depth, gone: { crowd } });
    }
  }
  return found;
}

/** A chart needs more height than a bar. */
function crowdHeight({ ghost }: RowOptions['heights']): CssPixels {
  return Math.round(ghost * 1.75);
}
