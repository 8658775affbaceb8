import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import { type Finding, Flag, State, type Stuck, type Timeline } from './model';
import { holdersAt, resourceOf, taskOf } from './resource-state';
import { stuckTasks, together } from './stuck';
import { lastBefore } from './tasks';

/**
 * Deadlocks: of the whole program (as its loop saw it), or of tasks that wait for each other
 * while others run on.
 */
export function findDeadlocks(trace: Trace, timeline: Timeline): Finding[] {
  const all = wholeDeadlocks(trace, timeline);
  const known = new Set(all.flatMap(({ stuck }) => stuck.map(({ segment }) => segment)));
  const whole = [...all, ...stuckBeside(trace, timeline, known)];
  const last = new Set(whole.flatMap(({ end, cycle }) => (end === undefined ? cycle : [])));
  const partial = new CycleSearch(timeline)
    .run()
    .filter((each) => each.end !== undefined || !each.cycle.every((id) => last.has(id)));
  return [...whole, ...partial].sort((a, b) => a.start - b.start);
}

/** The loop had nothing to run and nothing to wait for: on the virtual clock the run stops, on the real one something may still wake it. */
function wholeDeadlocks({ events, meta }: Trace, timeline: Timeline): Finding[] {
  const findings: Finding[] = [];
  const open = new Map<number, { start: number; step: number }>();
  const add = (loop: number | undefined, start: number, step: number, end?: number) => {
    const stuck = stuckAt(timeline, step, loop);
    if (stuck.length > 0)
      findings.push({ kind: 'deadlock', start, startStep: step, end, stuck, cycle: cycleOf(stuck, timeline) });
  };
  for (let i = 0; i < events.count; i++) {
    const at = events.t0[i] - meta.origin;
    const loop = events.loop[i];
    if (events.kind[i] === EventKind.deadlock) open.set(loop, { start: at, step: events.seq[i] });
    if (events.kind[i] === EventKind.deadlockOver) {
      const began = open.get(loop);
      open.delete(loop);
      if (began) add(loop, began.start, began.step, at);
    }
  }
  for (const [loop, { start, step }] of open) add(loop, start, step);
  if (timeline.truncated?.reason === 'deadlock') add(undefined, timeline.duration, timeline.steps);
  return findings;
}

/**
 * Tasks that can never go on while others do, grouped by what connects them.
 * @param known rows of segments that are reported already
 */
function stuckBeside(trace: Trace, timeline: Timeline, known: ReadonlySet<number>): Finding[] {
  const { ids, step } = stuckTasks(trace);
  if (ids.size === 0) return [];
  const { segments } = timeline;
  const stuck = stuckAt(timeline, Math.min(step, timeline.steps), undefined, true).filter(
    ({ task, segment }) => ids.has(task) && !known.has(segment),
  );
  return together(stuck, timeline).map((group) => {
    const last = group.reduce((a, b) =>
      segments.startStep[b.segment] > segments.startStep[a.segment] ? b : a,
    ).segment;
    const [start, startStep] = [segments.start[last], segments.startStep[last]];
    return {
      kind: 'deadlock',
      start,
      startStep,
      end: undefined,
      stuck: group,
      cycle: cycleOf(group, timeline),
      partial: true,
    };
  });
}

/** @param ended also waits that ended in this very step: Ctrl+C looks first, and cancels then */
function stuckAt(timeline: Timeline, step: number, loop: number | undefined, ended = false): Stuck[] {
  return timeline.tasks.flatMap((task) => {
    if (loop !== undefined && task.loop !== loop) return [];
    const segment = suspendedAt(timeline, task.id, step, ended);
    return segment === undefined ? [] : [{ task: task.id, segment, on: dependsOn(timeline, segment, step, ended) }];
  });
}

/** Row of the segment in which a task is suspended at a place on the steps axis, if it is. */
function suspendedAt(timeline: Timeline, id: number, step: number, ended = false): number | undefined {
  const { segments } = timeline;
  const task = taskOf(timeline, id);
  if (!task || task.count === 0) return undefined;
  let row = lastBefore(segments, task.first, task.count, step + 1);
  if (ended)
    while (
      row !== undefined &&
      row > task.first &&
      segments.state[row] !== State.suspended &&
      segments.startStep[row] === step
    )
      row--;
  if (row === undefined || segments.state[row] !== State.suspended) return undefined;
  const end = segments.endStep[row];
  return step < end || (ended && step === end) || (segments.flags[row] & Flag.open) !== 0 ? row : undefined;
}

/** Kinds of wait that end only when all of `members` have. */
const ALL = new Set(['gather', 'taskgroup']);

/** Ids of the tasks that a suspended task depends on: each of them, not one of several. */
function dependsOn(timeline: Timeline, segment: number, step: number, ended = false): number[] {
  const wait = timeline.waits[timeline.segments.about[segment]];
  if (!wait) return [];
  const resource = resourceOf(timeline, wait.fields.resource);
  if (resource?.kind === 'lock' || resource?.kind === 'semaphore') {
    // Any of several permits will do: it does not wait for one holder in particular.
    if (resource.kind === 'semaphore' && resource.value !== 1) return [];
    return holdersAt(timeline, resource, step).filter((id) => id !== 0);
  }
  const { task, members } = wait.fields;
  if (typeof task === 'number' && task > 0) return [task];
  const all = ALL.has(wait.kind) || (members?.length === 1 && wait.kind === 'wait');
  return all ? (members ?? []).filter((id) => suspendedAt(timeline, id, step, ended) !== undefined) : [];
}

/** The first cycle of tasks that wait for each other. */
function cycleOf(stuck: readonly Stuck[], timeline: Timeline): number[] {
  const on = new Map(stuck.map((each) => [each.task, each.on]));
  for (const { task } of stuck) {
    const ring = ringFrom(task, (id) => on.get(id) ?? []);
    if (ring) return fromLockOf(ring, stuck, timeline);
  }
  return [];
}

/** Rotates a cycle so that it begins with a task that waits for a lock. */
function fromLockOf(ring: readonly number[], stuck: readonly Stuck[], timeline: Timeline): number[] {
  const first = ring.findIndex((id) => {
    const segment = stuck.find(({ task }) => task === id)?.segment ?? 0;
    return resourceOf(timeline, timeline.waits[timeline.segments.about[segment]]?.fields.resource) !== undefined;
  });
  return first <= 0 ? [...ring] : [...ring.slice(first), ...ring.slice(0, first)];
}

const FARTHEST = 10_000;

/** A cycle through `start`: depth-first search without recursion, each task visited once. */
function ringFrom(start: number, on: (id: number) => readonly number[]): number[] | undefined {
  const seen = new Set([start]);
  const path: { readonly id: number; readonly next: readonly number[]; at: number }[] = [
    { id: start, next: on(start), at: 0 },
  ];
  for (let looked = 0; path.length > 0 && looked < FARTHEST; looked++) {
    const top = path[path.length - 1];
    if (top.at === top.next.length) {
      path.pop();
      continue;
    }
    const id = top.next[top.at++];
    if (id === start) return path.map((each) => each.id);
    if (seen.has(id)) continue;
    seen.add(id);
    path.push({ id, next: on(id), at: 0 });
  }
  return undefined;
}

/** Finds cycles that form during the run. A cycle can only form when a task begins to wait for something that another one holds. */
class CycleSearch {
  readonly #found = new Map<string, Finding>();

  constructor(private readonly timeline: Timeline) {}

  run(): Finding[] {
    const { segments, waits } = this.timeline;
    const holding = waits.map((wait) => wait !== undefined && resourceOf(this.timeline, wait.fields.resource)?.kind);
    const relevant = waits.map(
      (wait, i) => wait !== undefined && (holding[i] === 'lock' || holding[i] === 'semaphore' || joins(wait.fields)),
    );
    // Without a lock or a permit nobody waits for one who waits for him, but for tasks that await each other.
    if (!relevant.includes(true)) return [];
    for (let i = 0; i < segments.count; i++) {
      if (segments.state[i] !== State.suspended || !relevant[segments.about[i]]) continue;
      this.#look(i);
    }
    return [...this.#found.values()];
  }

  #look(segment: number): void {
    const { timeline } = this;
    const { segments } = timeline;
    const step = segments.startStep[segment];
    const rows = new Map<number, number>();
    const on = (id: number): number[] => {
      const row = suspendedAt(timeline, id, step);
      if (row === undefined) return [];
      rows.set(id, row);
      return dependsOn(timeline, row, step);
    };
    const ring = ringFrom(timeline.tasks[segments.task[segment]].id, on);
    if (!ring) return;
    const stuck = ring.map((task) => ({ task, segment: rows.get(task)!, on: on(task) }));
    const key = stuck
      .map((each) => each.segment)
      .sort((a, b) => a - b)
      .join();
    if (this.#found.has(key)) return;
    const ends = stuck.map((each) =>
      segments.flags[each.segment] & Flag.open ? Infinity : segments.end[each.segment],
    );
    const end = Math.min(...ends);
    this.#found.set(key, {
      kind: 'deadlock',
      start: segments.start[segment],
      startStep: step,
      end: end === Infinity ? undefined : end,
      stuck,
      cycle: fromLockOf(ring, stuck, timeline),
    });
  }
}

function joins({ task, members }: { readonly task?: number; readonly members?: readonly number[] }): boolean {
  return typeof task === 'number' || members !== undefined;
}
