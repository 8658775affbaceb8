import { wakeReason } from '../../src/core/causes/wakes';
import { stateWord } from '../../src/core/describe/describe';
import { ghostTable } from '../../src/core/describe/ghost';
import { groupTable } from '../../src/core/describe/group';
import { sideTable } from '../../src/core/describe/side-table';
import { State as TaskState } from '../../src/core/timeline/model';
import { formatDuration } from '../../src/core/units';
import { taskLabel } from '../../src/core/words/tasks';
import { waitText } from '../../src/core/words/waits';
import { type Naming, wakerWords } from '../../src/core/words/wakes';
import { describe } from '../interact/selection';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import { ghostOf } from '../state/derived';
import { isLive, type State, segmentOf, taskOf, type View } from '../state/store';

/** Rows of the table: the segments around the selected one. */
const MOST_ROWS = 200;
/** Fewer while the program runs, because the table is rebuilt again and again. */
const MOST_LIVE_ROWS = 50;

const NAMES: Naming = { task: ({ name }) => name, text: (text) => text };

/** An accessible table of the selected lane for screen readers. A live region announces changes of the selection. */
export class LaneTables implements View {
  constructor(private readonly parts: Parts) {}

  update(state: State, previous: State): void {
    const { lanes, selection, words: t } = state;
    const { stage, twin, live } = this.parts;
    if (
      lanes === previous.lanes &&
      state.older === previous.older &&
      selection === previous.selection &&
      t === previous.words
    )
      return;
    const tasks = lanes ? lanes.timeline.tasks.length - lanes.library.size : 0;
    stage.setAttribute('aria-label', t('Timeline of {0} tasks', tasks));
    stage.setAttribute(
      'aria-description',
      t('Arrow keys walk from segment to segment and from lane to lane, Enter opens the line, plus and minus zoom.'),
    );
    twin.replaceChildren(...(lanes ? [table(state), ...differences(state)] : []));
    const description = selection && describe(state, selection);
    if (selection !== previous.selection && description) {
      const facts = description.facts.slice(2).map(({ term, text }) => (text === '' ? '' : `${term}: ${text}`));
      live.textContent = [description.title, description.facts[1]?.text, ...facts].filter(Boolean).join('. ');
    }
  }
}

/** Both runs task by task, as a table. */
function differences(state: State): HTMLElement[] {
  const ghost = ghostOf(state);
  if (!ghost) return [];
  const { caption, heads, rows } = ghostTable(ghost, state.lanes!, MOST_ROWS, state.words);
  return [tableOf(caption, heads, rows)];
}

function table(state: State): HTMLElement {
  const { lanes, words: t, selection } = state;
  if (selection?.kind === 'group') {
    const { caption, heads, rows } = groupTable(lanes!, selection.group, MOST_ROWS, t);
    return tableOf(caption, heads, rows);
  }
  if (selection?.kind === 'side') {
    const { caption, heads, rows } = sideTable(lanes!, selection.lane, selection.entry, MOST_ROWS, t);
    return tableOf(caption, heads, rows);
  }
  const most = isLive(state) ? MOST_LIVE_ROWS : MOST_ROWS;
  const { timeline } = lanes!;
  const task = timeline.tasks[taskOf(lanes!, selection) ?? 0];
  if (!task) return h('p', {}, t('The program created no task.'));
  const { segments } = timeline;
  const chosen = segmentOf(selection) ?? task.first;
  const last = task.first + task.count;
  const from = Math.max(task.first, Math.min(chosen - most / 2, last - most));
  const to = Math.min(last, from + most);
  const rows: string[][] = [];
  for (let i = from; i < to; i++) {
    const suspended = segments.state[i] === TaskState.suspended;
    const ready = segments.state[i] === TaskState.ready;
    const about = suspended
      ? waitText(timeline, i, t)
      : ready
        ? wakerWords(timeline, wakeReason(timeline, i), t, NAMES)
        : '';
    rows.push([
      stateWord(segments.state[i], t),
      formatDuration(segments.start[i]),
      formatDuration(segments.end[i]),
      about,
    ]);
  }
  const heads = [t('State'), t('From'), t('To'), t('Waits for or woken by')];
  const caption = t(
    'Segments {0} to {1} of {2} of {3}',
    from - task.first + 1,
    to - task.first,
    task.count,
    taskLabel(task),
  );
  return tableOf(caption, heads, rows);
}

export function tableOf(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  return h(
    'table',
    {},
    h('caption', {}, caption),
    h('thead', {}, h('tr', {}, ...heads.map((text) => h('th', { scope: 'col' }, text)))),
    h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells.map((cell) => h('td', {}, cell))))),
  );
}
