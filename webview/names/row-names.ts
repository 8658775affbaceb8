import { taskColor } from '../../src/core/colors';
import { outcomeWord } from '../../src/core/describe/describe';
import type { GroupRow, LoopRow, Row, RowOf, SectionRow, SideRow } from '../../src/core/rows/row';
import type { Outcome } from '../../src/core/timeline/model';
import { foreignText } from '../../src/core/words/foreign-loops';
import { oneLine } from '../../src/core/words/labels';
import { groupName, shortName } from '../../src/core/words/names';
import { sectionName, sideName } from '../../src/core/words/side-lanes';
import { hasTellingName, isNumbered, taskCall } from '../../src/core/words/tasks';
import { h, icon } from '../page/dom';
import { ghostOf } from '../state/derived';
import type { State } from '../state/store';
import { nameOfGhost, nameOfGhosts } from './ghost-names';
import { cutLabel, rowLabel } from './label';

/** Texts at the left of each kind of lane. */

type Content = readonly (Node | string)[];
type Name<K extends Row['kind']> = (row: RowOf<K>, state: State) => Content;

const names: { readonly [K in Row['kind']]: Name<K> } = {
  loop: nameOfLoop,
  thread: nameOfLoop,
  task: nameOfTask,
  coroutines({ spans }) {
    const text = [...new Set(spans.slice(0, 20).map((span) => shortName(span.code.function)))].join(', ');
    return [icon('symbol-method'), rowLabel(text, text)];
  },
  group: nameOfGroup,
  section: nameOfSection,
  ghost: nameOfGhost,
  ghosts: nameOfGhosts,
  side: nameOfSide,
  logs: (_, { words }) => [icon('notebook'), rowLabel(words('Log'), words('Log'))],
  output: (_, { words }) => [icon('output'), rowLabel(words('Output'), words('Output'))],
};

export function nameOf<K extends Row['kind']>(row: RowOf<K>, state: State): Content {
  return names[row.kind as K](row, state);
}

function nameOfLoop(row: LoopRow, { lanes, words }: State): Content {
  const { thread, foreign } = lanes!.loops[row.lane];
  const title = foreign.map((name) => foreignText(name, words)).join(' ');
  const name = thread === '' ? words('Event loop') : words('Event loop in {0}', thread);
  return [icon('sync'), rowLabel(title === '' ? name : `${name} *`, title || name)];
}

function nameOfGroup({ group, opened }: GroupRow, state: State): Content {
  const { lanes, words } = state;
  const { members, coroutine, route } = lanes!.groups[group];
  const { tasks } = lanes!.timeline;
  const failed = members.filter((member) => tasks[member].outcome.kind === 'exception').length;
  const twistie = icon(opened ? 'chevron-down' : 'chevron-right', 'twistie');
  twistie.dataset.action = 'group';
  const name = rowLabel(shown(groupName({ coroutine, route }), state), route ?? coroutine, queryOf(state));
  const count = h('span', { class: 'count' }, `×${members.length}`);
  const swatch = h('span', { class: `swatch task-${taskColor(members[0])}`, 'aria-hidden': 'true' });
  if (failed === 0) return [twistie, swatch, name, ' ', count];
  const title = words('{0} of these tasks failed', failed);
  const failures = h(
    'span',
    { class: 'failures', title },
    icon('error', 'outcome exception'),
    h('span', { 'aria-hidden': 'true' }, String(failed)),
    h('span', { class: 'unseen' }, title),
  );
  return [twistie, swatch, name, ' ', count, failures];
}

function nameOfSection({ section, folded, lanes }: SectionRow, { words }: State): Content {
  const name = sectionName(section, words);
  const count = h('span', { class: 'quiet count' }, String(lanes));
  return [icon(folded ? 'chevron-right' : 'chevron-down', 'twistie'), rowLabel(name, name), ' ', count];
}

const sideIcons: Readonly<Record<string, string>> = {
  jobs: 'server-process',
  spans: 'arrow-both',
  requests: 'globe',
  backlog: 'watch',
  lock: 'lock',
  semaphore: 'key',
  event: 'bell',
  condition: 'megaphone',
  barrier: 'milestone',
  queue: 'list-ordered',
};

function nameOfSide(row: SideRow, state: State): Content {
  const { lanes, words } = state;
  const lane = lanes!.sides[row.lane];
  const [name, more] = sideName(lanes!, lane, words);
  const kind =
    lane.section === 'requests' ? lane.section : (lanes!.timeline.resources[lane.resource]?.kind ?? lane.kind);
  const glyph = lane.permit > 0 ? 'blank' : lane.section === 'subprocesses' ? 'terminal' : sideIcons[kind];
  const title = `${name} ${more}`.trim();
  // Of several places in one semaphore only the first is called by its name.
  const label =
    lane.permit > 0
      ? lane.section === 'requests'
        ? // Percentiles: the first matter most.
          cutLabel(more, title)
        : rowLabel(more, title)
      : rowLabel(shown(name, state), title, queryOf(state), { text: more, needed: false });
  return [icon(glyph ?? 'circle-outline'), label];
}

function shown(name: string, { words }: State): string {
  return oneLine(name).trim() === '' ? words('(no name)') : oneLine(name);
}

function queryOf({ searching }: State): string {
  return searching?.text.trim().toLowerCase() ?? '';
}

function nameOfTask(row: Extract<Row, { kind: 'task' }>, state: State): Content {
  const { lanes, words } = state;
  const task = lanes!.timeline.tasks[row.task];
  const twistie = row.children > 0 ? (row.collapsed ? 'chevron-right' : 'chevron-down') : 'blank';
  const branch = icon(twistie, 'twistie');
  if (row.children > 0) branch.dataset.action = 'branch';
  const call = taskCall(task);
  const title = `${call ?? task.coroutine} · ${task.name}`;
  const coroutine = shortName(task.coroutine);
  const isTold = isNumbered(task) || hasTellingName(task);
  const text = call !== undefined ? (isTold ? shown(task.name, state) : '') : isTold ? `${coroutine}()` : '';
  const needed = call !== undefined && isTold && !(task.unique && isNumbered(task));
  const name = rowLabel(shown(call ?? task.name, state), title, queryOf(state), { text, needed });
  const parts = [branch, h('span', { class: `swatch task-${taskColor(row.task)}`, 'aria-hidden': 'true' }), name];
  if (row.nests) {
    const title = row.opened ? words('Hide its coroutines (C)') : words('Show its coroutines (C)');
    const toggle = h('span', { class: 'action', title, 'data-action': 'coroutines', 'aria-hidden': 'true' });
    toggle.append(icon(row.opened ? 'fold-up' : 'fold-down'));
    parts.push(toggle);
  }
  const word = outcomeWord(task.outcome, words);
  const isNew = ghostOf(state)?.before.has(row.task) === false;
  if (isNew) parts.push(h('span', { class: 'difference', title: words('only in this run') }, words('new')));
  const outcome = icon(outcomeIcons[task.outcome.kind], `outcome ${task.outcome.kind}`);
  outcome.title = task.outcome.kind === 'pending' || task.outcome.text === '' ? word : `${word}: ${task.outcome.text}`;
  parts.push(h('span', { class: 'standing', 'data-task': row.task }), outcome, h('span', { class: 'unseen' }, word));
  return parts;
}

const outcomeIcons: Record<Outcome['kind'], string> = {
  result: 'check',
  exception: 'error',
  cancelled: 'circle-slash',
  pending: 'ellipsis',
};
