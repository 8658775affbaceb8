import { isLibraryTask } from '../timeline/library-tasks';
import type { Task, Timeline } from '../timeline/model';
import { requestTitle } from '../timeline/spans';
import type { Seconds } from '../units';
import { taskLabel, taskName } from '../words/tasks';
import { rowAtEnd, type WhyAsked } from './span-path';

/** What somebody asks of: the row of `Segments` whose end it is, or why there is none. */
export type WhyTarget =
  | { readonly asked: WhyAsked }
  | { readonly none: 'no-tasks' }
  | { readonly none: 'no-task'; readonly name: string }
  | { readonly none: 'several'; readonly name: string; readonly tasks: readonly Task[] }
  | { readonly none: 'not-there'; readonly task: Task };

/** The end of the program: of the task that ended last of those that no task created. */
export function endOfProgram(timeline: Timeline): WhyTarget {
  const ran = timeline.tasks.filter(({ count }) => count > 0);
  const roots = ran.filter((task) => task.parent === 0 && !isLibraryTask(timeline, task) && task.code);
  const [last] = (roots.length > 0 ? roots : ran).sort((a, b) => b.ended - a.ended || b.id - a.id);
  return last ? { asked: lastRow(last) } : { none: 'no-tasks' };
}

/**
 * As somebody writes it: empty for the end of the program, `TASK` for its end, `TASK@1.5s` for a moment of it; a request, a span or a route
 * for the slowest one, `request` for the slowest of all requests.
 */
export function readWhat(timeline: Timeline, text: string): WhyTarget {
  if (text === '') return endOfProgram(timeline);
  const whole = named(timeline, text);
  const span = whole.length === 0 ? slowest(timeline, text) : undefined;
  if (span !== undefined) return { asked: { span } };
  if (whole.length > 0) return one(timeline, text, whole, undefined);
  const [, name, number, unit] = /^(.+)@(\d+(?:\.\d+)?)(ms|s)?$/s.exec(text) ?? [];
  if (name === undefined) return { none: 'no-task', name: text };
  const found = named(timeline, name);
  return found.length === 0
    ? { none: 'no-task', name }
    : one(timeline, name, found, Number(number) * (unit === 'ms' ? 1e-3 : 1));
}

/** The span of a name, title or route that took longest and has a task; an index into `Timeline.spans`. */
function slowest(timeline: Timeline, text: string): number | undefined {
  const { spans, duration } = timeline;
  let found: number | undefined;
  let longest = -1;
  spans.forEach((span, index) => {
    const { kind, name, route, status, start, end = duration } = span;
    const isMeant = text === 'request' ? kind === 'request' : [name, route, requestTitle(name, status)].includes(text);
    if (!isMeant || end - start <= longest || rowAtEnd(timeline, span) === undefined) return;
    [found, longest] = [index, end - start];
  });
  return found;
}

/** Tasks of this name, else those that run this. */
function named({ tasks }: Timeline, name: string): Task[] {
  const byName = tasks.filter((task) => taskName(task) === name);
  return byName.length > 0
    ? byName
    : tasks.filter(
        (task) =>
          (task.label === undefined && taskLabel(task) === name) ||
          task.coroutine === name ||
          `${task.coroutine}()` === name,
      );
}

function one(timeline: Timeline, name: string, found: readonly Task[], time: Seconds | undefined): WhyTarget {
  if (found.length > 1) return { none: 'several', name, tasks: found };
  const [task] = found;
  if (task.count === 0) return { none: 'not-there', task };
  if (time === undefined) return { asked: lastRow(task) };
  const { segments } = timeline;
  for (let row = lastRow(task); row >= task.first; row--)
    if (segments.start[row] <= time && time <= segments.end[row]) return { asked: row };
  return { none: 'not-there', task };
}

function lastRow({ first, count }: Task): number {
  return first + count - 1;
}
