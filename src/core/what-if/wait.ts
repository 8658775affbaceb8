import { State, type Task, type Timeline } from '../timeline/model';
import type { Change, ChangedTask } from '../trace/change';
import type { Site } from '../trace/records';
import type { Seconds } from '../units';

/** A wait that may be made to take another time: the change that would do it, and how long it takes. */
export interface ChangeableWait {
  readonly change: Omit<Change, 'to'>;
  readonly delay: Seconds;
  /** What it is: a sleep, or what a comment of the program simulates. */
  readonly kind: 'sleep' | 'simulated';
}

/** What a segment waits for, if that is a time which can be changed and its place in the source is known. */
export function changeableWait(timeline: Timeline, segment: number): ChangeableWait | undefined {
  const { segments, tasks, meta } = timeline;
  const waited = timed(timeline, segment);
  if (!waited || meta.clock !== 'virtual' || meta.clipped) return undefined;
  const task = tasks[segments.task[segment]];
  const place = placeOf(timeline, segment);
  if (!place || task.createdBefore) return undefined;
  const { line, column } = place;
  return {
    ...waited,
    change: {
      file: place.code.file,
      line,
      column,
      task: changedTask(timeline, task),
      visit: visitOf(timeline, segment, place),
    },
  };
}

function timed({ segments, waits }: Timeline, segment: number): Pick<ChangeableWait, 'delay' | 'kind'> | undefined {
  if (segments.state[segment] !== State.suspended) return undefined;
  const wait = waits[segments.about[segment]];
  const delay = wait?.fields.delay;
  if (wait?.kind !== 'sleep' && wait?.kind !== 'simulated') return undefined;
  return typeof delay === 'number' && delay > 0 ? { delay, kind: wait.kind } : undefined;
}

/** The innermost frame of the user's; of a task that has none, where it was made. */
function placeOf({ sites, segments, tasks }: Timeline, segment: number): Site | undefined {
  for (let site = sites[segments.site[segment]]; site; site = sites[site.parent]) if (site.code.user) return site;
  return sites[tasks[segments.task[segment]].site];
}

/** How often the task has come to wait there, this time included. */
function visitOf(timeline: Timeline, segment: number, place: Site): number {
  const { first } = timeline.tasks[timeline.segments.task[segment]];
  let visits = 0;
  for (let i = first; i <= segment; i++) {
    if (!timed(timeline, i)) continue;
    const other = placeOf(timeline, i);
    if (other && other.code.file === place.code.file && other.line === place.line && other.column === place.column)
      visits++;
  }
  return visits;
}

/** A name that the program gave and no other task has is what a task is known by, whoever comes before it; else how it was made. */
function changedTask({ tasks }: Timeline, task: Task): ChangedTask {
  const { name } = task;
  if (!/^Task-\d+$/.test(name) && tasks.every((each) => each === task || each.name !== name))
    return { name, path: null };
  const path: [string, number][] = [];
  for (let at: Task | undefined = task; at; ) {
    const { id, parent }: Task = at;
    const coroutine: string = coroutineOf(at);
    const before = tasks.filter(
      (each) => each.parent === parent && each.id <= id && coroutineOf(each) === coroutine,
    ).length;
    path.unshift([coroutine, before]);
    at = parent < id ? tasks.find((each) => each.id === parent) : undefined;
  }
  return { name, path };
}

/** The task of a run that a change is about; undefined where the run has none that was made so. */
export function taskOfChange({ tasks }: Timeline, { name, path }: ChangedTask): Task | undefined {
  if (path === null) return tasks.find((task) => task.name === name);
  let found: Task | undefined;
  for (const [coroutine, nth] of path) {
    const parent: number = found?.id ?? tasks.find((task) => coroutineOf(task) === coroutine)?.parent ?? 0;
    found = tasks.filter((task) => task.parent === parent && coroutineOf(task) === coroutine)[nth - 1];
    if (!found) return undefined;
  }
  return found;
}

const coroutineOf = ({ code, coroutine }: Task): string => (code ? coroutine : '');
