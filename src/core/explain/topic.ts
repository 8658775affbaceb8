import type { CallSite } from './call';
import type { AwaitSite } from './explain';

/** Headings of `docs/asyncio.md`, as the fragments of links. */

const OF_CONSTRUCT = { await: 'await', for: 'async-for', with: 'async-with' } as const;

/** asyncio's own names, without what is behind a dot. */
const OF_NAME: Readonly<Record<string, string>> = {
  Barrier: 'event',
  Condition: 'lock',
  Event: 'event',
  Future: 'event',
  Lock: 'lock',
  Queue: 'queue',
  Runner: 'run',
  Semaphore: 'lock',
  Task: 'create_task',
  TaskGroup: 'taskgroup',
  as_completed: 'as_completed',
  create_task: 'create_task',
  ensure_future: 'create_task',
  gather: 'gather',
  run: 'run',
  run_in_executor: 'to_thread',
  shield: 'shield',
  sleep: 'sleep',
  timeout: 'timeout',
  timeout_at: 'timeout',
  to_thread: 'to_thread',
  wait: 'wait',
  wait_for: 'timeout',
};

/** All that are linked to. */
export const topics: ReadonlySet<string> = new Set([
  ...Object.values(OF_CONSTRUCT),
  ...Object.values(OF_NAME),
  'async-def',
  'blocking-the-loop',
]);

/** The heading about what is awaited at a place. */
export function topicOfSite({ subject, construct }: AwaitSite): string {
  return (subject.kind === 'asyncio' && topicOfName(subject.name)) || OF_CONSTRUCT[construct];
}

/** The heading about what a call or a definition makes. */
export function topicOfCall(site: CallSite): string {
  if (site.kind === 'definition') return 'async-def';
  switch (site.subject.kind) {
    case 'asyncio':
      return topicOfName(site.subject.name) ?? 'await';
    case 'task':
      return 'create_task';
    case 'wrong':
      return 'blocking-the-loop';
    case 'coroutine':
    case 'generator':
      return 'async-def';
    default:
      return 'await';
  }
}

function topicOfName(name: string): string | undefined {
  return OF_NAME[name.split(/[. ]/)[0]];
}
