import type { Problem, ProblemKind } from '../core/findings/findings';
import { isDirective, readClauses } from './directive-grammar';
import { statementAt, statementsOf } from './statement-heads';
import { Source } from './syntax';

/** Lines (from 1, inclusive) whose findings are not reported. */
interface Ignored {
  readonly first: number;
  readonly last: number;
  /** `undefined`: every kind, but no error. */
  readonly kinds: readonly ProblemKind[] | undefined;
}

/** The `# coroscope: ignore` comments of one Python text. */
export class IgnoreComments {
  static readonly none = new IgnoreComments([]);

  private constructor(private readonly all: readonly Ignored[]) {}

  /**
   * A comment applies to its statement; on a line of its own, to the next one; at a function, to all of it.
   * Never throws: misspelt comments are skipped; the editor underlines them.
   */
  static of(text: string): IgnoreComments {
    if (!/#\s*coroscope\s*:.*\bignore\b/i.test(text)) return IgnoreComments.none;
    const source = new Source(text);
    const statements = statementsOf(source);
    const all: Ignored[] = [];
    source.tree.iterate({
      enter({ name, from, to }) {
        if (name !== 'Comment') return;
        const comment = text.slice(from, to);
        if (!isDirective(comment)) return;
        const { clauses, problems } = readClauses(comment);
        if (problems.length > 0 || !(clauses.ignore || clauses.ignoredKinds)) return;
        const { line, column } = source.place(from);
        const isAlone = text.slice(from - column, from).trim() === '';
        const { first, last } = statementAt(statements, line, isAlone) ?? { first: line, last: line };
        all.push({ first, last, kinds: clauses.ignore ? undefined : clauses.ignoredKinds });
      },
    });
    return new IgnoreComments(all);
  }

  /** Whether to ignore findings of this kind at this line. Errors are ignored only if the comment names their kind. */
  ignores(line: number, { kind, severity }: Pick<Problem, 'kind' | 'severity'>): boolean {
    return this.all.some(
      ({ first, last, kinds }) =>
        first <= line && line <= last && (kinds ? kinds.includes(kind) : severity !== 'error'),
    );
  }
}
