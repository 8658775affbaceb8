import { firstWhere } from '../core/sorted';
import type { Source } from './syntax';

/** A statement as comments are about it. */
export interface StatementHead {
  /** Lines at which a comment is about it. */
  readonly first: number;
  readonly head: number;
  /** Last line that the comment is about. */
  readonly last: number;
}

/** In the order of the text, outer ones first. */
export function statementsOf(source: Source): StatementHead[] {
  const found: StatementHead[] = [];
  source.tree.iterate({
    enter({ name, node, from, to }) {
      if (!name.endsWith('Statement') && name !== 'FunctionDefinition' && name !== 'ClassDefinition') return;
      const body = node.getChild('Body');
      const first = source.place(from).line;
      const end = lastLine(source, from, to);
      // Behind the colon of a head a comment belongs to the body.
      const head = body ? source.place(body.from).line : end;
      found.push({ first, head, last: name === 'FunctionDefinition' ? end : head });
    },
  });
  return found.sort((a, b) => a.first - b.first || b.head - a.head);
}

/** Of a compound statement the last newline is part of it. */
function lastLine(source: Source, from: number, to: number): number {
  return source.place(from + source.text.slice(from, to).trimEnd().length).line;
}

/** The innermost statement with its head at a line; of a comment that is alone on its line the next one, where there is none. */
export function statementAt(
  statements: readonly StatementHead[],
  line: number,
  isAlone: boolean,
): StatementHead | undefined {
  const here = statements.findLast(({ first, head }) => first <= line && line <= head);
  return (
    here ?? (isAlone ? statements[firstWhere(0, statements.length, (i) => statements[i].first > line)] : undefined)
  );
}
