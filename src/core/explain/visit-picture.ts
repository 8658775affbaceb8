import { taskColor } from '../colors';
import type { Palette } from '../palette';
import { State, type Timeline } from '../timeline/model';
import { type CssPixels, formatDuration, type Seconds } from '../units';
import { taskLabel } from '../words/tasks';

/** A small timeline of one source line: a row for each task, with its waits at the line and the steps after them. */
export interface VisitPicture {
  readonly svg: string;
  readonly width: CssPixels;
  readonly height: CssPixels;
}

/** With more tasks than this, words replace the picture. */
const MOST_ROWS = 5;
const WIDTH = 400;
const MOST_NAMES = 126;
const MOST_LETTERS = 17;
/** Estimated width of a letter, in CSS pixels. */
const LETTER = 6.6;
const ROW = 18;
const BAR = 12;
const AXIS = 16;
/** A state that took no time is still to be seen. */
const LEAST = 2;

interface Box {
  readonly state: number;
  from: CssPixels;
  to: CssPixels;
}

/** Draws the visits of a line; undefined if there are none. @param visits rows of suspended segments, in the order in which they began */
export function visitPicture(timeline: Timeline, visits: Uint32Array, palette: Palette): VisitPicture | undefined {
  const byTask = rowsByTask(timeline, visits);
  if (byTask.size === 0) return undefined;
  const shown = [...byTask];
  const [start, end] = span(timeline, visits);
  const names = shown.map(([task]) => shortName(timeline, task));
  const left = Math.min(MOST_NAMES, Math.max(...names.map((name) => [...name].length)) * LETTER + 8);
  const scale = (WIDTH - left - 4) / (end - start || 1);
  const x = (time: Seconds) => left + (time - start) * scale;
  const height = shown.length * ROW + AXIS;
  const rows = shown.map(([task, rows], i) => {
    const color = palette.tasks[taskColor(task)];
    const boxes = merged(boxesOf(timeline, rows, x));
    return [
      `<text x="${left - 8}" y="${i * ROW + 12}" text-anchor="end" fill="${palette.ink}">${xml(names[i])}</text>`,
      ...boxes.map((box) => boxMark(box, i, color, palette)),
    ].join('');
  });
  const axisY = shown.length * ROW + 0.5;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK KR', sans-serif" font-size="11">`,
    `<defs>${shown.map(([task], i) => hatch(i, palette.tasks[taskColor(task)])).join('')}</defs>`,
    ...rows,
    `<path d="M${left} ${axisY}H${WIDTH - 4}" stroke="${palette.line}"/>`,
    `<text x="${left}" y="${height - 3}" fill="${palette.ink}">${formatDuration(start)}</text>`,
    `<text x="${WIDTH - 4}" y="${height - 3}" text-anchor="end" fill="${palette.ink}">${formatDuration(end)}</text>`,
    '</svg>',
  ];
  return { svg: svg.join(''), width: WIDTH, height };
}

/** Task index → its visits, of those tasks that came first. */
function rowsByTask({ segments }: Timeline, visits: Uint32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (const row of visits) {
    const own = rows.get(segments.task[row]);
    if (own) own.push(row);
    else if (rows.size < MOST_ROWS) rows.set(segments.task[row], [row]);
  }
  return rows;
}

function span({ segments, tasks }: Timeline, visits: Uint32Array): [start: Seconds, end: Seconds] {
  let [start, end] = [Infinity, -Infinity];
  for (const row of visits) {
    const { first, count } = tasks[segments.task[row]];
    start = Math.min(start, segments.start[row]);
    end = Math.max(end, segments.end[Math.min(row + 2, first + count - 1)]);
  }
  return [start, end];
}

/** A wait, the ready time after it, and the step that resumes the task. */
function* boxesOf({ segments, tasks }: Timeline, rows: readonly number[], x: (time: Seconds) => CssPixels) {
  for (const row of rows) {
    const { first, count } = tasks[segments.task[row]];
    const last = Math.min(row + 2, first + count - 1);
    for (let i = row; i <= last; i++) {
      const state = segments.state[i];
      if (i > row && state === State.suspended) break;
      const took = segments.end[i] - segments.start[i];
      if (took === 0 && state === State.ready) continue;
      const from = x(segments.start[i]);
      yield { state, from, to: Math.max(x(segments.end[i]), from + (state === State.running ? LEAST : 0)) };
    }
  }
}

/** Merges neighbours in the same state that are less than a pixel apart. */
function merged(boxes: Iterable<Box>): Box[] {
  const found: Box[] = [];
  const last: (Box | undefined)[] = [];
  for (const box of boxes) {
    const before = last[box.state];
    if (before && box.from - before.to < 1 && box.to - box.from < LEAST + 1) before.to = Math.max(before.to, box.to);
    else {
      found.push(box);
      last[box.state] = box;
    }
  }
  return found.sort((a, b) => ORDER[a.state] - ORDER[b.state]);
}

/** What is short lies over what is long. */
const ORDER = { [State.suspended]: 0, [State.ready]: 1, [State.running]: 2 } as Readonly<Record<number, number>>;

function boxMark({ state, from, to }: Box, row: number, color: string, { outlined }: Palette): string {
  const place = `x="${round(from)}" y="${row * ROW + 3}" height="${BAR}"`;
  const width = `width="${round(Math.max(to - from, state === State.suspended ? 1 : LEAST))}"`;
  if (state === State.running) return `<rect ${place} ${width} fill="${color}"/>`;
  if (state === State.ready) return `<rect ${place} ${width} fill="url(#h${row})" stroke="${color}"/>`;
  const [fill, stroke] = outlined ? ['0', '1'] : ['.18', '.6'];
  return `<rect ${place} ${width} fill="${color}" fill-opacity="${fill}" stroke="${color}" stroke-opacity="${stroke}"/>`;
}

function hatch(row: number, color: string): string {
  return `<pattern id="h${row}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="${color}" stroke-width="3"/></pattern>`;
}

/** As the lanes call it, elided in the middle: the arguments tell tasks apart. */
function shortName({ tasks }: Timeline, task: number): string {
  const points = [...taskLabel(tasks[task])];
  if (points.length <= MOST_LETTERS) return points.join('');
  const end = (MOST_LETTERS - 1) >> 1;
  return `${points.slice(0, MOST_LETTERS - 1 - end).join('')}…${points.slice(-end).join('')}`;
}

function xml(text: string): string {
  const plain = text.replace(/[^\P{C}]/gu, '');
  return plain.replace(/[&<>"']/g, (each) => `&#${each.charCodeAt(0)};`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
