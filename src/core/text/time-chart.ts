import { LoopKind, type LoopLane } from '../timeline/loop-entries';
import { Flag, State, type Task, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { formatTick } from '../words/labels';
import { waitText } from '../words/waits';
import { type Ink, Line } from './canvas';
import { nameOf, outcomeText, type TextRows } from './rows';
import type { Symbols } from './symbols';
import { columnsOf, cut } from './width';

/** The lanes over time: a column is a stretch of time, a step of no length is a mark. */

export interface ChartOptions {
  /** Columns of the whole picture, and of the names at its left. */
  readonly width: number;
  readonly names: number;
  readonly symbols: Symbols;
  readonly translate: Translate;
}

/** Column ← time. */
interface Scale {
  readonly columns: number;
  readonly duration: number;
  /** Of a moment. */
  at(time: number): number;
}

export function timeChart(timeline: Timeline, { lanes, rows }: TextRows, options: ChartOptions): Line[] {
  const { symbols, names, width, translate } = options;
  const scale = scaleOf(timeline.duration, width - names - 1);
  const lines = [...axis(scale, options)];
  lanes.loops.forEach((lane) => {
    const loop = new Line();
    loop.put(0, cut(loopName(lane, translate), names, symbols.ellipsis), 'strong');
    paintLoop(loop, timeline, lanes, lane, scale, options);
    lines.push(loop);
  });
  for (const row of rows) {
    const made = nameOf(row, names, symbols);
    paintTask(made, timeline, row.task, scale, options);
    lines.push(made);
  }
  if (timeline.output.length > 0) {
    const marks = new Line();
    marks.put(0, cut(translate('output'), names, symbols.ellipsis), 'strong');
    for (const { time } of timeline.output) marks.put(names + 1 + scale.at(time), symbols.dot, 'output');
    lines.push(marks);
  }
  return lines;
}

function scaleOf(duration: number, columns: number): Scale {
  return {
    columns,
    duration,
    at: (time) => Math.max(0, Math.min(columns - 1, Math.floor((time / duration) * columns + 1e-9))),
  };
}

function axis(scale: Scale, { names, symbols }: ChartOptions): Line[] {
  const labels = new Line();
  const rule = new Line();
  const left = names + 1;
  const step = niceStep(scale.duration, Math.max(2, Math.floor(scale.columns / 12)));
  rule.put(left, symbols.axis.repeat(scale.columns), 'faint');
  let free = 0;
  for (let i = 0; i * step <= scale.duration * (1 + 1e-9); i++) {
    const at = left + scale.at(i * step);
    const label = formatTick(i * step, step, scale.duration);
    rule.put(at, symbols.tick, 'faint');
    // The last label stands left of its tick where there is no room at its right.
    const from = Math.min(at, left + scale.columns - columnsOf(label));
    if (from < free) continue;
    free = labels.put(from, label, 'faint') + 1;
  }
  return [labels, rule];
}

/** A distance of ticks of 1, 2 or 5 times a power of ten. */
export function niceStep(duration: number, most: number): number {
  const raw = duration / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 5, 10].find((each) => each * power >= raw * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** What fills each column: the time in each state, and whether a step touches it. */
class Cells {
  readonly #times: readonly Float64Array[];
  readonly #touched: Uint8Array;

  constructor(private readonly scale: Scale) {
    this.#times = [0, 1, 2].map(() => new Float64Array(scale.columns));
    this.#touched = new Uint8Array(scale.columns);
  }

  add(state: number, start: number, end: number): void {
    const { scale } = this;
    const size = scale.duration / scale.columns;
    const first = scale.at(start);
    const last = scale.at(end);
    if (state === State.running) this.#touched[first] = 1;
    for (let i = first; i <= last; i++) {
      this.#times[state][i] += Math.max(0, Math.min(end, (i + 1) * size) - Math.max(start, i * size));
    }
  }

  state(i: number): { readonly state: number; readonly moment: boolean } | undefined {
    const [ready, running, suspended] = this.#times.map((times) => times[i]);
    const all = ready + running + suspended;
    if (all > 0 && running >= all / 2) return { state: State.running, moment: false };
    if (this.#touched[i] === 1) return { state: State.running, moment: true };
    if (all === 0) return undefined;
    return {
      state: running > 0 ? State.running : ready >= suspended ? State.ready : State.suspended,
      moment: running > 0,
    };
  }
}

function paintTask(made: Line, timeline: Timeline, task: Task, scale: Scale, options: ChartOptions): void {
  const { symbols, names } = options;
  const left = names + 1;
  const { segments } = timeline;
  const cells = new Cells(scale);
  for (let i = task.first; i < task.first + task.count; i++)
    cells.add(segments.state[i], segments.start[i], segments.end[i]);
  const states = Array.from({ length: scale.columns }, (_, i) => cells.state(i));
  states.forEach((cell, i) => {
    if (cell) made.put(left + i, cell.moment ? symbols.moment : symbolOf(cell.state, symbols), inkOf(cell.state));
  });
  for (let i = task.first; i < task.first + task.count; i++) {
    if (segments.state[i] !== State.suspended) continue;
    let from = scale.at(segments.start[i]);
    const to = scale.at(segments.end[i]);
    while (from < to && states[from]?.state !== State.suspended) from++;
    // A segment shorter than this could not hold the shortest label.
    const open = segments.flags[i] & Flag.open ? 1 : 0;
    const room = to - from + open - 3;
    const label = room >= 3 ? cut(waitText(timeline, i, options.translate), room - 2, symbols.ellipsis) : '';
    if (columnsOf(label) >= 3) made.put(left + from + 2, ` ${label} `, 'label');
  }
  const end = scale.at(task.ended) + 2;
  const text = cut(outcomeText(task, symbols), scale.columns - end, symbols.ellipsis);
  if (text.length > 2) made.put(left + end, text, task.outcome.kind === 'result' ? 'faint' : 'bad');
}

function paintLoop(
  made: Line,
  timeline: Timeline,
  { loop }: TextRows['lanes'],
  { entries }: LoopLane,
  scale: Scale,
  options: ChartOptions,
): void {
  const { symbols, names, translate } = options;
  const left = names + 1;
  const cells = new Cells(scale);
  const idle: number[] = [];
  for (let at = 0; at < (entries?.length ?? loop.count); at++) {
    const i = entries?.[at] ?? at;
    if (loop.nested[i]) continue;
    if (loop.kind[i] === LoopKind.idle) idle.push(loop.ref[i]);
    cells.add(loop.kind[i] === LoopKind.idle ? State.suspended : State.running, loop.start[i], loop.end[i]);
  }
  for (let i = 0; i < scale.columns; i++) {
    const cell = cells.state(i);
    if (!cell) continue;
    const running = cell.state === State.running;
    made.put(
      left + i,
      running ? (cell.moment ? symbols.moment : symbols.running) : symbols.idle,
      running ? 'running' : 'faint',
    );
  }
  for (const { start, end } of idle.map((ref) => timeline.idle[ref])) {
    const from = scale.at(start) + 1;
    const label = ` ${translate('idle')} ${formatDuration(end - start)} `;
    if (scale.at(end) - from >= columnsOf(label) + 4) made.put(left + from + 2, label, 'faint');
  }
}

/** With its thread, where loops run in several. */
export function loopName({ thread }: LoopLane, t: Translate): string {
  return thread === '' ? t('event loop') : t('event loop in {0}', thread);
}

export function symbolOf(state: number, symbols: Symbols): string {
  return state === State.running ? symbols.running : state === State.ready ? symbols.ready : symbols.suspended;
}

export function inkOf(state: number): Ink {
  return state === State.running ? 'running' : state === State.ready ? 'ready' : 'suspended';
}
