import type { Job, Timeline } from '../timeline/model';
import type { Moment } from '../timeline/moment';
import type { Indices } from '../timeline/tasks';
import { BoxKind } from './box-kind';
import type { Horizon } from './horizon';
import { type Bar, barsOf, countsOf, during, pack } from './side-columns';
import type { SideLane } from './side-lane';

/** Lanes for jobs whose workers are unknown; jobs beyond them are only counted. */
const MOST_PACKED = 16;
/** Shorter waits for a worker are the time that submitting takes. */
const SHORTEST_WAIT = 1e-3;

/** A lane for each worker; jobs of which no worker is known are packed. */
export function jobLanes({ jobs }: Pick<Timeline, 'jobs'>, indexOf: Indices, horizon: Horizon): SideLane[] {
  if (jobs.length === 0) return [];
  const owner = ({ task }: Job) => indexOf.get(task) ?? -1;
  const workers = new Map<string, Bar[]>();
  const loose = new Map<Job['kind'], Bar[]>();
  jobs.forEach((job, ref) => {
    const { from, to, started } = momentsOf(job);
    if (job.kind !== 'subprocess' && job.worker !== '' && started) {
      const own = workers.get(job.worker) ?? [];
      workers.set(job.worker, own);
      own.push({ from: started, to, kind: boxKind(owner(job)), task: owner(job), ref });
    } else if (job.kind !== 'thread') {
      const kind = started ? boxKind(owner(job)) : BoxKind.suspended;
      const own = loose.get(job.kind) ?? [];
      loose.set(job.kind, own);
      own.push({ from: started ?? from, to, kind, task: owner(job), ref });
    }
  });
  const lanes: SideLane[] = [];
  // Threads may share a name.
  for (const [name, bars] of workers)
    for (const lane of pack(bars, MOST_PACKED).lanes) lanes.push(jobLane('threads', name, lane, horizon));
  for (const [kind, bars] of loose) {
    const section = kind === 'subprocess' ? 'subprocesses' : 'threads';
    const { lanes: packed, rest } = pack(bars, MOST_PACKED);
    for (const lane of packed) lanes.push(jobLane(section, kind, lane, horizon));
    if (rest.length > 0) lanes.push({ ...backlog(rest), section, name: kind });
  }
  const queued = jobs.filter(waitsForWorker).map((job) => {
    const { from, to, started } = momentsOf(job);
    return { from, to: started ?? to };
  });
  const waiting = backlog(queued);
  // A job that is rejected in the turn of its submission does not wait.
  return waiting.series && waiting.series.max > 0 ? [...lanes, waiting] : lanes;
}

export function momentsOf(job: Job): {
  readonly from: Moment;
  readonly started: Moment | undefined;
  readonly to: Moment | undefined;
} {
  const { submitted, submittedStep, started, startedStep, ended, endedStep } = job;
  const at = (time: number | undefined, turn: number | undefined) =>
    time === undefined ? undefined : during(time, turn ?? 0);
  return { from: during(submitted, submittedStep), started: at(started, startedStep), to: at(ended, endedStep) };
}

/** Of a process pool it is not known when a job begins. */
export function waitsForWorker({ kind, started, submitted }: Job): boolean {
  if (kind === 'process' || kind === 'subprocess' || kind === 'executor') return false;
  return started === undefined || started - submitted >= SHORTEST_WAIT;
}

function boxKind(owner: number): number {
  return owner < 0 ? BoxKind.callback : BoxKind.running;
}

function jobLane(section: SideLane['section'], name: string, bars: readonly Bar[], horizon: Horizon): SideLane {
  return {
    section,
    kind: 'jobs',
    name,
    resource: -1,
    permit: 0,
    bars: barsOf(bars, horizon),
    series: undefined,
    limit: undefined,
  };
}

function backlog(stretches: Parameters<typeof countsOf>[0]): SideLane {
  return {
    section: 'threads',
    kind: 'backlog',
    name: '',
    resource: -1,
    permit: 0,
    bars: undefined,
    series: countsOf(stretches),
    limit: undefined,
  };
}
