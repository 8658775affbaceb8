import type { Lanes } from '../lanes/lanes';
import { peakIn, rowAtPlace, type Series } from '../lanes/side-columns';
import type { SectionKind, SideLane } from '../lanes/side-lane';
import type { Resource } from '../timeline/model';
import type { JobKind } from '../trace/records';
import type { Translate } from '../translate';

/** What lanes beside the tasks, and their bars, are called. */

export function sectionName(section: SectionKind, t: Translate): string {
  switch (section) {
    case 'threads':
      return t('Threads and executors');
    case 'subprocesses':
      return t('Subprocesses');
    case 'locks':
      return t('Locks and events');
    case 'queues':
      return t('Queues');
    case 'output':
      return t('Output and log');
  }
}

export function jobKindName(kind: JobKind, t: Translate): string {
  if (kind === 'process') return t('process');
  if (kind === 'interpreter') return t('interpreter');
  if (kind === 'subprocess') return t('subprocess');
  return kind === 'executor' ? t('executor') : t('thread');
}

export function resourceKindName({ kind }: Resource, t: Translate): string {
  const names: Readonly<Record<string, string>> = {
    lock: t('lock'),
    semaphore: t('semaphore'),
    event: t('event'),
    condition: t('condition'),
    barrier: t('barrier'),
    queue: t('queue'),
  };
  return names[kind] ?? kind;
}

/** Name of a lane, and what is to be known beside it. */
export function sideName({ timeline }: Lanes, lane: SideLane, t: Translate): readonly [name: string, more: string] {
  if (lane.kind === 'backlog') {
    return lane.name === ''
      ? [t('waiting for a worker'), '']
      : [jobKindName(lane.name as JobKind, t), t('{0} at most', lane.series?.max ?? 0)];
  }
  if (lane.kind === 'jobs') {
    const kinds: readonly string[] = ['process', 'interpreter', 'executor', 'subprocess'] satisfies JobKind[];
    return [kinds.includes(lane.name) ? jobKindName(lane.name as JobKind, t) : lane.name, ''];
  }
  const resource = timeline.resources[lane.resource];
  const { kind, maxsize, value } = resource;
  if (lane.permit > 0) return [lane.name, t('permit {0}', lane.permit + 1)];
  if (kind === 'queue' && maxsize) return [lane.name, t('queue, at most {0}', maxsize)];
  if (kind === 'semaphore' && value !== undefined) return [lane.name, t('semaphore of {0}', value)];
  // Many are called after what they are.
  return [lane.name, lane.name.toLowerCase() === kind ? '' : resourceKindName(resource, t)];
}

/** The most that waited at once in a stretch of time. */
export function waitingDuring(series: Series, from: number, to: number): number {
  if (series.count === 0) return 0;
  const first = Math.max(0, rowAtPlace(series.start, from));
  const last = rowAtPlace(series.start, to);
  return last < first ? 0 : series.value[peakIn(series, first, last + 1)];
}
