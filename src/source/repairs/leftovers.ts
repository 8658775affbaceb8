import { blanked, isBlank, type Repair } from './repair';

/** What a chat or a page puts above and below its code: the label of the language, the button beside it, a fence. */
const above =
  /^(copy( code)?|copied!?|edit|run|python[23]?|py|코드 ?복사|복사( ?하기)?|복사됨|수정|실행|파이썬|```\w*|~~~\w*)$/i;
const below = /^(copy( code)?|코드 ?복사|복사( ?하기)?|```|~~~)$/i;

/** Cuts off the lines around the code that are none. */
export const cutLeftovers: Repair = (lines) => {
  const cut = new Set<number>();
  let first = 0;
  while (first < lines.length && (isBlank(lines[first]) || above.test(lines[first].text.trim()))) cut.add(first++);
  let last = lines.length - 1;
  while (last > first && (isBlank(lines[last]) || below.test(lines[last].text.trim()))) cut.add(last--);
  const gone = [...cut].filter((i) => !isBlank(lines[i])).map((i) => lines[i]);
  if (gone.length === 0) return undefined;
  return {
    lines: lines.map((line, i) => (cut.has(i) ? blanked(line) : line)),
    notes: gone.map(({ text, line }) => ({ kind: 'leftover', quote: text.trim(), line })),
  };
};
