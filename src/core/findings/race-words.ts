import type { Translate } from '../translate';
import { taskMention } from '../words/tasks';
import type { ProblemWords } from './problem';
import type { RaceFound } from './races';

/** Words for what two tasks read before either of them had changed it. */
export function raceWords({ race, first, second, atOnce }: RaceFound, t: Translate): ProblemWords {
  const { how, name, read, write } = race;
  const isOneLine = read === write;
  const areTwo = atOnce === 2;
  const tasks = areTwo
    ? t('{0} and {1}', taskMention(first), taskMention(second))
    : t('{0} tasks, {1} among them,', atOnce, taskMention(second));
  return {
    title: isOneLine
      ? areTwo
        ? t('{0} read {1} before either had changed it, in the same line ({2}).', tasks, name, read)
        : t('{0} read {1} before any of them had changed it, in the same line ({2}).', tasks, name, read)
      : areTwo
        ? t('{0} read {1} at line {2} before either had changed it at line {3}.', tasks, name, read, write)
        : t('{0} read {1} at line {2} before any of them had changed it at line {3}.', tasks, name, read, write),
    why:
      how === 'check'
        ? t(
            'While one of them was suspended at the await in between, the next one tested the old value. So each of them did what only the first should have done.',
          )
        : t(
            'While one of them was suspended at the await in between, the next one read the old value. The one that wrote last undid what the others had written.',
          ),
    advice:
      how === 'check'
        ? t(
            'Put the test and the change into one async with lock: block, or test again after the await. If all need the same result, keep the task that computes it and let everybody await that.',
          )
        : t(
            'Read it again after the await, right before you change it, or put all of it into one async with lock: block.',
          ),
  };
}
