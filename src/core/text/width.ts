import { firstWhere } from '../sorted';
/** Columns that a text takes in a terminal: Korean, Chinese and Japanese letters and most emoji take two, combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const letter of text) columns += columnsOfLetter(letter.codePointAt(0)!);
  return columns;
}

/** The beginning of a text that fits, with an ellipsis if something is left out. */
export function cut(text: string, room: number, ellipsis = '…'): string {
  if (columnsOf(text) <= room) return text;
  let kept = '';
  let columns = columnsOf(ellipsis);
  if (columns > room) return '';
  for (const letter of text) {
    columns += columnsOfLetter(letter.codePointAt(0)!);
    if (columns > room) break;
    kept += letter;
  }
  return kept + ellipsis;
}

/** Broken between words; a word that is too long alone stays whole. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && columnsOf(longer) > width) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}

/** A path without as many of its outermost folders as do not fit, with an ellipsis in their place; the file's name stays whole. */
export function cutFolders(path: string, room: number, ellipsis = '…'): string {
  if (columnsOf(path) <= room) return path;
  const parts = path.split(/(?=[/\\])/).slice(1);
  while (parts.length > 1 && columnsOf(ellipsis + parts.join('')) > room) parts.shift();
  return parts.length > 0 ? ellipsis + parts.join('') : path;
}

export function columnsOfLetter(code: number): 0 | 1 | 2 {
  if (code < 0x300) return 1;
  if (isMark(code)) return 0;
  return isWide(code) ? 2 : 1;
}

function isMark(code: number): boolean {
  return /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u.test(String.fromCodePoint(code));
}

/** Ranges of Unicode's East Asian Width `W` and `F`, joined where only unassigned code points lie between. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x23f0, 0x23f0],
  [0x23f3, 0x23f3],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x1f004, 0x1f004],
  [0x1f0cf, 0x1f0cf],
  [0x1f18e, 0x1f18e],
  [0x1f191, 0x1f19a],
  [0x1f200, 0x1f320],
  [0x1f32d, 0x1f335],
  [0x1f337, 0x1f37c],
  [0x1f37e, 0x1f393],
  [0x1f3a0, 0x1f3ca],
  [0x1f3cf, 0x1f3d3],
  [0x1f3e0, 0x1f3f0],
  [0x1f3f4, 0x1f3f4],
  [0x1f3f8, 0x1f43e],
  [0x1f440, 0x1f440],
  [0x1f442, 0x1f4fc],
  [0x1f4ff, 0x1f53d],
  [0x1f54b, 0x1f567],
  [0x1f57a, 0x1f57a],
  [0x1f595, 0x1f596],
  [0x1f5a4, 0x1f5a4],
  [0x1f5fb, 0x1f64f],
  [0x1f680, 0x1f6c5],
  [0x1f6cc, 0x1f6cc],
  [0x1f6d0, 0x1f6d2],
  [0x1f6d5, 0x1f6df],
  [0x1f6eb, 0x1f6ec],
  [0x1f6f4, 0x1f6fc],
  [0x1f7e0, 0x1f7eb],
  [0x1f90c, 0x1f93a],
  [0x1f93c, 0x1f945],
  [0x1f947, 0x1faff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  const at = firstWhere(0, WIDE.length, (i) => code <= WIDE[i][1]);
  return at < WIDE.length && code >= WIDE[at][0];
}
