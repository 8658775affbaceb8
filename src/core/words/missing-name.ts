import type { Translate } from '../translate';
import { framesOf, type ShownFrame } from './traceback';

/** Explains a NameError: the code may be a fragment, in which a comment can simulate the line, or the name is misspelt. */
export function missingName(name: string, traceback: string, t: Translate): readonly [string, string] {
  const last = framesOf(traceback).at(-1);
  const meant = /Did you mean: '([^']+)'\?/.exec(traceback)?.[1];
  const comment = last && simulating(last);
  const meaning = last
    ? t('Line {0} needs {1}, which nothing had defined or imported by then.', last.line, name)
    : t('The program needs {0}, which nothing had defined or imported by then.', name);
  const advice = comment
    ? t(
        'Define or import {0}. Or simulate it: with {1} behind the {2} in line {3}, that line is not run and needs none of its names.',
        name,
        `# coroscope: ${comment.what}`,
        comment.construct,
        comment.line,
      )
    : t('Define or import {0} before this line runs.', name);
  return [
    comment ? `${meaning} ${t('It may be part of a larger program.')}` : meaning,
    meant ? `${t('Did you mean {0}?', meant)} ${advice}` : advice,
  ];
}

/** The comment that would simulate a line. */
function simulating({ line, text }: ShownFrame) {
  if (/^async for\b/.test(text)) return { line, construct: 'async for', what: 'yields 3 every 500ms' };
  if (/^async with\b/.test(text)) return { line, construct: 'async with', what: 'takes 800ms' };
  return /\bawait\b/.test(text) ? { line, construct: 'await', what: 'takes 800ms returns …' } : undefined;
}
