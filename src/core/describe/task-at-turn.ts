import { userSite } from '../places/chain';
import type { TaskPlace } from '../protocol/messages';
import { State, type StateName, stateNames, type Timeline } from '../timeline/model';
import { lastBefore } from '../timeline/tasks';
import type { Translate } from '../translate';
import { linkTo, type SourceLink } from '../words/places';
import { taskLabel } from '../words/tasks';
import { waitText } from '../words/waits';
import { sourceOf } from './describe';

/** The state of a task at a turn of the loop. */
export interface TaskAtTurn {
  /** `unborn`: not created yet. */
  readonly state: StateName | 'unborn' | 'ended';
  /** Row of `Segments`, the last one if the task has ended; undefined if it was not created yet. */
  readonly segment: number | undefined;
}

/** The state of a task at a turn, by binary search. @param task index into `Timeline.tasks` */
export function taskAtTurn({ tasks, segments }: Timeline, task: number, turn: number): TaskAtTurn {
  const { first, count, outcome } = tasks[task];
  const row = lastBefore(segments, first, count, turn + 1);
  if (row === undefined) return { state: 'unborn', segment: undefined };
  const over = row === first + count - 1 && segments.endStep[row] <= turn && outcome.kind !== 'pending';
  return { state: over ? 'ended' : stateNames[segments.state[row]], segment: row };
}

/** The user's line of a task at a turn: where it waits, or where it resumes. */
export function lineOfTask(timeline: Timeline, { state, segment }: TaskAtTurn): SourceLink | undefined {
  if (segment === undefined || state === 'ended' || state === 'unborn') return undefined;
  if (state !== 'suspended') return sourceOf(timeline, segment);
  const site = userSite(timeline, timeline.segments.site[segment]);
  return site && linkTo(site);
}

const RANK: Readonly<Record<StateName, number>> = { running: 0, ready: 1, suspended: 2 };

/**
 * The lines of all tasks with user code: the running one first, then the ready ones.
 * @param most tasks to return
 */
export function placesAt(timeline: Timeline, turn: number, t: Translate, most = 500): TaskPlace[] {
  const places: TaskPlace[] = [];
  timeline.tasks.forEach((task, index) => {
    const found = taskAtTurn(timeline, index, turn);
    const { state, segment } = found;
    if (state === 'unborn' || state === 'ended' || segment === undefined) return;
    const link = lineOfTask(timeline, found);
    if (!link) return;
    const waits = timeline.segments.state[segment] === State.suspended ? waitText(timeline, segment, t) : '';
    const { file, line, column } = link;
    places.push({ task: task.id, name: taskLabel(task), state, file, line, column, waits });
  });
  return places.sort((a, b) => RANK[a.state] - RANK[b.state]).slice(0, most);
}
