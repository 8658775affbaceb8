import { userSite } from '../places/chain';
import { isFile } from '../places/same-file';
import { isLibraryTask } from '../timeline/library-tasks';
import type { CoroutineSpan, Task, Timeline } from '../timeline/model';
import type { Place } from './explain';

/** The tasks that a call created in a run, without tasks of libraries. @param start of the call, in the file as it was run; if the record has no columns, the line decides */
export function tasksMadeAt(timeline: Timeline, file: string, start: Place): Task[] {
  const isHere = isFile(file);
  return timeline.tasks.filter((task) => {
    const frame = userSite(timeline, task.site);
    if (!frame || frame.line !== start.line || !isHere(frame.code.file)) return false;
    return (frame.column ?? start.column) === start.column && !isLibraryTask(timeline, task);
  });
}

/** The runs of a coroutine function or an async generator. @param line of its `def` */
export function runsOf(timeline: Timeline, file: string, line: number, name: string): CoroutineSpan[] {
  const isHere = isFile(file);
  return timeline.coroutines.filter(({ code }) => {
    // The first line of a function is that of its first decorator.
    const isThere = code.firstLine <= line && code.firstLine > line - MOST_DECORATORS;
    return isThere && code.function.split('.').at(-1) === name && isHere(code.file);
  });
}

const MOST_DECORATORS = 10;
