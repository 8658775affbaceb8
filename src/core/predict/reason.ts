import { momentsOf } from '../axis/moments';
import { type Story, storyOf } from '../describe/story';
import { idleText, readyText } from '../describe/story-loop';
import { sentenceText } from '../describe/story-words';
import type { Lanes } from '../lanes/lanes';
import { LoopKind } from '../timeline/loop-entries';
import type { Translate } from '../translate';
import { taskLabel } from '../words/tasks';
import type { Question } from './questions';

/**
 * Why the right answer is right, in sentences of the story: what was ready, which timers were due, what woke which task. No more:
 * what is ready afterwards, or due later, would answer the question that follows.
 */
export function reasonOf(lanes: Lanes, question: Question, t: Translate): string[] {
  const { turn, until, asks, choices, right } = question;
  const { timeline, loop } = lanes;
  const answer = choices[right];
  if (answer.kind === 'none') return [t('No task is ready: each one waits for something, or has ended.')];
  const story = storyOf(lanes);
  if (asks === 'output') return between(lanes, story, turn, until, t);
  const { entry } = momentsOf(lanes);
  const i = entry[turn];
  const of = loop.loop[i];
  const before =
    loop.kind[i] === LoopKind.idle
      ? idleText(lanes, of, turn, loop.start[i], loop.end[i], t)
      : readyText(lanes, of, turn, t);
  const name = answer.kind === 'task' ? taskLabel(timeline.tasks[answer.task]) : '';
  return [
    before,
    ...between(lanes, story, turn, until - 1, t),
    t('The event loop runs ready tasks in the order in which they became ready: {0} is the first.', name),
  ].filter((sentence) => sentence !== '');
}

/** The sentences of the turns after `turn`, up to `last`. */
function between(lanes: Lanes, story: Story, turn: number, last: number, t: Translate): string[] {
  const { loop } = lanes;
  const { entry } = momentsOf(lanes);
  const said: string[] = [];
  const end = story.at(last);
  for (let index = story.at(turn) + 1; index <= end; index++) {
    const sentence = story.sentence(index);
    const text = sentenceText(lanes, story, sentence, t);
    const ready = index === end ? readyText(lanes, loop.loop[entry[sentence.step]], sentence.step, t) : '';
    said.push(ready === '' ? text : text.replace(ready, '').trim());
  }
  return said;
}
