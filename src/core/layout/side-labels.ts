import { BoxKind } from '../lanes/box-kind';
import type { Lanes } from '../lanes/lanes';
import type { SideLane } from '../lanes/side-lane';
import type { Job, NamedSpan } from '../timeline/model';
import { requestTitle } from '../timeline/spans';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { shortName } from '../words/names';
import { waitingDuring } from '../words/side-lanes';
import type { Boxes } from './boxes';

/** What is written into a box: wordings, the longest first. */
export function sideTexts(lanes: Lanes, lane: SideLane, boxes: Boxes, i: number, t: Translate): string[] {
  const kind = boxes.kind[i];
  if (kind === BoxKind.foot || kind === BoxKind.mixed) return [''];
  if (kind === BoxKind.level) return levelTexts(lanes, lane, boxes.span[i], t);
  const { bars } = lane;
  if (!bars || boxes.merged[i] > 1) return [''];
  const ref = boxes.ref[i];
  if (lane.kind === 'spans') return spanTexts(lanes.timeline.spans[bars.ref[ref]]);
  if (lane.kind === 'jobs') return jobTexts(lanes.timeline.jobs[bars.ref[ref]], t);
  const waiting = lane.series ? waitingDuring(lane.series, bars.start[ref], bars.end[ref]) : 0;
  const task = lanes.timeline.tasks[bars.task[ref]];
  const name = lanes.timeline.resources[lane.resource].kind === 'event' ? t('set') : (task?.name ?? t('no task'));
  return waiting > 0 ? [t('{0} · {1} waiting', name, waiting), name] : [name];
}

function levelTexts({ timeline }: Lanes, lane: SideLane, value: number, t: Translate): string[] {
  const kind = timeline.resources[lane.resource]?.kind;
  const number = lane.limit === undefined ? String(value) : `${value}/${lane.limit}`;
  if (kind === 'queue') return [number, String(value)];
  if (kind === 'barrier') return [t('{0} arrived', number), number];
  if (kind === 'semaphore') return [t('{0} in use', number), number];
  if (lane.kind === 'spans' || (lane.kind === 'backlog' && lane.name !== '')) return [number];
  return [t('{0} waiting', number), number];
}

function spanTexts({ name, status, start, end, error }: NamedSpan): string[] {
  const title = requestTitle(name, status);
  if (end === undefined) return [title, name];
  const text = error === '' ? formatDuration(end - start) : error;
  return [`${title} · ${text}`, title, name];
}

function jobTexts(job: Job, t: Translate): string[] {
  const name = shortName(job.label);
  const { outcome } = job;
  if (outcome.kind === 'exception') return [`${name} · ${outcome.text}`, name];
  if (outcome.kind === 'exit' && outcome.code !== 0) return [`${name} · ${t('exit code {0}', outcome.code)}`, name];
  if (job.ended === undefined || job.started === undefined) return [name];
  return [`${name} · ${formatDuration(job.ended - job.started)}`, name];
}
