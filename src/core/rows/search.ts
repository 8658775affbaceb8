import type { Lanes } from '../lanes/lanes';
import { State, type Task, type Timeline } from '../timeline/model';
import type { Wait } from '../trace/records';
import type { Translate } from '../translate';
import { sideName } from '../words/side-lanes';
import { taskCall } from '../words/tasks';
import { tasksLabel } from '../words/waits';

/** What a search has found. */
export interface Found {
  readonly query: string;
  /** In the order of the lanes, and along each. */
  readonly matches: readonly Match[];
  /** By task index: 1 where the task itself matches. */
  readonly tasks: Uint8Array;
  /** Segments that wait for what matches, grouped by task, in time order. */
  readonly segments: Uint32Array;
  /** By task index: where its segments begin in `segments`; one more at the end. */
  readonly firsts: Uint32Array;
  /** Lanes beside the tasks. */
  readonly sides: ReadonlySet<number>;
}

export type Match =
  | { readonly kind: 'task'; readonly task: number }
  | { readonly kind: 'segment'; readonly segment: number }
  | { readonly kind: 'side'; readonly lane: number };

/** Matches beyond this are not collected. */
export const MOST_MATCHES = 20_000;

/** Tasks by name, coroutine and file; segments by what they wait for; locks, queues and workers by name. */
export function search(lanes: Lanes, text: string, t: Translate): Found | undefined {
  const query = text.trim().toLowerCase();
  if (query === '') return undefined;
  const { timeline } = lanes;
  const tasks = matchingTasks(lanes, query);
  const waits = Uint8Array.from(timeline.waits, (wait) => (wait && isAwaited(timeline, wait, query) ? 1 : 0));
  const { segments, firsts } = matchingSegments(lanes, waits);
  const sides = new Set<number>();
  lanes.sides.forEach((side, lane) => {
    if (sideName(lanes, side, t).some((name) => contains(name, query))) sides.add(lane);
  });
  const matches: Match[] = [];
  for (const task of inLaneOrder(lanes)) {
    if (matches.length >= MOST_MATCHES) break;
    if (tasks[task]) matches.push({ kind: 'task', task });
    for (let i = firsts[task]; i < firsts[task + 1] && matches.length < MOST_MATCHES; i++)
      matches.push({ kind: 'segment', segment: segments[i] });
  }
  for (const lane of sides) matches.push({ kind: 'side', lane });
  return { query, matches, tasks, segments, firsts, sides };
}

/** A task that is waited for is found by its name and by what it runs. */
function isAwaited(timeline: Timeline, wait: Wait, query: string): boolean {
  return contains(wait.label, query) || contains(tasksLabel(timeline, wait) ?? '', query);
}

export function contains(text: string, query: string): boolean {
  return text.toLowerCase().includes(query);
}

/** Whether a task's name, its call with arguments or its file has a text in it, given in lower case. */
export function isCalled(task: Task, query: string): boolean {
  const { name, coroutine, code } = task;
  return (
    contains(name, query) ||
    contains(coroutine, query) ||
    contains(taskCall(task) ?? '', query) ||
    (code !== undefined && contains(baseName(code.file), query))
  );
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function matchingTasks({ timeline, indexOf }: Lanes, query: string): Uint8Array {
  const found = Uint8Array.from(timeline.tasks, (task) => (isCalled(task, query) ? 1 : 0));
  // Remember the answer for each code object, since many tasks share one.
  const codes = new Map<object, boolean>();
  for (const { code, task } of timeline.coroutines) {
    let matches = codes.get(code);
    if (matches === undefined) {
      matches = contains(code.function, query);
      codes.set(code, matches);
    }
    const index = matches ? indexOf.get(task) : undefined;
    if (index !== undefined) found[index] = 1;
  }
  return found;
}

function matchingSegments(
  { timeline: { tasks, segments } }: Lanes,
  waits: Uint8Array,
): Pick<Found, 'segments' | 'firsts'> {
  const { state, about, count } = segments;
  const firsts = new Uint32Array(tasks.length + 1);
  if (!waits.includes(1)) return { segments: new Uint32Array(0), firsts };
  let total = 0;
  for (let row = 0; row < count; row++) if (state[row] === State.suspended && waits[about[row]]) total++;
  const found = new Uint32Array(total);
  let at = 0;
  tasks.forEach(({ first, count: own }, task) => {
    firsts[task] = at;
    for (let row = first; row < first + own; row++)
      if (state[row] === State.suspended && waits[about[row]]) found[at++] = row;
  });
  firsts[tasks.length] = at;
  return { segments: found, firsts };
}

/** All tasks, parents before their children. */
export function inLaneOrder({ roots, branches }: Lanes): number[] {
  const order: number[] = [];
  const pending = [...roots].reverse();
  for (let task = pending.pop(); task !== undefined; task = pending.pop()) {
    order.push(task);
    const { children } = branches[task];
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i]);
  }
  return order;
}
