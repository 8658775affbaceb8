import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import type { Repair } from './repair';

/** What input methods, word processors and books write for ASCII, outside of strings and comments always an error. */
const PLAIN: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '：': ':',
  '，': ',',
  '；': ';',
  '［': '[',
  '］': ']',
  '｛': '{',
  '｝': '}',
  '＝': '=',
  '＋': '+',
  '．': '.',
  '＊': '*',
  '＜': '<',
  '＞': '>',
  '＠': '@',
  '＃': '#',
  '–': '-',
  '—': '-',
  '−': '-',
  '－': '-',
};
const odd = /[（）：，；［］｛｝＝＋．＊＜＞＠＃–—−－\u00ad\u200b-\u200d\u2060\ufeff①-⑳❶-➓]/g;
/** Takes no room, and is no part of what somebody typed. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/;
const entity = /&(?:lt|gt|amp|quot|nbsp|#39|#x27|apos);/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&#39;': "'",
  '&#x27;': "'",
  '&apos;': "'",
};

/** Replaces punctuation of full width, dashes and characters of HTML by what Python reads, and drops what is invisible. Strings stay as they are. */
export const plainPunctuation: Repair = (lines, parsed) => {
  const first = lines.find(({ text }) => text.search(odd) >= 0 || text.search(entity) >= 0);
  if (!first) return undefined;
  const source = parsed();
  const isBroken = syntaxErrors(source).length > 0;
  if (isBroken && lines.some(({ text }) => text.search(entity) >= 0)) {
    const changed = lines.map((line) => ({ ...line, text: line.text.replace(entity, (found) => ENTITIES[found]) }));
    if (syntaxErrors(new Source(textOf(changed))).length === 0)
      return { lines: changed, notes: [{ kind: 'characters', line: first.line }] };
  }
  let start = 0;
  let changedAt: number | undefined;
  const changed = lines.map((line) => {
    const from = start;
    start += line.text.length + 1;
    let shift = line.shift;
    const text = line.text.replace(odd, (found, at: number) => {
      if (/String|Comment/.test(source.tree.resolveInner(from + at, 1).name)) return found;
      changedAt ??= line.line;
      if (!INVISIBLE.test(found)) return PLAIN[found] ?? ' ';
      if (line.text.slice(0, at).trim() === '') shift++;
      return '';
    });
    return text === line.text ? line : { ...line, text: text.trimEnd(), shift };
  });
  if (changedAt === undefined || syntaxErrors(new Source(textOf(changed))).length > 0) return undefined;
  return { lines: changed, notes: [{ kind: 'characters', line: changedAt }] };
};

/** The same lines with all of it plain outside of strings and comments, also where that alone makes nothing valid. */
export function withoutPunctuation(lines: readonly CodeLine[]): readonly CodeLine[] {
  return lines.map((line) => {
    const decoded = line.text.replace(entity, (found) => ENTITIES[found]);
    const plain = decoded.replace(STRING_OR_ODD, (found) =>
      /^["'#]/.test(found) ? found : (PLAIN[found] ?? (INVISIBLE.test(found) ? '' : ' ')),
    );
    return plain === line.text ? line : { ...line, text: plain };
  });
}

const STRING_OR_ODD = new RegExp(`(["'])(?:\\\\.|(?!\\1).)*\\1|#.*|${odd.source}`, 'g');
