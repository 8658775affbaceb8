import { isHousekeeping } from '../timeline/library-tasks';
import type { Task, Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { stopMessage } from '../words/deadlocks';
import { oneLine } from '../words/labels';
import { taskTitle } from '../words/tasks';
import { short } from './story-names';

/** The beginning and the end of a run: who creates and who closes the event loop. */

/** Whether `asyncio.run()` ran the loop: it is recognised by the tasks that it makes at its end. */
export function isAsyncioRun({ tasks }: Timeline, loop: number): boolean {
  const own = tasks.filter((task) => task.loop === loop);
  return own.filter(isHousekeeping).length >= 2 && own.filter(isRoot).length === 1;
}

function isRoot(task: Task): boolean {
  // asyncio closes a dropped async generator in a task without code of its own.
  return task.parent === 0 && !isHousekeeping(task) && task.code !== undefined;
}

/** The only loop; undefined if there are none or several. */
function onlyLoop({ loops }: Timeline): number | undefined {
  return loops.length === 1 ? loops[0].id : undefined;
}

/** The first task; undefined if the record begins later. */
export function firstTask(timeline: Timeline): Task | undefined {
  const loop = onlyLoop(timeline);
  const root = timeline.tasks.find((task) => isRoot(task) && (loop === undefined || task.loop === loop));
  return root?.createdBefore ? undefined : root;
}

export function beginText(timeline: Timeline, t: Translate): string {
  const loop = onlyLoop(timeline);
  const root = firstTask(timeline);
  const who = root ? taskTitle(root) : '';
  if (loop !== undefined && isAsyncioRun(timeline, loop))
    return t('asyncio.run() creates an event loop and a task for the coroutine that it is given. Ready now: {0}.', who);
  return t('The event loop is created. Ready first: {0}.', who);
}

export function endText(timeline: Timeline, t: Translate): string {
  if (timeline.truncated) return stopMessage(timeline, t);
  const loop = onlyLoop(timeline);
  const time = durationWords(timeline.duration, t);
  return [
    loop !== undefined && isAsyncioRun(timeline, loop) ? closedText(timeline, t) : '',
    afterText(timeline, loop, t),
    timeline.exit
      ? t('The program ends after {0}, with exit code {1}.', time, timeline.exit)
      : t('The program ends after {0}.', time),
  ]
    .filter((clause) => clause !== '')
    .join(' ');
}

/** The result of `asyncio.run()` is the result of its coroutine. */
function closedText(timeline: Timeline, t: Translate): string {
  const outcome = firstTask(timeline)?.outcome;
  if (outcome?.kind === 'exception')
    return t('asyncio.run() closes the event loop and raises {0}.', short(outcome.text));
  // SystemExit and KeyboardInterrupt of another task cancel it too.
  if (outcome?.kind === 'cancelled') return t('asyncio.run() closes the event loop.');
  return t('asyncio.run() closes the event loop and returns.');
}

/** What the program printed after its loop was closed. */
function afterText({ output, loops }: Timeline, loop: number | undefined, t: Translate): string {
  const closed = loops.find(({ id }) => id === loop)?.closedStep;
  if (closed === undefined) return '';
  const text = output
    .filter(
      ({ task, step, stream, byPython, byLogging }) =>
        stream === 'stdout' && task === 0 && step >= closed && !byPython && !byLogging,
    )
    .map((write) => write.text)
    .join('');
  const line = oneLine(text.trim());
  return line === '' ? '' : t('Then the program prints “{0}”.', short(line));
}
