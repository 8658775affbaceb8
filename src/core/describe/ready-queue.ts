import type { Lanes } from '../lanes/lanes';
import { firstWhere } from '../sorted';
import { State, type Timeline } from '../timeline/model';
import type { Seconds } from '../units';

/** The queues of a loop at the end of a turn: tasks that are ready, and sleeps that are due later. */

/** Only this many are counted in longer queues. */
const MOST_COUNTED = 1000;
/** With more tasks than this, a list of timers is too long to read. */
const MOST_TASKS = 500;

/** Rows of ready segments, in the order of the turns that end them. */
const known = new WeakMap<Lanes, Uint32Array>();

/** Rows of `Segments` of the tasks that are ready after `turn`, the next one first. */
export function readyAfter(lanes: Lanes, loop: number, turn: number): number[] {
  const { segments, tasks } = lanes.timeline;
  const queue = known.get(lanes) ?? inOrder(lanes);
  known.set(lanes, queue);
  const found: number[] = [];
  for (let i = firstWhere(0, queue.length, (at) => segments.endStep[queue[at]] > turn); i < queue.length; i++) {
    const row = queue[i];
    if (tasks[segments.task[row]].loop !== loop) continue;
    // The queue is first in, first out: later ones have later turns.
    if (segments.startStep[row] > turn + 1 || found.length >= MOST_COUNTED) break;
    found.push(row);
  }
  return found;
}

function inOrder({ timeline: { segments }, library }: Lanes): Uint32Array {
  const { state, task, endStep } = segments;
  const found: number[] = [];
  let ordered = true;
  for (let row = 0; row < segments.count; row++) {
    if (state[row] !== State.ready || library.has(task[row])) continue;
    ordered &&= found.length === 0 || endStep[found[found.length - 1]] <= endStep[row];
    found.push(row);
  }
  const rows = Uint32Array.from(found);
  return ordered ? rows : rows.sort((a, b) => endStep[a] - endStep[b] || a - b);
}

/** Sleeps that are not over after `turn`, by the time when they are due, the earliest first. Empty if there are too many tasks. */
export function sleepsAfter({ timeline, library }: Lanes, loop: number, turn: number): Map<Seconds, number[]> {
  const { tasks } = timeline;
  const due: [Seconds, number][] = [];
  if (tasks.length > MOST_TASKS) return new Map();
  tasks.forEach((task, index) => {
    if (task.loop !== loop || library.has(index)) return;
    const row = suspendedAt(timeline, index, turn);
    const time = row === undefined ? undefined : dueTime(timeline, row);
    if (row !== undefined && time !== undefined) due.push([time, row]);
  });
  due.sort(([a, one], [b, other]) => a - b || one - other);
  const groups = new Map<Seconds, number[]>();
  for (const [time, row] of due) {
    const group = groups.get(time);
    if (group) group.push(row);
    else groups.set(time, [row]);
  }
  return groups;
}

function suspendedAt({ tasks, segments }: Timeline, task: number, turn: number): number | undefined {
  const { first, count } = tasks[task];
  const row = firstWhere(first, first + count, (at) => segments.endStep[at] > turn + 1);
  const suspended =
    row < first + count && segments.state[row] === State.suspended && segments.startStep[row] <= turn + 1;
  return suspended ? row : undefined;
}

/** When the timer of a sleep is due: when it woke its task; if something else did, after the delay. */
export function dueTime({ segments, tasks, waits }: Timeline, row: number): Seconds | undefined {
  const wait = waits[segments.about[row]];
  const delay = wait?.fields.delay;
  if (wait?.kind !== 'sleep' || typeof delay !== 'number' || !(delay > 0)) return undefined;
  const task = tasks[segments.task[row]];
  const planned = segments.start[row] + delay;
  const ended = row + 1 < task.first + task.count ? segments.end[row] : undefined;
  return ended !== undefined && Math.abs(ended - planned) < TOLERANCE ? ended : planned;
}

/** How much the time at the end of a step may differ from the time when a timer was set in it. */
const TOLERANCE: Seconds = 0.005;
