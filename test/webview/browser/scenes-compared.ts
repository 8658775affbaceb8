import { TraceStory } from '../../core/encode';

/** One run and another one of the same program, edited meanwhile. */

export interface Sleeper {
  readonly name: string;
  readonly seconds: number;
  /** Where it was made. */
  readonly line?: number;
}

/** A main task that makes one task for each sleep and waits for all of them. */
export function sleepers(...sleeps: readonly Sleeper[]): Uint8Array {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  const tasks = sleeps.map(({ name, line = 12 }) => story.task(name, 'fry', 0, main, line));
  const wait = ['gather', `gather of ${tasks.length}`, { members: tasks }] as const;
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:12:4'], wait });
  sleeps.forEach(({ seconds: delay }, i) => {
    const wait = ['sleep', `sleep ${delay} s`, { delay }] as const;
    story.step(tasks[i], { start: 0, cause: 'created', by: main, seq: 0, stands: ['fry:6:4'], wait });
  });
  let now = 0;
  for (const i of sleeps.map((_, i) => i).sort((a, b) => sleeps[a].seconds - sleeps[b].seconds)) {
    const next = sleeps[i].seconds;
    if (next > now) story.idle(now, next);
    story.callback('Future.set_result', next).done(tasks[i], next, 'result', 'None');
    story.step(tasks[i], { start: next, cause: 'timer' });
    now = next;
  }
  story.done(main, now, 'result', 'None');
  story.step(main, { start: now, cause: 'task', by: tasks.at(-1) });
  return story.bytes();
}

export const breakfast = (): Uint8Array =>
  sleepers({ name: 'eggs', seconds: 2 }, { name: 'bacon', seconds: 3 }, { name: 'toast', seconds: 1 });

/** The eggs take longer, the bacon less, there is tea instead of toast. */
export const laterBreakfast = (): Uint8Array =>
  sleepers({ name: 'eggs', seconds: 4 }, { name: 'bacon', seconds: 2.5 }, { name: 'tea', seconds: 1 });
