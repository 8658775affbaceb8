import type { Task, Timeline } from './model';

/**
 * Whether a task runs library code and was created by a library: `asyncio.run` creates some at its end, a client while it connects.
 * `create_task(asyncio.sleep(1))` in user code is not one: users expect to see what they created.
 */
export function isLibraryTask({ sites }: Timeline, task: Task): boolean {
  // It serves a request, or the program gave it a name.
  if (task.label !== undefined) return false;
  const madeByUser = task.parent !== 0 && !task.ofLibrary && sites[task.site]?.code.user === true;
  return task.code?.user === false && !madeByUser;
}

/** Tasks that `asyncio.run()` makes at its end for every program. */
export function isHousekeeping(task: Task): boolean {
  return task.code !== undefined && !task.code.user && /^(BaseEventLoop\.)?shutdown_/.test(task.coroutine);
}
