import type { Translate } from '../translate';

/** Errors that asyncio's own objects raise when they are used at the wrong time: what that means, and what to write. */

interface Rule {
  readonly type: RegExp;
  readonly message: RegExp;
  explain(t: Translate, found: readonly string[]): readonly [meaning: string, advice: string];
}

/** @param message without the type @returns undefined for any other error */
export function explainMisuse(
  type: string,
  message: string,
  t: Translate,
): { readonly meaning: string; readonly advice: string } | undefined {
  for (const rule of RULES) {
    const found = rule.type.test(type) ? rule.message.exec(message) : null;
    if (!found) continue;
    const [meaning, advice] = rule.explain(t, found.slice(1));
    return { meaning, advice };
  }
  return undefined;
}

const INVALID_STATE = /^(?:[\w.]*\.)?InvalidStateError$/;

const RULES: readonly Rule[] = [
  {
    type: INVALID_STATE,
    message: /^(Result|Exception) is not (?:set|ready)\b/,
    explain: (t) => [
      t('A task or future was asked for its result before it had ended.'),
      t('Write await task: that waits for the result and returns it. result() is only for what is done already.'),
    ],
  },
  {
    type: INVALID_STATE,
    // The second is of concurrent.futures.
    message: /^invalid state|^(?:CANCELLED|CANCELLED_AND_NOTIFIED|FINISHED): /,
    explain: (t) => [
      t('The future had a result, or was cancelled, before: it can be set only once.'),
      t(
        'Check if not future.done(): before set_result(). After a time limit the future is cancelled, and the answer that comes late has nobody to go to.',
      ),
    ],
  },
  {
    type: /^ValueError$/,
    message: /^task_done\(\) called too many times/,
    explain: (t) => [
      t('task_done() was called more often than items were put into the queue.'),
      t('Call task_done() exactly once for each item that get() returned, in the task that got it.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Lock is not acquired/,
    explain: (t) => [
      t('release() was called on a lock that nobody holds.'),
      t('Write async with lock: around what needs the lock. It acquires and releases it exactly once.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^cannot (?:wait|notify) on un-acquired lock/,
    explain: (t) => [
      t('wait() and notify() of a condition need its lock, and this task does not hold it.'),
      t('Write async with condition: around it.'),
    ],
  },
  {
    type: /^ValueError$/,
    message: /^BoundedSemaphore released too many times/,
    explain: (t) => [
      t('release() was called more often than acquire().'),
      t('Write async with semaphore: around what is limited. It takes and returns exactly one permit.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^TaskGroup .*is (?:finished|shutting down)/s,
    explain: (t) => [
      t(
        'The TaskGroup has ended, or is ending because one of its tasks failed. It takes no more tasks, and the coroutine that was passed did not run.',
      ),
      t('Call create_task() inside the async with block, and do not keep the group for later use.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^TaskGroup .*has not been entered/s,
    explain: (t) => [
      t('The TaskGroup was used before its async with block began.'),
      t('Write async with asyncio.TaskGroup() as group: and create the tasks in it.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Timeout should be used inside a task|^TaskGroup .* cannot determine the parent task/s,
    explain: (t) => [
      t('asyncio.timeout() and TaskGroup belong to the task that enters them, and no task is running here.'),
      t('Use it in a coroutine that asyncio.run(…) or create_task(…) runs, not in a callback.'),
    ],
  },
  {
    type: /^RuntimeError$/,
    message: /^Task cannot await on itself/,
    explain: (t) => [
      t('A task waits for its own end, which can never come.'),
      t(
        'Do not await asyncio.current_task(). Leave it out of the list of tasks that are awaited, as in all_tasks() - {current_task()}.',
      ),
    ],
  },
  {
    type: /^QueueFull$/,
    message: /^/,
    explain: (t) => [
      t('put_nowait() does not wait, and the queue has as many items as it may hold.'),
      t('Write await queue.put(item): it waits until there is room.'),
    ],
  },
  {
    type: /^QueueEmpty$/,
    message: /^/,
    explain: (t) => [
      t('get_nowait() does not wait, and the queue is empty.'),
      t('Write await queue.get(): it waits until there is an item.'),
    ],
  },
  {
    type: /^QueueShutDown$/,
    message: /^/,
    explain: (t) => [
      t('queue.shutdown() was called: nothing can be put into the queue any more, and nothing is left in it.'),
      t('In a worker, catch asyncio.QueueShutDown and return: it means that the work is done.'),
    ],
  },
];
