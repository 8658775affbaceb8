import { problemKinds } from '../core/findings/kinds';
import type { Translate } from '../core/translate';
import type { ClauseProblem, words } from './directive-grammar';

/** Messages about `# coroscope:` comments. */

/** What is wrong with a comment, and how to write it. */
export function directiveProblem({ kind, found, fix }: ClauseProblem, t: Translate): string {
  switch (kind) {
    case 'colon':
      return t('A colon is missing: # coroscope: …');
    case 'empty':
      return t('Write what happens here: takes 800ms, returns …, raises …, yields 3 every 500ms, label "…" or ignore.');
    case 'word':
      return fix
        ? t('There is no “{0}”. Did you mean “{1}”?', found, fix)
        : t('There is no “{0}”. Use takes, returns, raises, yields, label or ignore.', found);
    case 'duration':
      return fix
        ? t('“{0}” is not a duration. Write {1}.', found, fix)
        : t('A duration is a number and a unit: 800ms, 1.5s, 2min.');
    case 'count':
      return t('How many? A whole number follows: yields 3 every 500ms.');
    case 'expression':
      return found === '' ? t('A Python expression is missing here.') : t('“{0}” is not a Python expression.', found);
    case 'quotes':
      return t('A label needs quotes: label "…".');
    case 'finding-kind':
      return fix
        ? t('“{0}” is not a kind of finding. Did you mean “{1}”?', found, fix)
        : t('“{0}” is not a kind of finding. The kinds are: {1}.', found, problemKinds.join(', '));
    case 'twice':
      return t('“{0}” appears twice.', found);
    case 'returns-or-raises':
      return t('It either returns or raises.');
    case 'nothing-here':
      return t('This comment has no effect here: it belongs on a line with await, async for, async with or def.');
    case 'takes-here':
      return t('Only async for and generators yield items; here it is takes 800ms, returns … or raises ….');
    case 'yields-here':
      return t('This yields items one at a time: write yields 3 every 500ms.');
  }
}

export interface ClauseHelp {
  /** How it is written. */
  readonly example: string;
  /** The placeholders of the snippet, in order. */
  readonly blanks: readonly string[];
  readonly text: string;
}

export function clauseHelp(word: (typeof words)[number], t: Translate): ClauseHelp {
  switch (word) {
    case 'takes':
      return {
        example: 'takes 800ms',
        blanks: ['800ms'],
        text: t('The line is not run. The task is suspended for this long instead.'),
      };
    case 'returns':
      return {
        example: 'returns None',
        blanks: ['None'],
        text: t('The line is not run. It returns this value instead, after the time in takes, if any.'),
      };
    case 'raises':
      return {
        example: 'raises TimeoutError after 2s',
        blanks: ['TimeoutError', '2s'],
        text: t('The line is not run. It raises this exception instead, after the time in takes, if any.'),
      };
    case 'yields':
      return {
        example: 'yields 3 every 500ms',
        blanks: ['3', '500ms'],
        text: t('The line is not run. It yields this many items instead, one at a time. Write of [a, b] to say which.'),
      };
    case 'label':
      return {
        example: 'label "the slow one"',
        blanks: ['the slow one'],
        text: t('The name that the timeline shows.'),
      };
    case 'ignore':
      return {
        example: 'ignore',
        blanks: [],
        text: t(
          'Findings of this line are not reported; write ignore[KIND] for one kind only. On a function, its calls also count as library code: they are hidden unless you show library code.',
        ),
      };
  }
}
