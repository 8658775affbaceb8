import { highlightTree, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/python';
import { colourNames, type SourceText } from '../core/protocol/source-text';

const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.bool, tags.null, tags.self], class: 'keyword' },
  { tag: [tags.string, tags.special(tags.string)], class: 'string' },
  { tag: tags.comment, class: 'comment' },
  { tag: tags.number, class: 'number' },
  { tag: tags.function(tags.definition(tags.variableName)), class: 'definition' },
  { tag: [tags.definition(tags.className), tags.className], class: 'type' },
]);

/** What is coloured in a Python file; nothing of other files. */
export function coloursOf(file: string, text: string): SourceText['colours'] {
  if (!/(\.pyw?|>)$/i.test(file)) return [];
  const colours: number[] = [];
  let at = 0;
  highlightTree(parser.parse(text), highlighter, (from, to, name) => {
    colours.push(from - at, to - from, colourNames.indexOf(name as (typeof colourNames)[number]));
    at = to;
  });
  return colours;
}
