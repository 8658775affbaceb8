import type { Translate } from '../translate';
import { type AwaitSite, type Comprehension, code } from './explain';

/** Explains an await or an `async for` inside a comprehension. @param words its explanation outside of one */
export function explainComprehension(
  { construct, subject }: AwaitSite,
  comprehension: Comprehension,
  words: readonly string[],
  t: Translate,
): string[] {
  if (comprehension === 'generator')
    return [
      t('This expression only creates an async generator: none of its code runs here, and nothing suspends.'),
      t('It runs when something goes through it with `async for`, item by item; what follows happens there.'),
      ...words,
    ];
  if (construct === 'for')
    return [
      ...words,
      t('The {0} is complete when the last item has arrived; only then does the line continue.', code(comprehension)),
    ];
  const inTurn = t('In a comprehension this happens once for each item, one after another.');
  // Tasks are under way already: only what this await itself begins could begin earlier.
  return subject.kind === 'coroutine'
    ? [...words, inTurn, t('`asyncio.gather` would let them wait at the same time.')]
    : [...words, inTurn];
}
