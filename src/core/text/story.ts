import { momentsOf, timeAt } from '../axis/moments';
import { storyOf } from '../describe/story';
import { sentenceText } from '../describe/story-words';
import type { Lanes } from '../lanes/lanes';
import type { Translate } from '../translate';
import { formatDuration } from '../units';
import { Line, line } from './canvas';
import { columnsOf, wrapped } from './width';

/** More sentences than these nobody reads in a terminal. */
const MOST = 400;

/** What happened, sentence by sentence. */
export function storyLines(lanes: Lanes, width: number, t: Translate): Line[] {
  const story = storyOf(lanes);
  if (story.count === 0) return [];
  const moments = momentsOf(lanes);
  const shown = Math.min(story.count, MOST);
  const sentences = Array.from({ length: shown }, (_, index) => story.sentence(index));
  const times = sentences.map((sentence) => formatDuration(timeAt(moments, sentence.step)));
  const numbers = String(shown).length;
  const widest = Math.max(...times.map(columnsOf));
  const indent = numbers + widest + 4;
  const lines = [new Line(), line(t('Story'), 'strong')];
  sentences.forEach((sentence, index) => {
    const text = sentenceText(lanes, story, sentence, t);
    wrapped(text, Math.max(20, width - indent)).forEach((part, at) => {
      const made = new Line();
      if (at === 0) {
        const number = String(index + 1);
        made.put(numbers - number.length, `${number}.`, 'faint');
        made.put(numbers + 2 + widest - columnsOf(times[index]), times[index], 'faint');
      }
      made.put(indent, part, 'plain');
      lines.push(made);
    });
  });
  if (story.count > shown)
    lines.push(line(t('{0} more sentences; --html shows them all.', story.count - shown), 'faint'));
  return lines;
}
