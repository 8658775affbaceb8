import { taskColor } from '../src/core/colors';
import { outcomeWord } from '../src/core/describe';
import { foreignText } from '../src/core/foreign';
import { shortName } from '../src/core/layout-labels';
import type { Outcome } from '../src/core/model';
import type { LoopRow, Row } from '../src/core/rows';
import { h, icon } from './dom';
import type { State } from './store';

/** What stands at the left of each kind of lane. */

type Content = readonly (Node | string)[];
type Name<K extends Row['kind']> = (row: Extract<Row, { kind: K }>, state: State) => Content;

const names: { readonly [K in Row['kind']]: Name<K> } = {
  loop: nameOfLoop,
  thread: nameOfLoop,
  task: nameOfTask,
  coroutines({ spans }) {
    const text = [...new Set(spans.slice(0, 20).map((span) => shortName(span.code.function)))].join(', ');
    return [icon('symbol-method'), h('span', { class: 'text', title: text }, text)];
  },
  output: (_, { words }) => [icon('output'), h('span', { class: 'text' }, words('Output'))],
};

export function nameOf<K extends Row['kind']>(row: Extract<Row, { kind: K }>, state: State): Content {
  return names[row.kind as K](row, state);
}

function nameOfLoop(row: LoopRow, { lanes, words }: State): Content {
  const { thread, foreign } = lanes!.loops[row.lane];
  const title = foreign.map((name) => foreignText(name, words)).join(' ');
  const name = thread === '' ? words('Event loop') : words('Event loop in {0}', thread);
  return [icon('sync'), h('span', { class: 'text', title: title || name }, title === '' ? name : `${name} *`)];
}

function nameOfTask(row: Extract<Row, { kind: 'task' }>, { lanes, words }: State): Content {
  const task = lanes!.timeline.tasks[row.task];
  const twistie = row.children > 0 ? (row.collapsed ? 'chevron-right' : 'chevron-down') : 'blank';
  const branch = icon(twistie, 'twistie');
  if (row.children > 0) branch.dataset.action = 'branch';
  const name = h('span', { class: 'text', title: `${task.name} · ${task.coroutine}` }, task.name);
  const coroutine = shortName(task.coroutine);
  if (coroutine !== task.name) name.append(' ', h('span', { class: 'quiet' }, `${coroutine}()`));
  const parts = [branch, h('span', { class: `swatch task-${taskColor(row.task)}`, 'aria-hidden': 'true' }), name];
  if (row.nests) {
    const title = row.opened ? words('Hide its coroutines (C)') : words('Show its coroutines (C)');
    const toggle = h('span', { class: 'action', title, 'data-action': 'coroutines', 'aria-hidden': 'true' });
    toggle.append(icon(row.opened ? 'fold-up' : 'fold-down'));
    parts.push(toggle);
  }
  const word = outcomeWord(task.outcome, words);
  const outcome = icon(outcomeIcons[task.outcome.kind], `outcome ${task.outcome.kind}`);
  outcome.title = task.outcome.kind === 'pending' || task.outcome.text === '' ? word : `${word}: ${task.outcome.text}`;
  parts.push(outcome, h('span', { class: 'unseen' }, word));
  return parts;
}

const outcomeIcons: Record<Outcome['kind'], string> = {
  result: 'check',
  exception: 'error',
  cancelled: 'circle-slash',
  pending: 'ellipsis',
};
