import { userSite } from '../places/chain';
import { isFile } from '../places/same-file';
import { State, type Timeline } from '../timeline/model';
import type { PollLoop } from '../timeline/shapes';
import type { Seconds } from '../units';
import type { Common } from './problem';

/** A task that wakes up again and again only to check whether something has changed. */
export interface BusyPoll extends Common {
  readonly kind: 'busy-poll';
  readonly poll: PollLoop;
  /** How often it woke up to check, and the seconds between the first check and the last. */
  readonly rounds: number;
  readonly took: Seconds;
  /** Longest sleep between two checks, in seconds. 0: `sleep(0)`, which only lets other tasks run. */
  readonly delay: Seconds;
}

/** Polling that is rarer than this, or that happened only a few times, costs little. */
const LEAST_ROUNDS = 10;
const LONGEST_DELAY: Seconds = 0.25;
/** This many checks without a sleep keep the processor busy: the finding becomes a warning. */
const MANY = 1000;

/** Finds tasks that poll, one `BusyPoll` for each place. Linear in the segments. */
export function busyPolls(timeline: Timeline): BusyPoll[] {
  const { shapes, segments, sites, waits, tasks } = timeline;
  if (!shapes || ![...shapes.values()].some(({ polls }) => polls.length > 0)) return [];
  const bySite = pollSites(timeline);
  if (bySite.size === 0) return [];
  const found = new Map<PollLoop, BusyPoll>();
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended) continue;
    const poll = bySite.get(segments.site[row]);
    const wait = waits[segments.about[row]];
    if (!poll || (wait?.kind !== 'sleep' && wait?.kind !== 'yield') || !sites[segments.site[row]]) continue;
    const delay = wait.kind === 'yield' ? 0 : (wait.fields.delay ?? 0);
    const known = found.get(poll);
    found.set(poll, {
      kind: 'busy-poll',
      severity: 'info',
      task: known?.task ?? tasks[segments.task[row]].id,
      segment: known?.segment ?? row,
      site: segments.site[row],
      start: known?.start ?? segments.start[row],
      startStep: known?.startStep ?? segments.startStep[row],
      end: segments.end[row],
      cost: 0,
      times: 1,
      poll,
      rounds: (known?.rounds ?? 0) + 1,
      took: segments.end[row] - (known?.start ?? segments.start[row]),
      delay: Math.max(known?.delay ?? 0, delay),
    });
  }
  return [...found.values()]
    .filter(({ rounds, delay }) => rounds >= LEAST_ROUNDS && delay <= LONGEST_DELAY)
    .map((poll) => (poll.delay === 0 && poll.rounds >= MANY ? { ...poll, severity: 'warning' } : poll));
}

/** Maps site ids of the sleeps in polling loops to these loops. */
function pollSites(timeline: Timeline): Map<number, PollLoop> {
  const found = new Map<number, PollLoop>();
  for (const [file, { polls }] of timeline.shapes ?? []) {
    const isIt = isFile(file);
    timeline.sites.forEach((_, id) => {
      const site = userSite(timeline, id);
      const poll = site && polls.find(({ sleep }) => sleep === site.line);
      if (poll && isIt(site.code.file)) found.set(id, poll);
    });
  }
  return found;
}
