import { userSite } from '../places/chain';
import type { Finding, Resource, Stuck, Timeline } from '../timeline/model';
import { resourceOf } from '../timeline/resource-state';
import { Use } from '../timeline/resources';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { blamed } from '../words/deadlocks';

// Wake-ups that came before the wait: of events that were set and cleared, of conditions that were notified.

/** A task waits for an event that was set and cleared before, or for a condition that was notified before. */
export interface MissedWakeUp {
  readonly stuck: Stuck;
  readonly resource: Resource;
  /** Rows of `Timeline.uses`: the last time it was set or notified and, for an event, when it was cleared. */
  readonly set: number;
  readonly cleared: number | undefined;
}

/** The missed wake-up of a stuck task; undefined if it is none. */
export function missedWakeUp(timeline: Timeline, stuck: Stuck): MissedWakeUp | undefined {
  const { segments, waits, uses } = timeline;
  const resource = resourceOf(timeline, waits[segments.about[stuck.segment]]?.fields.resource);
  if (!resource || (resource.kind !== 'event' && resource.kind !== 'condition')) return undefined;
  const began = segments.startStep[stuck.segment];
  let cleared: number | undefined;
  for (let row = resource.first + resource.count - 1; row >= resource.first; row--) {
    const what = uses.what[row];
    if (uses.step[row] >= began) {
      // A later set or notify reached other tasks only.
      if (what === Use.set || what === Use.notified) return undefined;
      continue;
    }
    if (what === Use.cleared) cleared ??= row;
    if (what === Use.set) return cleared === undefined ? undefined : { stuck, resource, set: row, cleared };
    if (what === Use.notified)
      return uses.value[row] === 0 ? { stuck, resource, set: row, cleared: undefined } : undefined;
  }
  return undefined;
}

/** Tells when the event was set and cleared, or the condition notified; undefined if no wake-up was missed. */
export function missedText(timeline: Timeline, finding: Finding, t: Translate): string | undefined {
  const { uses, segments } = timeline;
  for (const each of blamed(timeline, finding)) {
    const missed = missedWakeUp(timeline, each);
    if (!missed) continue;
    const { resource, set, cleared, stuck } = missed;
    const name = resource.name;
    const waited = durationWords(segments.start[stuck.segment], t);
    if (cleared === undefined)
      return t(
        '{0} was notified at {1}{2} when nobody waited for it. The wait began later, at {3}.',
        name,
        durationWords(uses.time[set], t),
        atLine(timeline, uses.site[set], t),
        waited,
      );
    return t(
      '{0} was set at {1}{2} and cleared at {3}{4}, before this wait began at {5}: it did not see that.',
      name,
      durationWords(uses.time[set], t),
      atLine(timeline, uses.site[set], t),
      durationWords(uses.time[cleared], t),
      atLine(timeline, uses.site[cleared], t),
      waited,
    );
  }
  return undefined;
}

function atLine(timeline: Timeline, site: number, t: Translate): string {
  const line = userSite(timeline, site)?.line;
  return line === undefined ? '' : ` ${t('(line {0})', line)}`;
}
