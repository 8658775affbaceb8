import { collectContexts } from '../timeline/contexts';
import { collectCoroutines } from '../timeline/coroutines';
import { collectDeadlines } from '../timeline/deadlines';
import { collectHolds } from '../timeline/holds';
import { collectJobs } from '../timeline/jobs';
import { collectLoops } from '../timeline/loops';
import type { Timeline } from '../timeline/model';
import { collectErrors, collectLogs, collectOutput } from '../timeline/program';
import { collectResources } from '../timeline/resources';
import { collectSpans } from '../timeline/spans';
import { collectTies, collectTimeGiven } from '../timeline/ties';
import type { Trace } from '../trace/read';

/** The parts of a live timeline that are derived anew from all events so far. */
export type Derived = Pick<
  Timeline,
  | 'coroutines'
  | 'resources'
  | 'uses'
  | 'contexts'
  | 'spans'
  | 'deadlines'
  | 'ties'
  | 'timeGiven'
  | 'holds'
  | 'jobs'
  | 'output'
  | 'logs'
  | 'errors'
  | 'loops'
>;

/**
 * Derives them in slices, so that a page can paint in between. Linear in the number of events and tasks.
 * @param trace needs no steps
 * @param timeline read once, before the first slice: the run may grow between slices
 */
export function* deriving(
  trace: Trace,
  { duration, steps, tasks, segments }: Pick<Timeline, 'duration' | 'steps' | 'tasks' | 'segments'>,
): Generator<void, Derived> {
  const coroutines = collectCoroutines(trace, { tasks, segments }, { duration, steps });
  yield;
  const resources = collectResources(trace);
  yield;
  const [contexts, deadlines, jobs] = [collectContexts(trace), collectDeadlines(trace), collectJobs(trace)];
  yield;
  const [output, logs] = [collectOutput(trace), collectLogs(trace)];
  yield;
  const [errors, loops] = [collectErrors(trace, coroutines), collectLoops(trace)];
  yield;
  const holds = collectHolds(trace);
  const [ties, timeGiven, spans] = [collectTies(trace), collectTimeGiven(trace), collectSpans(trace)];
  return {
    coroutines,
    ...resources,
    contexts,
    spans,
    deadlines,
    ties,
    timeGiven,
    holds,
    jobs,
    output,
    logs,
    errors,
    loops,
  };
}
