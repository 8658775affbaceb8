import type { Finding, Timeline } from '../timeline/model';
import { blamed, wasOver } from '../words/deadlocks';
import type { Common } from './problem';

/** Tasks that wait for one another, or for something that nobody will do. */
export interface Deadlock extends Common {
  readonly kind: 'deadlock';
  readonly finding: Finding;
}

/** Deadlocks that lasted until the record ended. */
export function deadlocks(timeline: Timeline): Deadlock[] {
  return timeline.findings
    .filter((finding) => !wasOver(timeline, finding))
    .map((finding) => ofDeadlock(timeline, finding, onlyIdle(timeline, finding) ? 'warning' : 'error'));
}

/** Whether all stuck tasks are workers that wait at a queue while the rest of the program continues: they only keep it from ending. */
function onlyIdle({ waits, segments }: Timeline, { partial, stuck }: Finding): boolean {
  return partial === true && stuck.every(({ segment }) => waits[segments.about[segment]]?.kind === 'queue.get');
}

/** One deadlock, placed at the first task of its cycle, or else at the task that is to blame. */
export function ofDeadlock(timeline: Timeline, finding: Finding, severity: Common['severity']): Deadlock {
  const { segments } = timeline;
  const [first] = finding.cycle.length > 1 ? finding.stuck : blamed(timeline, finding);
  const { start, startStep, end } = finding;
  const site = first ? segments.site[first.segment] : 0;
  const place = { task: first?.task ?? 0, segment: first?.segment, site };
  return { kind: 'deadlock', severity, ...place, start, startStep, end, cost: 0, times: 1, finding };
}
