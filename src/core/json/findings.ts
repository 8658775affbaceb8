import { ofDeadlock } from '../findings/deadlocks';
import { problemWords } from '../findings/finding-words';
import { type Problem, problemsOf } from '../findings/findings';
import type { Finding, Timeline } from '../timeline/model';
import { resourceOf } from '../timeline/resource-state';
import { translator } from '../translate';
import type { Seconds } from '../units';
import { wasOver } from '../words/deadlocks';
import { waitLabel } from '../words/waits';
import type { FrameJson } from './frame';
import { type BlockedByJson, blockedByJson } from './holds';

const english = translator(undefined);

/** What is wrong with the run. */
export interface FindingJson {
  readonly kind: Problem['kind'];
  readonly severity: Problem['severity'];
  readonly message: string;
  /** Empty: there is nothing to add. */
  readonly why: string;
  readonly advice: string;
  readonly start: Seconds;
  readonly end: Seconds | null;
  readonly cost: Seconds;
  readonly times: number;
  readonly task: number | null;
  readonly site: FrameJson | null;
  /** Of a deadlock, else empty. */
  readonly cycle: readonly number[];
  readonly tasks: readonly StuckJson[];
  /** Of a blocked loop: what held it. */
  readonly blockedBy?: BlockedByJson;
}

interface StuckJson {
  readonly task: number;
  readonly on: readonly number[];
  readonly waitingFor: string;
  readonly resource: number | null;
  readonly chain: readonly FrameJson[];
}

export interface Frames {
  frame(site: number): FrameJson | null;
  chain(site: number): readonly FrameJson[];
}

/** Deadlocks that were over after all are no problem of the run, but they are part of its record. */
export function findingsOf(timeline: Timeline): readonly Problem[] {
  const over = timeline.findings.filter((finding) => wasOver(timeline, finding));
  return [...problemsOf(timeline), ...over.map((finding) => ofDeadlock(timeline, finding, 'info'))];
}

export function findingJson(timeline: Timeline, problem: Problem, frames: Frames): FindingJson {
  const { kind, severity, start, end, cost, times, task, site } = problem;
  const { title, why, advice } = problemWords(timeline, problem, english);
  const deadlock = problem.kind === 'deadlock' ? problem.finding : undefined;
  return {
    kind,
    severity,
    message: title,
    why,
    advice,
    start,
    end: end ?? null,
    cost,
    times,
    task: task === 0 ? null : task,
    site: frames.frame(site),
    cycle: deadlock?.cycle ?? [],
    tasks: deadlock ? stuckJson(timeline, deadlock, frames) : [],
    ...('hold' in problem && problem.hold ? { blockedBy: blockedByJson(problem.hold, frames.chain) } : {}),
  };
}

function stuckJson(timeline: Timeline, { stuck }: Finding, { chain }: Frames): StuckJson[] {
  const { segments, waits } = timeline;
  return stuck.map(({ task, segment, on }) => ({
    task,
    on,
    waitingFor: waitLabel(timeline, segment) ?? '',
    resource: resourceOf(timeline, waits[segments.about[segment]]?.fields.resource)?.id ?? null,
    chain: chain(segments.site[segment]),
  }));
}
