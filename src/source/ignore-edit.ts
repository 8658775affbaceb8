import type { ProblemKind } from '../core/findings/findings';
import { isDirective } from './directive-grammar';
import { statementAt, statementsOf } from './statement-heads';
import { Source } from './syntax';

/** What to write into a text: at an offset, these characters. */
export interface IgnoreEdit {
  readonly at: number;
  /** A line of its own ends with its line break: what the line at `at` begins with has to follow. */
  readonly insert: string;
}

/**
 * Writes `# coroscope: ignore[KIND]` for a line (from 1): into a comment of ours that is there, at the end of the line, or, where another
 * comment, a string or a backslash is in the way, on a line of its own.
 */
export function ignoreEdit(text: string, line: number, kind: ProblemKind): IgnoreEdit | undefined {
  const source = new Source(text);
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const end = start + (lines[line - 1] ?? '').trimEnd().length;
  const comment = commentIn(source, start, end);
  if (comment && isDirective(text.slice(comment.from, comment.to))) return intoComment(text, comment, kind);
  const inString = /String$/.test(source.tree.resolveInner(end, 1).name) && end < text.length;
  if (!comment && !inString && !text.slice(start, end).endsWith('\\'))
    return { at: end, insert: `  # coroscope: ignore[${kind}]` };
  const statement = statementAt(statementsOf(source), line, false);
  if (!statement) return undefined;
  const first = lines.slice(0, statement.first - 1).reduce((sum, { length }) => sum + length + 1, 0);
  const [indentation] = /^[ \t]*/.exec(lines[statement.first - 1])!;
  return { at: first + indentation.length, insert: `# coroscope: ignore[${kind}]\n` };
}

function intoComment(text: string, { from, to }: { from: number; to: number }, kind: ProblemKind): IgnoreEdit {
  const comment = text.slice(from, to);
  const kinds = /\bignore\s*\[([^\]]*)/.exec(comment);
  if (kinds) {
    const at = from + kinds.index + kinds[0].length;
    return { at, insert: kinds[1].trim() === '' ? kind : `, ${kind}` };
  }
  // What follows returns or raises is an expression: ours comes first.
  const [head] = /^#\s*coroscope\s*:?\s*/i.exec(comment)!;
  return { at: from + head.length, insert: `ignore[${kind}] ` };
}

function commentIn(source: Source, from: number, to: number): { from: number; to: number } | undefined {
  let found: { from: number; to: number } | undefined;
  source.tree.iterate({
    from,
    to,
    enter(node) {
      if (node.name === 'Comment' && node.from >= from) found = { from: node.from, to: node.to };
    },
  });
  return found;
}
