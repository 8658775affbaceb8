import type { Lanes } from '../lanes/lanes';
import { crowdBelow, type Gone, ghostBelow, goneBelow, goneRow } from './ghost-rows';
import { heightOf, type Row, type RowOptions } from './row';

/** A task or a group that gets a row; `shift`: additional depth inside an open group. */
type Entry = { readonly shift: number } & ({ readonly task: number } | { readonly group: number } | Gone);

/** The tree of tasks, below the rows there are. */
export function addTasks(lanes: Lanes, options: RowOptions, rows: Row[]): void {
  const { collapsed, opened, openGroups, heights } = options;
  let top = heightOf(rows);
  const add = (row: Row) => {
    rows.push(row);
    top += row.height;
  };
  const pending: Entry[] = [...entriesOf(lanes, options, lanes.roots, 0), ...goneBelow(options, -1, 0)].reverse();
  for (let entry = pending.pop(); entry; entry = pending.pop()) {
    const { shift } = entry;
    if ('gone' in entry) {
      const { row, below } = goneRow(options, entry, top);
      add(row);
      for (let i = below.length - 1; i >= 0; i--) pending.push(below[i]);
      continue;
    }
    if ('group' in entry) {
      const { members } = lanes.groups[entry.group];
      const open = openGroups.has(members[0]);
      const { depth } = lanes.branches[members[0]];
      add({ kind: 'group', top, height: heights.group, group: entry.group, depth: depth + shift, opened: open });
      const crowd = crowdBelow(options, entry.group, depth + shift, top);
      if (crowd) add(crowd);
      if (open) for (let i = members.length - 1; i >= 0; i--) pending.push({ task: members[i], shift: shift + 1 });
      continue;
    }
    const { task } = entry;
    const { depth, children, levels, position, siblings } = lanes.branches[task];
    const folded = collapsed.has(task);
    const nests = levels.length > 1;
    const open = nests && opened.has(task);
    const below = entriesOf(lanes, options, children, shift);
    add({
      kind: 'task',
      top,
      height: heights.task,
      task,
      depth: depth + shift,
      children: below.length,
      collapsed: folded,
      nests,
      opened: open,
      position,
      siblings,
    });
    const ghost = ghostBelow(options, task, depth + shift, top);
    if (ghost) add(ghost);
    for (let level = 0; open && level < levels.length; level++) {
      const spans = levels[level];
      add({ kind: 'coroutines', top, height: heights.coroutines, task, depth: depth + shift + 1, level, spans });
    }
    const gone = folded ? [] : goneBelow(options, task, depth + shift + 1);
    for (let i = gone.length - 1; i >= 0; i--) pending.push(gone[i]);
    if (!folded) for (let i = below.length - 1; i >= 0; i--) pending.push(below[i]);
  }
}

/** Tasks with one parent that get rows; each group once, at its first member. */
function entriesOf(lanes: Lanes, options: RowOptions, family: readonly number[], shift: number): Entry[] {
  const { library, grouped, kept } = options;
  const entries: Entry[] = [];
  const seen = new Set<number>();
  const stays = new Map<number, boolean>();
  for (const task of family) {
    if ((!library && lanes.library.has(task)) || kept?.[task] === 0) continue;
    const group = grouped ? lanes.groupOf[task] : -1;
    if (group >= 0 && !stays.has(group)) stays.set(group, isWhole(lanes, group, options));
    if (group < 0 || !stays.get(group)) entries.push({ task, shift });
    else if (!seen.has(group)) {
      seen.add(group);
      entries.push({ group, shift });
    }
  }
  return entries;
}

/** Whether all members of a group match the filter. */
function isWhole({ groups }: Lanes, group: number, { kept, filter }: RowOptions): boolean {
  if (!kept) return true;
  return (filter?.least ?? 0) === 0 && groups[group].members.every((member) => kept[member] === 1);
}
