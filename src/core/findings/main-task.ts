import { isLibraryTask } from '../timeline/library-tasks';
import type { Task, Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';

/** The task of the coroutine that `asyncio.run()` runs, in the loop of another task. */
export function mainTask(timeline: Timeline, task: number): Task | undefined {
  const own = timeline.tasks[taskIndex(timeline.tasks, task)];
  return timeline.tasks.find((each) => each.loop === own?.loop && each.parent === 0 && !isLibraryTask(timeline, each));
}
