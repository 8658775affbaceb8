import { isHousekeeping } from '../timeline/library-tasks';
import { State, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { errorPlace } from './errors';

/**
 * Why a run of a program that is being typed does not take the place of the picture before it: it was stopped, or nothing of it can
 * be shown. Undefined: it does. What fails on its way is shown as it went.
 */
export function whyNotShown(timeline: Timeline, t: Translate): string | undefined {
  const { truncated, errors, tasks, loops, notRecorded } = timeline;
  if (truncated?.reason === 'steps') return t('It does not end: stopped after {0} steps.', stepsOf(timeline));
  if (truncated?.reason === 'virtual-time') return t('It does not end: stopped at the limit of virtual time.');
  if (truncated?.reason === 'wall-time') return t('Stopped: it takes too long.');
  if (truncated?.reason === 'killed') return t('Python crashed and was restarted.');
  if (errors.some(({ kind, type }) => kind === 'uncaught' && type === 'MemoryError'))
    return t('Stopped: it uses too much memory.');
  if (!tasks.every(isHousekeeping)) return undefined;
  const [error] = errors;
  if (!error && loops.length === 0 && notRecorded.length > 0)
    return t('It imports {0}, whose event loop is not recorded.', notRecorded.join(', '));
  if (!error) return loops.length === 0 ? t('It starts no event loop.') : t('It creates no task.');
  const line = errorPlace(error)?.line;
  // Python says the place of a mistake in the text once more, as part of its message.
  const message = error.message.replace(/ \([^()]*, line \d+\)$/, '');
  const told = message === '' ? error.type : `${error.type}: ${message}`;
  return line === undefined ? told : t('Line {0}: {1}', line, told);
}

function stepsOf({ segments }: Timeline): number {
  let steps = 0;
  for (let row = 0; row < segments.count; row++) if (segments.state[row] === State.running) steps++;
  return steps;
}
