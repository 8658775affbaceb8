import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import { causeKinds } from '../trace/records';
import { State, type Tie, type TimeGiven, type Timeline } from './model';

/** Instants at which timers met that had been set at different moments: the order of what they woke is not certain in reality. */
export function collectTies({ events, meta }: Trace): Tie[] {
  const ties: Tie[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.tie) continue;
    const tie = { loop: events.loop[i], time: events.t0[i] - meta.origin, step: events.seq[i] };
    const last = ties.at(-1);
    // A third moment at the same instant.
    if (last?.loop !== tie.loop || Math.abs(last.time - tie.time) > SAME) ties.push(tie);
  }
  return ties;
}

/** Where a loop that never waited was given time on the virtual clock. */
export function collectTimeGiven({ events, meta }: Trace): TimeGiven[] {
  const given: TimeGiven[] = [];
  for (let i = 0; i < events.count; i++) {
    if (events.kind[i] !== EventKind.timeGiven) continue;
    const [start, end] = [events.t0[i] - meta.origin, events.t1[i] - meta.origin];
    given.push({ loop: events.loop[i], start, end, step: events.seq[i], turns: events.a[i] });
  }
  return given;
}

/** Times of one instant differ by no more than this. */
const SAME = 1e-9;
const TIMER = causeKinds.indexOf('timer');
const woken = new WeakMap<readonly Tie[], ReadonlyMap<Tie, readonly number[]>>();

/** Rows of the ready segments that begin with the timers of a tie, in the order in which they were woken. */
export function wokenAt(timeline: Timeline, tie: Tie): readonly number[] {
  let known = woken.get(timeline.ties);
  if (!known) {
    known = new Map(timeline.ties.map((each) => [each, rowsAt(timeline, each)]));
    woken.set(timeline.ties, known);
  }
  return known.get(tie) ?? [];
}

function rowsAt({ tasks, segments }: Timeline, { loop, time }: Tie): number[] {
  const rows: number[] = [];
  for (let row = 0; row < segments.count; row++) {
    if (segments.cause[row] !== TIMER || segments.state[row] !== State.ready) continue;
    if (Math.abs(segments.start[row] - time) <= SAME && tasks[segments.task[row]].loop === loop) rows.push(row);
  }
  return rows.sort((a, b) => segments.startStep[a] - segments.startStep[b] || a - b);
}

/** The tie that a ready segment belongs to. */
export function tieOf(timeline: Timeline, row: number): Tie | undefined {
  const { segments, ties, tasks } = timeline;
  if (ties.length === 0 || segments.state[row] !== State.ready || segments.cause[row] !== TIMER) return undefined;
  const [time, loop] = [segments.start[row], tasks[segments.task[row]].loop];
  return ties.find((tie) => tie.loop === loop && Math.abs(tie.time - time) <= SAME);
}
