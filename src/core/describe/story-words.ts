import type { Lanes } from '../lanes/lanes';
import { waitSite } from '../places/chain';
import { holdIn, holdOfSegment, isLongHold } from '../timeline/holds';
import { LoopKind } from '../timeline/loop-entries';
import { State } from '../timeline/model';
import { wokenAt } from '../timeline/ties';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { deadlockText } from '../words/deadlocks';
import { shortName } from '../words/names';
import { linkTo, type SourceLink } from '../words/places';
import { taskTitle } from '../words/tasks';
import { sourceOf } from './describe';
import type { Sentence, Story } from './story';
import { beginText, endText } from './story-ends';
import { idleText, readyText, wakesText } from './story-loop';
import { namesOf } from './story-names';
import { saidIn } from './story-output';
import { holdText, stepText } from './story-steps';
import { wokenIn } from './woken';

/** A sentence of the story in the reader's language. Each clause is a sentence of its own, so that no language has to bend to another's order. */
export function sentenceText(lanes: Lanes, story: Story, sentence: Sentence, t: Translate): string {
  const { timeline } = lanes;
  switch (sentence.kind) {
    case 'deadlock':
      return deadlockText(timeline, sentence.finding, t);
    case 'begin':
      return beginText(timeline, t);
    case 'end':
      return endText(timeline, t);
    case 'repeat':
      return repeatText(lanes, sentence, t);
    case 'tie':
      return t(
        'Due at the same moment, by timers that were set at different moments: {0}. In reality either may fire first.',
        namesOf(timeline, wokenAt(timeline, sentence.tie), t),
      );
    case 'time-given': {
      const { start, end, turns } = sentence.given;
      return t(
        'The event loop never waits: its last {1} steps are given {0} of virtual time.',
        durationWords(end - start, t),
        turns,
      );
    }
    case 'turn':
      return turnText(lanes, story, sentence, t);
  }
}

function turnText(lanes: Lanes, story: Story, { entry, step }: Sentence & { kind: 'turn' }, t: Translate): string {
  const { timeline, loop, library } = lanes;
  const woken = [...wokenIn(story.woken, step)].filter((row) => !library.has(timeline.segments.task[row]));
  const of = loop.loop[entry];
  if (loop.kind[entry] === LoopKind.idle) return idleText(lanes, of, step, loop.start[entry], loop.end[entry], t);
  if (loop.kind[entry] === LoopKind.step) return stepText(lanes, loop.ref[entry], step, woken, t);
  const callback = timeline.callbacks[loop.ref[entry]];
  const long = isLongHold(timeline, callback);
  const own = [
    long ? holdText(timeline, holdIn(timeline, callback), callback.end - callback.start, t) : '',
    ...saidIn(timeline, 0, step, t),
  ];
  if (woken.length > 0 && own.every((clause) => clause === '')) return wakesText(timeline, woken, t);
  return [
    t('The event loop calls {0}.', shortName(callback.name)),
    ...own,
    woken.length > 0 ? wakesText(timeline, woken, t) : readyText(lanes, of, step, t),
  ]
    .filter((clause) => clause !== '')
    .join(' ');
}

/** Turns that were written out twice already are only counted. */
function repeatText(
  { timeline, loop }: Lanes,
  { times, last, step, entry }: Sentence & { kind: 'repeat' },
  t: Translate,
): string {
  const turns = last - step + 1;
  const who =
    loop.kind[entry] === LoopKind.step ? taskTitle(timeline.tasks[timeline.segments.task[loop.ref[entry]]]) : '';
  return who === ''
    ? t('The same happens {0} more times, in {1} steps of the event loop.', times, turns)
    : t('The same happens {0} more times, in {1} steps of the event loop, beginning with {2}.', times, turns, who);
}

/** The line that a sentence is about. */
export function sentenceSource({ timeline, loop }: Lanes, sentence: Sentence): SourceLink | undefined {
  if (sentence.kind !== 'turn' || loop.kind[sentence.entry] !== LoopKind.step) return undefined;
  const row = loop.ref[sentence.entry];
  const { segments, tasks } = timeline;
  const task = tasks[segments.task[row]];
  if (holdOfSegment(timeline, row)?.site) return sourceOf(timeline, row);
  const next = row + 1 < task.first + task.count ? row + 1 : row;
  const site = segments.state[next] === State.suspended ? waitSite(timeline, next) : undefined;
  return site ? linkTo(site) : sourceOf(timeline, next);
}
