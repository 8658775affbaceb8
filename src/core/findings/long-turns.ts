import { userSite } from '../places/chain';
import { firstWhere } from '../sorted';
import { heldFor, holdIn, SLOW, slowFrom } from '../timeline/holds';
import { type CallbackRun, Flag, type Hold, State, type Timeline } from '../timeline/model';
import type { Seconds } from '../units';
import type { Common } from './problem';

/** Turns of one place, together. `cost`: seconds for which ready tasks had to wait. */
interface Long extends Common {
  readonly longest: Seconds;
  /** How many tasks were ready during the worst of these turns. */
  readonly late: number;
  /** What the samples tell of the worst turn; undefined if there are none. */
  readonly hold: Hold | undefined;
}
/** Steps of tasks that blocked the event loop. */
export interface Blocking extends Long {
  readonly kind: 'blocking';
}
/** Callbacks that blocked the event loop. */
export interface LongCallback extends Long {
  readonly kind: 'long-callback';
  readonly callback: CallbackRun;
}

interface LongTurn {
  readonly loop: number;
  readonly start: Seconds;
  readonly end: Seconds;
  /** Seconds for which it really blocked the loop, without time in which other processes had the processor. */
  readonly length: Seconds;
  readonly startStep: number;
  /** The step, as a row of `Segments`, or the callback. */
  readonly by: number | CallbackRun;
  readonly hold: Hold | undefined;
  cost: Seconds;
  late: number;
}

/** Steps and callbacks that blocked a loop, one finding for each place. Linear in the segments and callbacks. */
export function blocking(timeline: Timeline): (Blocking | LongCallback)[] {
  const turns = longTurns(timeline);
  if (turns.length === 0) return [];
  charge(timeline, turns);
  const groups = new Map<string, LongTurn[]>();
  for (const turn of turns) {
    const key = placeKey(timeline, turn);
    const group = groups.get(key);
    if (group) group.push(turn);
    else groups.set(key, [turn]);
  }
  return [...groups.values()]
    .map((group) => ofTurns(timeline, group))
    .sort((a, b) => b.cost - a.cost || b.longest - a.longest);
}

function longTurns(timeline: Timeline): LongTurn[] {
  const { segments, tasks, callbacks } = timeline;
  const turns: LongTurn[] = [];
  const add = (turn: Pick<LongTurn, 'loop' | 'start' | 'end' | 'startStep' | 'by'> & { endStep: number }) => {
    if (turn.end - turn.start < SLOW) return;
    const length = heldFor(timeline, turn);
    const hold = holdIn(timeline, turn);
    if (length >= slowFrom(timeline, hold) + recordingIn(timeline, turn, hold))
      turns.push({ ...turn, length, hold, cost: 0, late: 0 });
  };
  for (let i = 0; i < segments.count; i++) {
    // The first step of an eager task runs inside the step that creates the task.
    if (segments.state[i] !== State.running || segments.flags[i] & Flag.eager) continue;
    const [startStep, endStep] = [segments.startStep[i], segments.endStep[i]];
    const { loop } = tasks[segments.task[i]];
    add({ loop, start: segments.start[i], end: segments.end[i], startStep, endStep, by: i });
  }
  for (const callback of callbacks) {
    const { loop, start, end, startStep, endStep } = callback;
    add({ loop, start, end, startStep, endStep, by: callback });
  }
  return turns.sort((a, b) => a.start - b.start);
}

/**
 * What recording new tasks costs at most, in seconds for each: up to 30 µs were measured before 3.12 on the virtual clock, where functions
 * are followed, and 6 µs from there on. A slower machine is slower in both.
 */
const RECORDING = { followed: 100e-6, plain: 30e-6 };

/** Seconds of a turn that the tracer itself may have taken to record tasks that were created in it. Calls that wait are not the tracer's. */
function recordingIn(
  { tasks, meta }: Timeline,
  { start, end }: { start: Seconds; end: Seconds },
  hold: Hold | undefined,
) {
  if ((hold?.blocked ?? 0) >= SLOW) return 0;
  const from = firstWhere(0, tasks.length, (i) => tasks[i].created >= start);
  // Those of several processes may stand in another order than that of their creation: then none may be found.
  const created = Math.max(0, firstWhere(from, tasks.length, (i) => tasks[i].created > end) - from);
  const minor = Number(meta.python.split('.')[1]);
  return created * (minor < 12 || meta.engine === 'embedded' ? RECORDING.followed : RECORDING.plain);
}

/** Adds to each long turn the time for which ready tasks of the same loop had to wait. */
function charge({ segments, tasks }: Timeline, turns: readonly LongTurn[]): void {
  for (let i = 0; i < segments.count; i++) {
    if (segments.state[i] !== State.ready || segments.end[i] <= segments.start[i]) continue;
    for (let at = firstEndingAfter(turns, segments.start[i]); at < turns.length; at++) {
      const turn = turns[at];
      if (turn.start >= segments.end[i]) break;
      const share = Math.min(turn.end, segments.end[i]) - Math.max(turn.start, segments.start[i]);
      if (share <= 0 || turn.loop !== tasks[segments.task[i]].loop) continue;
      turn.cost += Math.min(share, turn.length);
      turn.late++;
    }
  }
}

/** Index of the first turn that may end after `time`. Ends are sorted only within one loop, so with several loops it goes back a little. */
function firstEndingAfter(turns: readonly LongTurn[], time: Seconds): number {
  let low = firstWhere(0, turns.length, (i) => turns[i].end > time);
  while (low > 0 && turns[low - 1].end > time) low--;
  return low;
}

function placeKey(timeline: Timeline, { by, hold }: LongTurn): string {
  const site = userSite(timeline, siteOfTurn(timeline, by, hold));
  if (site && hold) return `${site.code.file}:${site.line} ${site.call}`;
  if (typeof by !== 'number') return `callback ${by.name}`;
  const task = timeline.tasks[timeline.segments.task[by]];
  return site ? `${site.code.file}:${site.line}` : `${task.coroutine} ${by === task.first + task.count - 1}`;
}

/** The first call starts the processes or threads of a pool, which takes its time once. No program can write that in another way. */
const STARTS_WORKERS = /\.(run_in_executor|submit)\(/;

function ofTurns(timeline: Timeline, group: readonly LongTurn[]): Blocking | LongCallback {
  const worst = group.reduce((a, b) => (b.cost > a.cost || (b.cost === a.cost && b.length > a.length) ? b : a));
  const { by, start, startStep, end, late, hold } = worst;
  const call = timeline.sites[siteOfTurn(timeline, by, hold)]?.call ?? '';
  const common = {
    severity: STARTS_WORKERS.test(call) ? ('info' as const) : ('warning' as const),
    start,
    startStep,
    end,
    site: siteOfTurn(timeline, by, hold),
    cost: group.reduce((sum, turn) => sum + turn.cost, 0),
    times: group.length,
    longest: Math.max(...group.map(({ length }) => length)),
    late,
    hold,
  } as const;
  if (typeof by !== 'number')
    return { kind: 'long-callback', ...common, task: by.task, segment: undefined, callback: by };
  const task = timeline.tasks[timeline.segments.task[by]];
  return { kind: 'blocking', ...common, task: hold?.task || task.id, segment: by };
}

/** Site id of the call that blocked the loop, or of the last place of a step that was cut off; 0 unknown. Never that of an `await`. */
function siteOfTurn({ segments }: Timeline, by: LongTurn['by'], hold: Hold | undefined): number {
  return hold?.site || (typeof by === 'number' ? segments.site[by] : 0);
}
