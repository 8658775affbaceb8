import { isHousekeeping, isLibraryTask } from '../timeline/library-tasks';
import { State, type Task, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration, type Seconds } from '../units';
import { oneLine } from './labels';
import { shortName } from './names';

/** How long a task was in each state. */
export interface TaskTimes {
  readonly ready: Seconds;
  readonly running: Seconds;
  readonly suspended: Seconds;
}

export function taskTimes({ segments }: Timeline, task: Task): TaskTimes {
  const times = [0, 0, 0];
  for (let i = task.first; i < task.first + task.count; i++)
    times[segments.state[i]] += segments.end[i] - segments.start[i];
  return { ready: times[State.ready], running: times[State.running], suspended: times[State.suspended] };
}

/** What became of a task: one word or two, and its exception where it has one. */
export function outcomeWords(task: Task, t: Translate): string {
  switch (task.outcome.kind) {
    case 'result':
      return t('done');
    case 'exception':
      return t('raised {0}', task.outcome.text);
    case 'cancelled':
      return t('cancelled');
    case 'pending':
      return t('pending');
  }
}

/** All tasks but those that only a library wanted, unless there are no others. */
function shownTasks(timeline: Timeline): readonly Task[] {
  const parents = new Set(timeline.tasks.map((task) => task.parent));
  const own = timeline.tasks.filter((task) => parents.has(task.id) || !isLibraryTask(timeline, task));
  return own.length > 0 || timeline.tasks.every(isHousekeeping) ? own : timeline.tasks;
}

/** The tasks that a task made, by its id; 0 for those that nobody in the record made. Parents that are unknown count as none. */
export function tasksByParent(timeline: Timeline): Map<number, Task[]> {
  const tasks = shownTasks(timeline);
  const known = new Set(tasks.map((task) => task.id));
  const children = new Map<number, Task[]>();
  for (const task of tasks) {
    const parent = known.has(task.parent) && task.parent !== task.id ? task.parent : 0;
    const siblings = children.get(parent);
    if (siblings) siblings.push(task);
    else children.set(parent, [task]);
  }
  return children;
}

/** The tree of tasks as plain text, one task a line, children indented. */
export function tasksAsText(timeline: Timeline, t: Translate): string {
  const children = tasksByParent(timeline);
  const lines: string[] = [];
  const write = (parent: number, indent: string) => {
    for (const task of children.get(parent) ?? []) {
      lines.push(`${indent}${taskCall(task) ?? task.coroutine} · ${task.name} · ${taskSummary(timeline, task, t)}`);
      write(task.id, `${indent}  `);
    }
  };
  write(0, '');
  return `${lines.join('\n')}\n`;
}

/** `done · 1.2 s, 3 ms running`. */
export function taskSummary(timeline: Timeline, task: Task, t: Translate): string {
  const { running } = taskTimes(timeline, task);
  return `${outcomeWords(task, t)} · ${t('{0}, {1} running', formatDuration(task.ended - task.created), formatDuration(running))}`;
}

/**
 * What a task is called by the program, or after the request that it serves; otherwise what it runs, as it was called: `count(2)`. Undefined
 * where its arguments are not known.
 */
export function taskCall({ coroutine, args, label }: Task): string | undefined {
  if (label !== undefined) return oneLine(label);
  if (args === undefined) return undefined;
  const name = shortName(coroutine);
  // The module level is run, not called.
  return oneLine(name === '<module>' ? name : `${name}(${args})`);
}

/** asyncio's own name for a task that nobody gave one. */
export function isNumbered({ name }: Task): boolean {
  return /^Task-\d+$/.test(name);
}

/** Whether the name of a task tells more than what it runs: not for `rude`, which runs `rude()`. */
export function hasTellingName(task: Task): boolean {
  const call = taskCall(task);
  return !isNumbered(task) && task.name !== call && task.name !== shortName(task.coroutine);
}

/** `count(2)`, with its name where it was given one or others are called alike; `Task-2 (count)` where its arguments are not known. */
export function taskTitle(task: Task): string {
  const call = taskCall(task);
  if (call === undefined) return oneLine(`${task.name} (${shortName(task.coroutine)})`);
  // A label does not say which task it is.
  const isNamed = task.label !== undefined || (isNumbered(task) ? !task.unique : hasTellingName(task));
  return isNamed ? oneLine(`${call} (${task.name})`) : call;
}

/** `Task-2`, `Task worker-2`. */
export function taskName({ name }: Task): string {
  return /^task\b/i.test(name) ? name : `Task ${name}`;
}

/** As `taskTitle`, within a sentence; `Task worker-2` where its arguments are not known. */
export function taskMention(task: Task): string {
  return taskCall(task) === undefined ? taskName(task) : taskTitle(task);
}

/** As `taskTitle`, in fewer letters: `count(2)`, `GET /items/7 → 200`, or the name alone. */
export function taskLabel(task: Task): string {
  if (task.label !== undefined) return oneLine(task.label);
  return taskCall(task) === undefined ? oneLine(task.name) : taskTitle(task);
}
