import { LoopKind } from '../timeline/loop-entries';
import { type CallbackRun, State, type Task, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { oneLine } from '../words/labels';
import { taskLabel } from '../words/tasks';
import { waitText } from '../words/waits';
import { Line } from './canvas';
import { nameOf, type TextRows } from './rows';
import type { Symbols } from './symbols';
import { type ChartOptions, inkOf, loopName, symbolOf } from './time-chart';
import { columnsOf, cut } from './width';

/**
 * The lanes over the order of events: every turn of the loop has the same width. On the virtual clock most turns
 * take no time, and only this chart shows which tasks had to wait for their turn.
 */

const WIDEST = 11;
/** Below this the names of what runs cannot be read. */
const READABLE = 7;
const MOST_BANDS = 4;
/** With narrower steps than this, the order cannot be read. */
const NARROWEST = 3;
/** How much is shown of more than that. */
const FIRST_BANDS = 3;

export interface Bands {
  /** Columns of one step. */
  readonly columns: number;
  /** Steps in one band. */
  readonly steps: number;
  readonly count: number;
  /** Steps in all. */
  readonly total: number;
}

/** How the steps are laid out in bands, like staves of music. Of very many only the beginning is shown: `total` is less then. */
export function bandsOf(total: number, room: number): Bands {
  const bands = (columns: number): Bands => {
    const steps = Math.max(1, Math.floor(room / columns));
    return { columns, steps, count: Math.ceil(total / steps), total };
  };
  const fewest = bands(READABLE).count;
  // As few bands as names allow, and then as wide as these permit.
  for (let columns = WIDEST; fewest < MOST_BANDS && columns >= READABLE; columns--) {
    if (bands(columns).count === fewest) return bands(columns);
  }
  for (let columns = READABLE; columns >= NARROWEST; columns--)
    if (bands(columns).count <= MOST_BANDS) return bands(columns);
  const { steps } = bands(READABLE);
  return { columns: READABLE, steps, count: FIRST_BANDS, total: steps * FIRST_BANDS };
}

/** Steps up to the end of the last task that is shown: what asyncio does to tidy up is left out. */
export function stepsShown(timeline: Timeline, { rows }: TextRows): number {
  const { segments } = timeline;
  return Math.max(0, ...rows.map(({ task }) => (task.count > 0 ? segments.endStep[task.first + task.count - 1] : 0)));
}

export function stepChart(timeline: Timeline, rows: TextRows, bands: Bands, options: ChartOptions): Line[] {
  const lines: Line[] = [];
  for (let band = 0; band < bands.count; band++) {
    const first = band * bands.steps;
    const part = { first, last: Math.min(first + bands.steps, bands.total), columns: bands.columns };
    if (band > 0) lines.push(new Line());
    lines.push(...stave(timeline, rows, part, options));
  }
  return lines;
}

/** Steps `first` … `last - 1`. */
interface Part {
  readonly first: number;
  readonly last: number;
  readonly columns: number;
}

function stave(timeline: Timeline, { lanes, rows }: TextRows, part: Part, options: ChartOptions): Line[] {
  const { names, symbols, translate: t } = options;
  const time = new Line();
  time.put(0, cut(t('time'), names, symbols.ellipsis), 'faint');
  // On this axis each turn has its own column, whichever loop it belongs to. A line for each loop shows which turns are its own.
  const loops = lanes.loops.map((lane) => {
    const made = new Line();
    made.put(0, cut(loopName(lane, t), names, symbols.ellipsis), 'strong');
    return made;
  });
  paintTurns(time, loops, timeline, lanes, part, options);
  const lines = [time, ...loops];
  for (const row of rows) {
    const made = nameOf(row, names, symbols);
    if (paintTask(made, timeline, row.task, part, options)) lines.push(made);
  }
  const output = outputLine(timeline, part, options);
  if (output) lines.push(output);
  return lines;
}

function paintTurns(
  time: Line,
  made: readonly Line[],
  timeline: Timeline,
  { loop, loops }: TextRows['lanes'],
  part: Part,
  options: ChartOptions,
): void {
  const { names, symbols, translate: t } = options;
  const threads = new Map(timeline.loops.map(({ id, thread }) => [id, thread]));
  const laneOf = (i: number) =>
    made[
      Math.max(
        0,
        loops.findIndex(({ thread }) => thread === threads.get(loop.loop[i])),
      )
    ];
  let shown = '';
  let free = 0;
  for (let i = 0; i < loop.count; i++) {
    const step = loop.startStep[i];
    if (step < part.first || step >= part.last || loop.nested[i]) continue;
    const at = names + 1 + (step - part.first) * part.columns;
    const room = part.columns - 1;
    const line = laneOf(i);
    const moment = formatDuration(loop.start[i]);
    if (moment !== shown && at >= free) {
      free = time.put(at, moment, 'faint') + 1;
      shown = moment;
    }
    if (loop.kind[i] === LoopKind.step) {
      const task = timeline.tasks[timeline.segments.task[loop.ref[i]]];
      const label = taskLabel(task);
      // The name says more than half a call.
      const name = columnsOf(label) <= room ? label : shortened(oneLine(task.name), room, symbols);
      line.put(at, columnsOf(name) >= 2 || room >= 2 ? name : symbols.running, 'running');
    } else if (loop.kind[i] === LoopKind.idle) {
      const length = formatDuration(loop.end[i] - loop.start[i]);
      const label = [`${t('idle')} ${length}`, length].find((text) => columnsOf(text) <= room);
      line.put(at, label ?? symbols.idle.repeat(Math.max(1, room)), 'faint');
    } else {
      const why = whyCalled(timeline.callbacks[loop.ref[i]], t);
      line.put(line.put(at, symbols.callback, 'faint'), columnsOf(why) < room ? why : '', 'faint');
    }
  }
}

function whyCalled({ cause }: CallbackRun, t: Translate): string {
  if (cause === 'timer') return t('timer');
  if (cause === 'io') return t('I/O');
  if (cause === 'thread') return t('thread');
  return cause === 'signal' ? t('signal') : t('callback');
}

/** Of asyncio's own names the number matters: `Task-12` → `T-12`. */
function shortened(name: string, room: number, symbols: Symbols): string {
  return cut(columnsOf(name) > room ? name.replace(/^Task-(?=\d+$)/, 'T-') : name, room, symbols.ellipsis);
}

/** @returns whether the task lives in this part */
function paintTask(made: Line, timeline: Timeline, task: Task, part: Part, options: ChartOptions): boolean {
  const { segments } = timeline;
  const { names, symbols } = options;
  let lives = false;
  for (let i = task.first; i < task.first + task.count; i++) {
    const start = Math.max(segments.startStep[i], part.first);
    const end = Math.min(segments.endStep[i], part.last);
    if (start >= end) continue;
    lives = true;
    const at = names + 1 + (start - part.first) * part.columns;
    const length = (end - start) * part.columns;
    const state = segments.state[i];
    made.put(at, symbolOf(state, symbols).repeat(length), inkOf(state));
    // Two steps in a row are two, not one long one.
    if (state === State.running && length > 1 && runsAgain(segments, i, task))
      made.put(at + length - 1, symbols.edge, 'running');
    if (state !== State.suspended) continue;
    const label = cut(waitText(timeline, i, options.translate), length - 4, symbols.ellipsis);
    if (columnsOf(label) >= 3) made.put(at + 1, ` ${label} `, 'label');
  }
  return lives;
}

function runsAgain({ state, startStep, endStep }: Timeline['segments'], i: number, { first, count }: Task): boolean {
  for (let next = i + 1; next < first + count && startStep[next] === endStep[i]; next++) {
    if (state[next] === State.running) return true;
  }
  return false;
}

/** What was printed, under the step that printed it. */
function outputLine(
  { output }: Timeline,
  part: Part,
  { names, symbols, translate: t, width }: ChartOptions,
): Line | undefined {
  const texts = new Map<number, string>();
  for (const { step, text } of output) {
    if (step < part.first || step >= part.last) continue;
    const said = oneLine(text.trimEnd());
    if (said !== '') texts.set(step, texts.has(step) ? `${texts.get(step)} ${symbols.bar} ${said}` : said);
  }
  if (texts.size === 0) return undefined;
  const made = new Line();
  made.put(0, cut(t('output'), names, symbols.ellipsis), 'strong');
  const steps = [...texts.keys()];
  steps.forEach((step, i) => {
    const at = names + 1 + (step - part.first) * part.columns;
    const next = i + 1 < steps.length ? names + (steps[i + 1] - part.first) * part.columns : width;
    const said = cut(texts.get(step)!, next - at, symbols.ellipsis);
    made.put(at, said === '' || said === symbols.ellipsis ? symbols.dot : said, 'output');
  });
  return made;
}
