import { momentsOf } from '../axis/moments';
import type { Lanes } from '../lanes/lanes';
import { waitSite } from '../places/chain';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import type { Translate } from '../translate';
import { taskLabel } from '../words/tasks';
import { waitText } from '../words/waits';
import type { Choice, Question } from './questions';
import { rowAfter } from './turns';

export function questionText({ asks }: Question, t: Translate): string {
  return asks === 'task' ? t('Which task runs next?') : t('What is printed next?');
}

export function choiceText({ timeline }: Lanes, choice: Choice, t: Translate): string {
  if (choice.kind === 'task') return taskLabel(timeline.tasks[choice.task]);
  if (choice.kind === 'none') return t('None: the event loop waits');
  return choice.text;
}

/** The situation when a question is asked. Not in the words of the story, which would name the ready queue: that is the answer. */
export function situationText(lanes: Lanes, { turn }: Question, t: Translate): string {
  const { timeline, loop } = lanes;
  const { segments, tasks } = timeline;
  const entry = momentsOf(lanes).entry[turn];
  if (loop.kind[entry] !== LoopKind.step) return t('No task is ready: the event loop waits.');
  const row = loop.ref[entry];
  const name = taskLabel(tasks[segments.task[row]]);
  const after = rowAfter(lanes, row);
  if (after === undefined) return t('{0} has finished.', name);
  const site = waitSite(timeline, after);
  const line = site?.line ?? 0;
  if (segments.state[after] !== State.suspended)
    return site
      ? t('{0} hands control back to the event loop at line {1}, and can run again at once.', name, line)
      : t('{0} hands control back to the event loop, and can run again at once.', name);
  const wait = waitText(timeline, after, t);
  return site
    ? t('{0} has run to line {1} and is suspended there: {2}.', name, line, wait)
    : t('{0} is suspended: {1}.', name, wait);
}
