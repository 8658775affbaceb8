import { State, type Timeline } from '../timeline/model';
import { sitesAt } from './sites-at-line';

/**
 * The turns of the loop in which something happened at a source line: a task suspended, resumed or was created there, or
 * printed. In order, each once.
 */
export function turnsAtLine(timeline: Timeline, file: string, line: number): number[] {
  const { segments, tasks, output, steps } = timeline;
  const lit = sitesAt(timeline, file, line);
  if (!lit) return [];
  const turns = new Set<number>();
  for (let row = 0; row < segments.count; row++) {
    if (segments.state[row] !== State.suspended || !lit[segments.site[row]]) continue;
    turns.add(segments.startStep[row] - 1);
    const next = nextRunning(row);
    if (next !== undefined) turns.add(segments.startStep[next]);
  }
  for (const { site, first, count } of tasks) if (lit[site] && count > 0) turns.add(segments.startStep[first] - 1);
  for (const { site, step } of output) if (lit[site]) turns.add(Math.floor(step));
  return [...turns].filter((turn) => turn >= 0 && turn < steps).sort((a, b) => a - b);

  function nextRunning(row: number): number | undefined {
    for (let next = row + 1; next < segments.count && segments.task[next] === segments.task[row]; next++)
      if (segments.state[next] === State.running) return next;
    return undefined;
  }
}

/** The turn after a position (`direction` 1) or before it (-1), around the ends. @param step undefined: not in the run */
export function nextTurn(turns: readonly number[], step: number | undefined, direction: number): number | undefined {
  if (direction > 0) return turns.find((turn) => step === undefined || turn > Math.floor(step)) ?? turns[0];
  return turns.findLast((turn) => step === undefined || turn < Math.floor(step)) ?? turns.at(-1);
}
