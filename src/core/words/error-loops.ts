import { userSite } from '../places/chain';
import type { EventLoop, ProgramError, Resource, Task, Timeline } from '../timeline/model';
import { taskOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { type ErrorExplanation, explainError } from './errors';
import { taskTitle } from './tasks';

/** An error explained, where it is about another event loop with what this run knows of that. */
export function explainErrorIn(timeline: Timeline, error: ProgramError, t: Translate): ErrorExplanation | undefined {
  const explained = explainError(error, t);
  const known = explained && loopText(timeline, error, t);
  return known ? { ...explained, meaning: `${explained.meaning} ${known}` } : explained;
}

function loopText(timeline: Timeline, error: ProgramError, t: Translate): string {
  if (error.type !== 'RuntimeError') return '';
  const bound = /<(?:[\w.]+\.)?(\w+)(?: object)? at 0x[^>]*> is bound to a different event loop/.exec(error.message);
  if (bound) return boundText(timeline, error, bound[1], t);
  return /Event loop is closed/.test(error.message) ? closedText(timeline, error, t) : '';
}

const KINDS: Readonly<Record<string, string>> = {
  Lock: 'lock',
  Semaphore: 'semaphore',
  BoundedSemaphore: 'semaphore',
  Event: 'event',
  Condition: 'condition',
  Barrier: 'barrier',
  Queue: 'queue',
  PriorityQueue: 'queue',
  LifoQueue: 'queue',
};

/** Where the thing was created, and in which event loop it was first used. */
function boundText(timeline: Timeline, error: ProgramError, type: string, t: Translate): string {
  const { resources, uses } = timeline;
  const here = loopOf(timeline, error);
  const firstLoop = ({ first, count }: Resource) => {
    for (let row = first; row < first + count; row++) {
      const loop = taskOf(timeline, uses.task[row])?.loop;
      if (loop !== undefined) return loop;
    }
    return undefined;
  };
  const same = resources.filter((each) => each.kind === (KINDS[type] ?? '') && each.site > 0);
  const other = same.filter((each) => firstLoop(each) !== undefined && firstLoop(each) !== here);
  const at = placeOf(timeline, error.site);
  const used = other.filter(({ first, count }) => {
    for (let row = first; row < first + count; row++)
      if (at !== undefined && placeOf(timeline, uses.site[row]) === at) return true;
    return false;
  });
  // Where more than one could be meant, none is named.
  const [thing, ...more] = used.length > 0 ? used : other;
  if (!thing || more.length > 0) return '';
  const line = userSite(timeline, thing.site)?.line;
  const root = rootOf(timeline, firstLoop(thing));
  const began = root && userSite(timeline, root.site)?.line;
  if (line === undefined || !root || began === undefined) return '';
  return t(
    '{0} was created at line {1}, and belongs to the event loop of {2} (line {3}), where it was used first.',
    thing.name,
    line,
    taskTitle(root),
    began,
  );
}

/** The event loop that it was, where only one had been closed by then. */
function closedText(timeline: Timeline, error: ProgramError, t: Translate): string {
  const here = loopOf(timeline, error);
  const closed = timeline.loops.filter(
    ({ id, closed: at }: EventLoop) => id !== here && at !== undefined && at <= error.time,
  );
  const root = closed.length === 1 ? rootOf(timeline, closed[0].id) : undefined;
  const line = root && userSite(timeline, root.site)?.line;
  if (!root || line === undefined) return '';
  return t('Here it is the event loop of {0} (line {1}), which was closed when that had ended.', taskTitle(root), line);
}

/** The loop in which an error was raised; of one that ended the program the last. */
function loopOf(timeline: Timeline, error: ProgramError): number | undefined {
  return taskOf(timeline, error.task)?.loop ?? timeline.loops.findLast(({ opened }) => opened <= error.time)?.id;
}

/** The task that a loop was run for: the first that no other created. */
function rootOf({ tasks }: Timeline, loop: number | undefined): Task | undefined {
  return tasks.find((task) => task.loop === loop && task.parent === 0);
}

function placeOf(timeline: Timeline, id: number): string | undefined {
  const site = id > 0 ? userSite(timeline, id) : undefined;
  return site && `${site.code.file}:${site.line}`;
}
