import { taskColor } from '../../src/core/colors';
import { outcomeWord } from '../../src/core/describe/describe';
import type { GroupRow, LoopRow, Row, RowOf, SectionRow, SideRow } from '../../src/core/rows/row';
import type { Outcome } from '../../src/core/timeline/model';
import { foreignText } from '../../src/core/words/foreign-loops';
import { oneLine } from '../../src/core/words/labels';
import { shortName } from '../../src/core/words/names';
import { sectionName, sideName } from '../../src/core/words/side-lanes';
import { taskCall } from '../../src/core/words/tasks';
import { h, icon } from '../page/dom';
import { ghostOf } from '../state/derived';
import type { State } from '../state/store';
import { nameOfGhost, nameOfGhosts } from './ghost-names';

/** What stands at the left of each kind of lane. */

type Content = readonly (Node | string)[];
type Name<K extends Row['kind']> = (row: RowOf<K>, state: State) => Content;

const names: { readonly [K in Row['kind']]: Name<K> } = {
  loop: nameOfLoop,
  thread: nameOfLoop,
  task: nameOfTask,
  coroutines({ spans }) {
    const text = [...new Set(spans.slice(0, 20).map((span) => shortName(span.code.function)))].join(', ');
    return [icon('symbol-method'), h('span', { class: 'text', title: text }, text)];
  },
  group: nameOfGroup,
  section: nameOfSection,
  ghost: nameOfGhost,
  ghosts: nameOfGhosts,
  side: nameOfSide,
  logs: (_, { words }) => [icon('notebook'), h('span', { class: 'text' }, words('Log'))],
  output: (_, { words }) => [icon('output'), h('span', { class: 'text' }, words('Output'))],
};

export function nameOf<K extends Row['kind']>(row: RowOf<K>, state: State): Content {
  return names[row.kind as K](row, state);
}

function nameOfLoop(row: LoopRow, { lanes, words }: State): Content {
  const { thread, foreign } = lanes!.loops[row.lane];
  const title = foreign.map((name) => foreignText(name, words)).join(' ');
  const name = thread === '' ? words('Event loop') : words('Event loop in {0}', thread);
  return [icon('sync'), h('span', { class: 'text', title: title || name }, title === '' ? name : `${name} *`)];
}

function nameOfGroup({ group, opened }: GroupRow, state: State): Content {
  const { lanes } = state;
  const { members, coroutine } = lanes!.groups[group];
  const twistie = icon(opened ? 'chevron-down' : 'chevron-right', 'twistie');
  twistie.dataset.action = 'group';
  const name = h('span', { class: 'text', title: coroutine }, ...marked(`${shortName(coroutine)}()`, state));
  name.append(' ', h('span', { class: 'count' }, `×${members.length}`));
  return [twistie, h('span', { class: `swatch task-${taskColor(members[0])}`, 'aria-hidden': 'true' }), name];
}

function nameOfSection({ section, folded, lanes }: SectionRow, { words }: State): Content {
  const title = h('span', { class: 'text' }, sectionName(section, words));
  return [
    icon(folded ? 'chevron-right' : 'chevron-down', 'twistie'),
    title,
    h('span', { class: 'quiet' }, String(lanes)),
  ];
}

const sideIcons: Readonly<Record<string, string>> = {
  jobs: 'server-process',
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
  const kind = lanes!.timeline.resources[lane.resource]?.kind ?? lane.kind;
  const glyph = lane.permit > 0 ? 'blank' : lane.section === 'subprocesses' ? 'terminal' : sideIcons[kind];
  const text = h(
    'span',
    { class: 'text', title: `${name} ${more}`.trim() },
    ...(lane.permit > 0 ? [] : marked(name, state)),
  );
  if (more !== '') text.append(' ', h('span', { class: 'quiet' }, more));
  return [icon(glyph ?? 'circle-outline'), text];
}

/** A name, with what a search found in it marked. */
function marked(name: string, { searching, words }: State): (Node | string)[] {
  const text = oneLine(name).trim() === '' ? words('(no name)') : oneLine(name);
  const query = searching?.text.trim().toLowerCase() ?? '';
  const at = query === '' ? -1 : text.toLowerCase().indexOf(query);
  if (at < 0) return [text];
  return [text.slice(0, at), h('mark', {}, text.slice(at, at + query.length)), text.slice(at + query.length)];
}

function nameOfTask(row: Extract<Row, { kind: 'task' }>, state: State): Content {
  const { lanes, words } = state;
  const task = lanes!.timeline.tasks[row.task];
  const twistie = row.children > 0 ? (row.collapsed ? 'chevron-right' : 'chevron-down') : 'blank';
  const branch = icon(twistie, 'twistie');
  if (row.children > 0) branch.dataset.action = 'branch';
  const call = taskCall(task);
  const title = `${call ?? task.coroutine} · ${task.name}`;
  const name = h('span', { class: 'text', title }, ...marked(call ?? task.name, state));
  const coroutine = shortName(task.coroutine);
  const beside = call !== undefined ? task.name : coroutine === task.name ? '' : `${coroutine}()`;
  if (beside !== '') name.append(' ', h('span', { class: 'quiet' }, ...marked(beside, state)));
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
