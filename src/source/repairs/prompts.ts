import type { CodeLine } from '../document';
import { blanked, cut, isBlank, type Repair } from './repair';

/** Some pages lose the space behind a prompt. */
const prompt = /^[ \t]*(?:>>>(?=[\w@#"'([]| |$)|(?:In ?)?\[\d+\]:(?= |$)|In \[ \]:(?= |$)) ?/;
const more = /^[ \t]*(?:\.\.\.|\.{3,}:)(?: |$|(?=[\w@#]))/;

/** What Python and IPython say of themselves. */
const banner =
  /^\s*(asyncio REPL\b|I?Python \d|Type ["'](help|copyright)|Use ["']await["'] directly|\[(GCC|Clang|MSC))/;

/** Of a session at a prompt, the code: without the prompts, and without what it printed. */
export const cutPrompts: Repair = (lines) => {
  const first = lines.findIndex(({ text }) => prompt.test(text));
  const isAbove = (line: CodeLine) => isBlank(line) || /^\s*#/.test(line.text) || banner.test(line.text);
  if (first < 0 || !lines.slice(0, first).every(isAbove)) return undefined;
  let open = false;
  let classic = true;
  const code = lines.map((line): CodeLine => {
    const start = prompt.exec(line.text);
    if (start) classic = start[0].includes('>');
    const found = start ?? (open ? more.exec(line.text) : null);
    // A line without a prompt is printed output, except in IPython, where pasted lines follow as they are.
    if (!found) {
      open = open && !classic && line.text.startsWith(' ');
      return open ? line : blanked(line);
    }
    open = true;
    return cut(line, found[0].length);
  });
  return { lines: code, notes: [{ kind: 'prompts', line: lines[first].line }] };
};
