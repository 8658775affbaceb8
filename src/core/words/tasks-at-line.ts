import type { TaskPlace } from '../protocol/messages';
import type { Translate } from '../translate';

/** More names than these at the end of a line would push each other out of sight. */
const MOST_NAMED = 3;
/** A line is one line, whatever a program calls its tasks. */
const LONGEST = 60;

/**
 * Text at the end of a source line: `◂ fetch('apple', 1) running · fetch('pear', 2) sleep 1 s`.
 * @param places those of one line, what runs first
 */
export function tasksAtLineText(places: readonly TaskPlace[], t: Translate): string {
  const words = { running: t('running'), ready: t('ready'), suspended: t('suspended') };
  const each = places.slice(0, MOST_NAMED).map(({ name, state, waits }) => `${name} ${waits || words[state]}`);
  const more = places.length - each.length;
  const text = each.map((one) => (one.length > LONGEST ? `${one.slice(0, LONGEST - 1)}…` : one)).join(' · ');
  return `◂ ${more > 0 ? t('{0} and {1} more', text, more) : text}`;
}
