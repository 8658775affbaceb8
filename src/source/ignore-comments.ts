import type { Problem, ProblemKind } from '../core/findings/findings';
import { isDirective, readClauses } from './directive-grammar';
import { statementAt, statementsOf } from './statement-heads';
import { Source } from './syntax';

/** Lines (from 1, both ends included) of which some findings are not to be reported. */
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
   * A comment is about the statement that it stands in; on a line of its own about the next one; at a function about the whole of it.
   * Never fails: comments that are misspelt are left out, the editor underlines them.
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

  /** Whether findings of this kind at this line are not to be reported. An error is left out only where its kind is named. */
  ignores(line: number, { kind, severity }: Pick<Problem, 'kind' | 'severity'>): boolean {
    return this.all.some(
      ({ first, last, kinds }) =>
        first <= line && line <= last && (kinds ? kinds.includes(kind) : severity !== 'error'),
    );
  }
}
