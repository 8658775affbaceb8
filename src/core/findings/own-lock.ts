import { userSite } from '../places/chain';
import type { Resource, Timeline } from '../timeline/model';
import { type Hold, holdsOf } from '../timeline/resource-state';
import type { Translate } from '../translate';
import { shortName } from '../words/names';
import type { Common, ProblemWords } from './problem';

/** Every call of a function makes a lock or a semaphore of its own, which so keeps nobody out. */
export interface OwnLock extends Common {
  readonly kind: 'own-lock';
  readonly resource: Resource;
  /** How many such objects were held at the same time. */
  readonly atOnce: number;
}

/** Finds them, one for each place. Linear in the uses of locks and semaphores. */
export function ownLocks(timeline: Timeline): OwnLock[] {
  const byPlace = new Map<number, { resource: Resource; hold: Hold }[]>();
  const shared = new Set<number>();
  for (const resource of timeline.resources) {
    const { kind, site } = resource;
    if ((kind !== 'lock' && kind !== 'semaphore') || site === 0 || shared.has(site)) continue;
    const holds = holdsOf(timeline, resource);
    if (holds.length === 0) continue;
    const [hold] = holds;
    // It is local to a call: made and acquired in the same function, by the one task that runs it.
    const isOwn = holds.every(({ task }) => task === hold.task) && isLocal(timeline, resource, holds);
    if (!isOwn) shared.add(site);
    else byPlace.set(site, [...(byPlace.get(site) ?? []), { resource, hold }]);
  }
  return [...byPlace].flatMap(([site, made]) => {
    const atOnce = shared.has(site) ? 0 : mostAtOnce(made.map(({ hold }) => hold));
    if (atOnce < 2) return [];
    const [{ resource, hold }] = made;
    return [
      {
        kind: 'own-lock' as const,
        severity: 'warning' as const,
        task: hold.task,
        segment: undefined,
        site,
        start: hold.start,
        startStep: hold.startStep,
        end: hold.end,
        cost: 0,
        times: made.length,
        resource,
        atOnce,
      },
    ];
  });
}

/** Whether it was made in the very coroutine function that acquires it. One that an object keeps is made elsewhere. */
function isLocal(timeline: Timeline, { site }: Resource, holds: readonly Hold[]): boolean {
  const made = userSite(timeline, site)?.code;
  return made?.kind === 'coroutine' && holds.every((hold) => userSite(timeline, hold.site)?.code === made);
}

/** How many tasks held theirs at the same time, at most. */
function mostAtOnce(holds: readonly Hold[]): number {
  const changes = holds.flatMap(({ startStep, endStep }) => [
    { step: startStep, by: 1 },
    { step: endStep ?? Number.POSITIVE_INFINITY, by: -1 },
  ]);
  let held = 0;
  let most = 0;
  for (const { by } of changes.sort((a, b) => a.step - b.step || a.by - b.by)) {
    held += by;
    most = Math.max(most, held);
  }
  return most;
}

/** Words for a lock that every call makes for itself. */
export function ownLockWords(timeline: Timeline, { resource, atOnce, times }: OwnLock, t: Translate): ProblemWords {
  const name = `${shortName(userSite(timeline, resource.site)?.code.function ?? '?')}()`;
  return {
    title:
      resource.kind === 'lock'
        ? t(
            'Each call of {0} makes a lock of its own, {1}: {2} tasks held theirs at the same time.',
            name,
            resource.name,
            atOnce,
          )
        : t(
            'Each call of {0} makes a semaphore of its own, {1}: {2} tasks had a permit at the same time.',
            name,
            resource.name,
            atOnce,
          ),
    why: t(
      'Only tasks that use the same object wait for each other. It was made {0} times, and no other task ever used any of these.',
      times,
    ),
    advice: t(
      'Make it once, outside of {0}, and give it to all calls: as an argument, as an attribute of an object that they share, or as a global.',
      name,
    ),
  };
}
