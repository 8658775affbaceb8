import type { Task, Timeline } from './model';

/**
 * Whether a task runs library code that nobody asked for in a task of theirs: `asyncio.run` makes some at its end.
 * `create_task(asyncio.sleep(1))` in the user's own code is not one: they made it, and look for it.
 */
export function isLibraryTask({ sites }: Timeline, task: Task): boolean {
  const madeByUser = task.parent !== 0 && sites[task.site]?.code.user === true;
  return task.code?.user === false && !madeByUser;
}

/** What `asyncio.run()` does at its end for every program: no part of what this one does. */
export function isHousekeeping(task: Task): boolean {
  return task.code !== undefined && !task.code.user && /^(BaseEventLoop\.)?shutdown_/.test(task.coroutine);
}
