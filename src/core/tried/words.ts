import type { Translate } from '../translate';
import { durationWords } from '../units';
import { oneLine } from '../words/labels';
import type { Difference, Tried } from './tried';

/** What came of trying an edit, in a sentence or two. */
export function triedText({ before, after, difference }: Tried, t: Translate): string {
  if (difference?.kind === 'end') {
    return difference.error === ''
      ? t('Tried on the virtual clock: with the change, the program ends differently.')
      : t('Tried on the virtual clock: with the change, the program fails with {0}.', oneLine(difference.error));
  }
  const [was, is] = [durationWords(before, t), durationWords(after, t)];
  const time =
    was === is
      ? t('Tried on the virtual clock: with the change, the program takes just as long, {0}.', was)
      : t('Tried on the virtual clock: with the change, the program takes {0} instead of {1}.', is, was);
  return `${time} ${outputText(difference, t)}`;
}

function outputText(difference: Exclude<Difference, { readonly kind: 'end' }> | undefined, t: Translate): string {
  if (!difference) return t('It prints the same.');
  if (difference.kind === 'order') return t('It prints the same lines in a different order.');
  const shown = (text: string | undefined) => (text === undefined ? t('nothing') : `“${oneLine(text)}”`);
  return t(
    'Line {0} of its output is {1} instead of {2}.',
    difference.line,
    shown(difference.after),
    shown(difference.before),
  );
}
