import { type Comparison, measureNames, type Row } from '../compare/compare';
import { moreOrLess, turnsOf } from '../compare/difference';
import type { Task, Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { taskTitle } from '../words/tasks';
import { type RunNames, summary } from './compare-text';
import { columnsOf, cut } from './width';

/** Two runs for a terminal and for other tools. */

/** Longer names are cut, so that the figures stay in view. */
const LONGEST_NAME = 40;

/** What changed, then every task of both runs with its duration in each. */
export function comparisonTable(comparison: Comparison, names: RunNames, t: Translate): string {
  const heads = [t('Task'), 'A', 'B', t('Difference')];
  const rows = comparison.rows.map((row) => [
    `${'  '.repeat(row.depth)}${cut(nameOf(row), LONGEST_NAME)}`,
    row.measures.before ? formatDuration(row.measures.before.took) : '–',
    row.measures.after ? formatDuration(row.measures.after.took) : '–',
    differenceOf(row, t),
  ]);
  const all = [heads, ...rows];
  const widths = heads.map((_, i) => Math.max(...all.map((cells) => columnsOf(cells[i]))));
  const lines = all.map((cells) =>
    cells
      .map((cell, i) => {
        const room = ' '.repeat(widths[i] - columnsOf(cell));
        // Figures stand below one another.
        return i === 0 ? cell + room : room + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return `${[...summary(comparison, names, t), '', ...lines].join('\n')}\n`;
}

function nameOf({ before, after }: Row): string {
  return taskTitle((after ?? before)!);
}

function differenceOf({ before, after, measures }: Row, t: Translate): string {
  if (!before || !measures.before) return t('only in B');
  if (!after || !measures.after) return t('only in A');
  if (before.outcome.kind === 'pending' || after.outcome.kind === 'pending') return t('pending');
  return moreOrLess(measures.before.took, measures.after.took, t);
}

/** One of the two tasks as a comparison tells it: seconds, and how often it got its turn. */
function sideJson(timeline: Timeline, task: Task | undefined, measures: Row['measures']['before']) {
  if (!task || !measures) return null;
  return { id: task.id, ...measures, turns: turnsOf(timeline, task), outcome: task.outcome.kind };
}

/** The same as plain JSON: times in seconds, `null` for the side that did not have a task; `difference` is B less A. */
export function comparisonJson({ before, after, rows, total, order }: Comparison) {
  // As everywhere: without those that libraries and `asyncio.run()` make for themselves.
  const about = ({ meta, duration }: Timeline, side: 'before' | 'after') => ({
    program: meta.program,
    clock: meta.clock,
    python: meta.python,
    duration,
    tasks: rows.filter((row) => row[side]).length,
  });
  return {
    format: 1,
    a: about(before, 'before'),
    b: about(after, 'after'),
    total: { a: total.before, b: total.after },
    tasks: rows.map((row) => {
      const a = sideJson(before, row.before, row.measures.before);
      const b = sideJson(after, row.after, row.measures.after);
      const numbers = [...measureNames, 'turns'] as const;
      const difference = a && b ? Object.fromEntries(numbers.map((name) => [name, b[name] - a[name]])) : null;
      const { name, coroutine } = (row.after ?? row.before)!;
      return { name, coroutine, depth: row.depth, a, b, difference };
    }),
    order: order.map((each) => ({
      of: each.of,
      a: each.before.map(({ id }) => id),
      b: each.after.map(({ id }) => id),
    })),
  };
}
