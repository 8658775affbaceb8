import { chainOf } from '../places/chain';
import { isFile } from '../places/same-file';
import { Flag, State, type Task, type Timeline } from '../timeline/model';
import type { Race } from '../timeline/shapes';
import { causeKinds } from '../trace/records';
import type { Common } from './problem';

/** Two tasks read something that both of them changed after an `await`: the second one had not seen the change of the first. */
export interface RaceFound extends Common {
  readonly kind: 'race';
  readonly race: Race;
  /** The task that was in between first, and one that read while it was. */
  readonly first: Task;
  readonly second: Task;
  /** How many tasks were in between at the same time, at most. */
  readonly atOnce: number;
}

const CANCEL = causeKinds.indexOf('cancel');

/** A task that waits between the read and the change, as a row of the segments. */
interface Between {
  readonly row: number;
  readonly task: Task;
}

/** Finds them, one for each place. Linear in the segments. */
export function races(timeline: Timeline): RaceFound[] {
  const found: RaceFound[] = [];
  for (const [file, shapes] of timeline.shapes ?? []) {
    if (shapes.races.length === 0) continue;
    const bySite = sitesOf(timeline, file, shapes.races);
    if (bySite.size === 0) continue;
    const between = new Map<Race, Between[]>();
    const { segments, tasks } = timeline;
    for (let row = 0; row < segments.count; row++) {
      if (segments.state[row] !== State.suspended) continue;
      for (const race of bySite.get(segments.site[row]) ?? []) {
        const task = tasks[segments.task[row]];
        if (wentOn(timeline, race, task, row)) between.set(race, [...(between.get(race) ?? []), { row, task }]);
      }
    }
    for (const [race, rows] of between) {
      const problem = isOneObject(timeline, file, race) ? raceOf(timeline, race, rows) : undefined;
      if (problem) found.push(problem);
    }
  }
  return found;
}

/** Maps the ids of sites to the races in whose middle a task stands there. */
function sitesOf(timeline: Timeline, file: string, all: readonly Race[]): Map<number, Race[]> {
  const found = new Map<number, Race[]>();
  const isIt = isFile(file);
  timeline.sites.forEach((site, id) => {
    if (!site) return;
    const chain = chainOf(timeline, id).filter(({ code }) => code.user && isIt(code.file));
    const there = all.filter(({ awaits, function: line }) =>
      chain.some(
        (at) => at.code.firstLine === line && awaits.some(([first, last]) => first <= at.line && at.line <= last),
      ),
    );
    if (there.length > 0) found.set(id, there);
  });
  return found;
}

/** Whether the function went on to its end after this wait: what was cancelled or failed changed nothing. */
function wentOn({ segments, coroutines }: Timeline, race: Race, task: Task, row: number): boolean {
  if (segments.flags[row] & Flag.open || segments.cause[row + 1] === CANCEL) return false;
  const step = segments.startStep[row];
  const span = coroutines.find(
    (each) =>
      each.task === task.id && each.code.firstLine === race.function && each.startStep <= step && each.endStep >= step,
  );
  return span ? span.outcome === 'returned' : task.outcome.kind === 'result';
}

/** Whether the code that makes the object ran once. */
function isOneObject({ coroutines, tasks }: Timeline, file: string, { within }: Race): boolean {
  if (within === 0) return true;
  const isIt = isFile(file);
  const runs = coroutines.filter(({ code }) => code.firstLine === within && isIt(code.file)).length;
  // Before Python 3.12 only the outermost coroutine of a task may be recorded.
  return runs === 1 || (runs === 0 && tasks.filter(({ code }) => code?.firstLine === within).length === 1);
}

function raceOf(timeline: Timeline, race: Race, rows: readonly Between[]): RaceFound | undefined {
  const { segments } = timeline;
  const sorted = [...rows].sort((a, b) => segments.startStep[a.row] - segments.startStep[b.row]);
  let open: Between[] = [];
  let pair: readonly [Between, Between] | undefined;
  let atOnce = 0;
  let times = 0;
  for (const next of sorted) {
    const began = segments.startStep[next.row];
    open = open.filter(({ row }) => resumedAt(timeline, row) >= began);
    const others = open.filter((each) => each.task !== next.task && isSameKey(race, each.task, next.task));
    if (others.length > 0) {
      pair ??= [others[0], next];
      times++;
      atOnce = Math.max(atOnce, new Set(others.map(({ task }) => task.id)).size + 1);
    }
    open.push(next);
  }
  if (!pair) return undefined;
  const [first, second] = pair;
  return {
    kind: 'race',
    severity: race.fixed ? 'info' : 'warning',
    task: second.task.id,
    segment: second.row,
    site: placeOf(timeline, second.row, race),
    start: segments.start[second.row],
    startStep: segments.startStep[second.row],
    end: undefined,
    cost: 0,
    times,
    race,
    first: first.task,
    second: second.task,
    atOnce,
  };
}

/** Where the task of a wait runs again, on the steps axis: until then it has changed nothing. */
function resumedAt({ segments }: Timeline, row: number): number {
  return segments.state[row + 1] === State.ready && segments.task[row + 1] === segments.task[row]
    ? segments.endStep[row + 1]
    : segments.endStep[row];
}

/** Of `balances[name]`, whether both tasks were given the same name. */
function isSameKey({ key, function: line }: Race, a: Task, b: Task): boolean {
  if (key === undefined) return true;
  if (a.code?.firstLine !== line || b.code?.firstLine !== line) return false;
  const [own, other] = [a.args?.split(', '), b.args?.split(', ')];
  return own !== undefined && own.length === other?.length && own[key] === other[key] && !own[key]?.includes('…');
}

/** The site in the function itself, of a task that may wait further in. */
function placeOf({ segments, sites }: Timeline, row: number, { function: line }: Race): number {
  let id = segments.site[row];
  while (sites[id] && sites[id]?.code.firstLine !== line && sites[id]?.parent) id = sites[id]?.parent ?? 0;
  return id;
}
