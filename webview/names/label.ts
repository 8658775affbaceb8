import { h } from '../page/dom';

/** Letters to keep at the end of a long name: there are the arguments that distinguish calls of one function. */
const LETTERS_AT_END = 8;
/** Shorter names are not split: too little would be left at the beginning. */
const LEAST_TO_ELIDE = 12;

/** What follows the name, in quieter letters. */
interface Detail {
  readonly text: string;
  /** The row needs it to be recognised: it stays when there is no room for both. */
  readonly needed?: boolean;
}

/**
 * Label of a row: its name, elided in the middle where it does not fit, followed by `detail` where there is room.
 * @param query what is searched for: its place is marked
 */
export function rowLabel(name: string, title: string, query = '', detail?: Detail): HTMLElement {
  const label = h('span', { class: 'label', title }, elided(name, query, 'text'));
  if (!detail || detail.text === '') return label;
  label.append(' ');
  if (detail.needed) label.classList.add('both');
  label.append(
    detail.needed
      ? elided(detail.text, query, 'text quiet needed')
      : h('span', { class: 'quiet' }, ...marked(detail.text, query)),
  );
  return label;
}

/** Label of a row that is cut at its end where it does not fit. */
export function cutLabel(text: string, title: string): HTMLElement {
  return h('span', { class: 'label', title }, h('span', { class: 'text' }, h('span', { class: 'name-start' }, text)));
}

/** Two parts side by side, of which the first shrinks: CSS can only truncate at one end. */
function elided(name: string, query: string, classes: string): HTMLElement {
  const letters = [...name];
  const range = find(name, query);
  if (letters.length < LEAST_TO_ELIDE)
    return h('span', { class: classes }, h('span', { class: 'name-start' }, ...pieces(name, range.from, range.to)));
  const cut = letters.length - LETTERS_AT_END;
  const head = letters.slice(0, cut).join('');
  const tail = letters.slice(cut).join('');
  return h(
    'span',
    // A screen reader would read the parts as two words.
    { class: `${classes} long`, role: 'img', 'aria-label': name },
    h('span', { class: 'name-start' }, ...pieces(head, range.from, range.to)),
    h('span', { class: 'name-end' }, h('span', {}, ...pieces(tail, range.from - head.length, range.to - head.length))),
  );
}

/** A text with the matches of the search marked. */
function marked(text: string, query: string): (Node | string)[] {
  const { from, to } = find(text, query);
  return pieces(text, from, to);
}

function find(text: string, query: string): { from: number; to: number } {
  const from = query === '' ? -1 : text.toLowerCase().indexOf(query);
  return { from, to: from < 0 ? from : from + query.length };
}

function pieces(text: string, from: number, to: number): (Node | string)[] {
  const first = Math.min(Math.max(from, 0), text.length);
  const last = Math.min(Math.max(to, 0), text.length);
  if (last <= first) return [text];
  return [text.slice(0, first), h('mark', {}, text.slice(first, last)), text.slice(last)];
}
