import { type CodeLine, textOf } from '../document';
import { syntaxErrors } from '../errors';
import { Source } from '../syntax';
import { insideStrings } from './indentation';
import { blanked, cut, isBlank, type Repair, type Repaired } from './repair';

/** What a chat or a page puts around its code: the label of the language, and the buttons beside it, often glued to each other. */
const label = `(?:i?python ?[23]?|py[23]?|파이썬)`;
const button = `(?:${[
  'copy(?: to clipboard| code| snippet)?|copied!?|edit(?: code)?|run(?: code)?|explain(?: code)?|try it(?: yourself)?',
  'download|wrap(?: lines)?|expand|collapse|save|open in [a-z]+|always show details',
  '코드 ?(?:복사(?:하기)?|실행)|복사(?: ?하기| ?완료|됨| ?코드)?|(?:실행|편집|수정)(?: ?하기)?|설명|다운로드|내려받기|저장',
  '펼치기|접기|자동 ?줄 ?바꿈',
  'コピー(?:する|しました)?|(?:コード|クリップボード)[をに]コピー|実行',
  '(?:复制|複製|拷贝|拷貝|已复制)(?:代码|代碼|程式碼)?|运行|執行',
  'copier(?: le code)?|copié|(?:code )?kopieren|kopiert|copiar(?: c[oó]digo)?|copiado|copia(?: codice)?',
  '(?:с?копировать)(?: код)?',
].join('|')})`;
const fence = String.raw`(?:\x60{3,}|~{3,})[\w+-]*`;
const file = String.raw`(?:\*\*|\x60)?[\w-]+\.py(?:\*\*|\x60)?:?`;
/** A line between two pieces. */
const rule = '[-=*_~]{3,}';
/** A line for the shell, or for a notebook. */
const shell = String.raw`\$ \S.*|(?:[!%] ?)?(?:python3? -m )?(?:pip3?|conda|poetry|uv|brew) (?:pip )?(?:install|add) .*|!\w.*|%%?(?!time\w* \S)[a-z]\w*.*`;
const around = new RegExp(
  `^(?:${shell}|${label}|(?:[▶►⧉]|📋)? ?(?:${label}[ \\t·|:]*)?${button}(?:[ \\t·|]*${button})*|${fence}|${file}|${rule})$`,
  'i',
);
/** Matches such text directly before the first line of code, without a line break between. */
const glued = new RegExp(
  `^(?:${label}[ \\t]*)?(?:${button}[ \\t]*)*(?=(?:import|from|async|await|def|class|with|for|while|if|try|print|asyncio|return)\\b|[@#"'])`,
  'i',
);

/** Cuts off text around the code that is not code: whole lines at both ends, and what is glued to the first line. */
export const cutLeftovers: Repair = (lines, parsed) => {
  const fenced = insideFence(lines) ?? insideBackticks(lines);
  if (fenced) return fenced;
  const gone = new Set<number>();
  let first = 0;
  while (first < lines.length && (isBlank(lines[first]) || isLeftover(lines[first]))) gone.add(first++);
  let last = lines.length - 1;
  while (last > first && (isBlank(lines[last]) || isLeftover(lines[last]))) gone.add(last--);
  // In the middle only what no program can say: where two blocks were copied at once.
  const between: number[] = [];
  for (let i = first; i < last; i++) if (isLeftover(lines[i]) && isBroken(lines[i].text.trim())) between.push(i);
  if (between.length > 0 && syntaxErrors(parsed()).length > 0) {
    // A docstring has rules and commands for the shell in it; an expression goes on with `%name`.
    const inside = insideStrings(lines);
    for (const i of between) if (!inside.has(i)) gone.add(i);
  }
  const quotes = [...gone].filter((i) => !isBlank(lines[i])).sort((a, b) => a - b);
  const notes = quotes.map((i) => ({ kind: 'leftover' as const, quote: lines[i].text.trim(), line: lines[i].line }));
  const before = first < lines.length ? gluedTo(lines[first].text) : 0;
  if (before > 0) {
    const quote = lines[first].text.slice(0, before).trim();
    notes.push({ kind: 'leftover', quote, line: lines[first].line });
  }
  if (notes.length === 0) return undefined;
  return {
    lines: lines.map((line, i) => (gone.has(i) ? blanked(line) : i === first ? cut(line, before) : line)),
    notes,
  };
};

/** Of a text with one block of code in it, the block; nothing where what is around it is Python. */
function insideFence(lines: readonly CodeLine[]): Repaired | undefined {
  const fences = lines.flatMap(({ text }, i) => (/^\s*(?:`{3,}|~{3,})/.test(text) ? [i] : []));
  if (fences.length !== 2) return undefined;
  const [first, last] = fences;
  const outside = lines.filter((line, i) => (i < first || i > last) && !isBlank(line) && !isLeftover(line));
  if (outside.length === 0 || !outside.some(({ text }) => isBroken(text.trim()))) return undefined;
  const code = lines.map((line, i) => (i > first && i < last ? line : blanked(line)));
  if (isBroken(textOf(code))) return undefined;
  return {
    lines: code,
    notes: outside.slice(0, 1).map(({ text, line }) => ({ kind: 'leftover', quote: text.trim(), line })),
  };
}

/** One line of code between backticks. */
function insideBackticks(lines: readonly CodeLine[]): Repaired | undefined {
  const [only, ...more] = lines.filter((line) => !isBlank(line));
  const found = only && more.length === 0 ? /^(\s*`)([^`]+)`\s*$/.exec(only.text) : null;
  if (!found) return undefined;
  const code = lines.map((line) => (line === only ? { ...cut(line, found[1].length), text: found[2] } : line));
  return { lines: code, notes: [{ kind: 'leftover', quote: '`', line: only.line }] };
}

function isLeftover({ text }: CodeLine): boolean {
  return around.test(text.trim());
}

/** How many characters at the beginning of a line are none of the code. */
function gluedTo(text: string): number {
  const length = glued.exec(text)?.[0].length ?? 0;
  // `copyprint(x)` is somebody's function.
  return length > 0 && isBroken(text) ? length : 0;
}

function isBroken(text: string): boolean {
  return syntaxErrors(new Source(`${text}\n`)).length > 0;
}
