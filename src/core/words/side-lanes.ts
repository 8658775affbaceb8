import type { Lanes } from '../lanes/lanes';
import { peakIn, rowAtPlace, type Series } from '../lanes/side-columns';
import type { SectionKind, SideLane } from '../lanes/side-lane';
import { type SpanGroup, spanGroups } from '../lanes/span-groups';
import type { Resource } from '../timeline/model';
import type { JobKind } from '../trace/records';
import type { Translate } from '../translate';
import { formatDuration } from '../units';

/** What lanes beside the tasks, and their bars, are called. */

export function sectionName(section: SectionKind, t: Translate): string {
  switch (section) {
    case 'requests':
      return t('Requests');
    case 'spans':
      return t('Named spans');
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
export function sideName(lanes: Lanes, lane: SideLane, t: Translate): readonly [name: string, more: string] {
  const { timeline } = lanes;
  if (lane.kind === 'backlog') {
    return lane.name === ''
      ? [t('waiting for a worker'), '']
      : [jobKindName(lane.name as JobKind, t), t('{0} at most', lane.series?.max ?? 0)];
  }
  if (lane.kind === 'spans') return spansName(lanes, lane, t);
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

/** The first lane of a route has its name. How long its requests took stands there, or on the second one, where it has several. */
function spansName({ timeline, sides }: Lanes, lane: SideLane, t: Translate): readonly [string, string] {
  const { section, name, permit } = lane;
  const kind = section === 'requests' ? 'request' : 'span';
  const group = spanGroups(timeline).find((each) => each.kind === kind && each.route === name);
  if (!group || permit > 1) return [name, ''];
  const next = sides[sides.indexOf(lane) + 1];
  const isAlone = permit === 0 && (next?.permit ?? 0) === 0;
  if (permit === 1) return [name, group.max === 0 ? '' : percentiles(group)];
  return [name, isAlone ? spanNumbers(group, t) : `×${group.members.length}`];
}

/** `200 · p50 12 ms · p95 40 ms`; of a single one how long it took. */
export function spanNumbers({ members, p50, p95, max }: SpanGroup, t: Translate): string {
  if (max === 0) return t('{0} going on', members.length);
  if (members.length === 1) return formatDuration(max);
  return `${members.length} · ${percentiles({ p50, p95 })}`;
}

function percentiles({ p50, p95 }: Pick<SpanGroup, 'p50' | 'p95'>): string {
  return `p50 ${formatDuration(p50)} · p95 ${formatDuration(p95)}`;
}

/** The most that waited at once in a stretch of time. */
export function waitingDuring(series: Series, from: number, to: number): number {
  if (series.count === 0) return 0;
  const first = Math.max(0, rowAtPlace(series.start, from));
  const last = rowAtPlace(series.start, to);
  return last < first ? 0 : series.value[peakIn(series, first, last + 1)];
}
