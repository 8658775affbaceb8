import type { SyntaxNode } from '@lezer/common';
import type { Seconds } from '../core/units';
import { hasYield } from './definitions';
import { type ClauseProblem, type Clauses, type Expression, isDirective, readClauses } from './directive-grammar';
import { awaited, isAsync, Source } from './syntax';

/** Finds the `# coroscope:` comments of a Python text, and the awaits, loops and functions that they direct. */

export type TargetKind = 'await' | 'for' | 'comprehension' | 'with' | 'def';

/** An expression with its place: `line` from 1, `column` in bytes of UTF-8, as Python counts. */
export interface PlacedExpression {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** What to do instead of a target: the input of the tracer. */
export interface Directive {
  readonly target: TargetKind;
  /** Where the target begins: `line` from 1, `column` in bytes of UTF-8. Of a comprehension: what it goes through. */
  readonly line: number;
  readonly column: number;
  readonly takes?: Seconds;
  readonly returns?: PlacedExpression;
  readonly raises?: PlacedExpression;
  readonly yields?: number;
  readonly every?: Seconds;
  readonly of?: PlacedExpression;
  readonly label?: string;
  readonly ignore?: boolean;
}

/** What is wrong with a comment; offsets are those of the text. */
export type DirectiveProblem = ClauseProblem;

export interface Directives {
  readonly directives: readonly Directive[];
  /** Lines (from 1, inclusive) that do not run because they are simulated. */
  readonly replaced: readonly (readonly [first: number, last: number])[];
  readonly problems: readonly DirectiveProblem[];
}

interface Target {
  readonly kind: TargetKind;
  readonly from: number;
  readonly to: number;
  /** Lines at which a comment applies to it. */
  readonly first: number;
  readonly last: number;
  readonly generates: boolean;
}

/** Never throws: in a text with syntax errors, reads the comments that can be understood. */
export function readDirectives(text: string): Directives {
  if (!/#\s*coroscope/i.test(text)) return { directives: [], replaced: [], problems: [] };
  const source = new Source(text);
  const targets = targetsOf(source);
  const directives: Directive[] = [];
  const replaced: [number, number][] = [];
  const problems: DirectiveProblem[] = [];
  source.tree.iterate({
    enter({ name, from, to }) {
      if (name !== 'Comment') return;
      const comment = text.slice(from, to);
      if (!isDirective(comment)) return;
      const { clauses, problems: found } = readClauses(comment);
      const at = targetsAt(targets, source.place(from).line);
      const wrong = found.length > 0 ? found : misplaced(clauses, at, comment);
      for (const problem of wrong) problems.push({ ...problem, from: from + problem.from, to: from + problem.to });
      if (wrong.length > 0) return;
      // The tracer does not need comments that only ignore kinds of findings.
      const { ignoredKinds: _, ...told } = clauses;
      if (Object.keys(told).length === 0) return;
      for (const target of at) {
        directives.push(directiveOf(told, target, source, from));
        if (simulates(clauses)) replaced.push(linesOf(target, source));
      }
    },
  });
  return { directives, replaced, problems };
}

const simulates = ({ takes, returns, raises, yields }: Clauses) =>
  takes !== undefined || returns !== undefined || raises !== undefined || yields !== undefined;

/** The body of a loop or a `with` is run, that of a function is not. */
function linesOf({ kind, first, last, to }: Target, source: Source): [number, number] {
  return [first, kind === 'def' ? source.place(to).line : last];
}

function misplaced(clauses: Clauses, targets: readonly Target[], comment: string): ClauseProblem[] {
  const problem = (kind: ClauseProblem['kind']) => [{ kind, from: 0, to: comment.trimEnd().length, found: comment }];
  const { ignore, ignoredKinds, ...directs } = clauses;
  // Findings can be on any line.
  if (Object.keys(directs).length === 0 && (ignore || ignoredKinds)) return [];
  if (targets.length === 0) return problem('nothing-here');
  const [{ kind, generates }] = targets;
  const items = kind === 'for' || kind === 'comprehension' || (kind === 'def' && generates);
  const takes = clauses.takes !== undefined || clauses.returns || clauses.raises;
  if (items && takes) return problem('yields-here');
  if (!items && kind !== 'def' && clauses.yields !== undefined) return problem('takes-here');
  return [];
}

function directiveOf(clauses: Clauses, target: Target, source: Source, comment: number): Directive {
  const place = (offset: number) => {
    const { line, column } = source.place(offset);
    return { line, column: bytes(source.text.slice(offset - column, offset)) };
  };
  const { returns, raises, of, ...plain } = clauses;
  const placed = (expression: Expression) => ({ text: expression.text, ...place(comment + expression.at) });
  return {
    target: target.kind,
    ...place(target.from),
    ...plain,
    ...(returns ? { returns: placed(returns) } : {}),
    ...(raises ? { raises: placed(raises) } : {}),
    ...(of ? { of: placed(of) } : {}),
  };
}

const encoder = new TextEncoder();
const bytes = (text: string): number => encoder.encode(text).length;

function targetsOf(source: Source): Target[] {
  const targets: Target[] = [];
  const add = (kind: TargetKind, node: SyntaxNode, to: number, from = node.from, generates = false) =>
    targets.push({
      kind,
      from,
      to: kind === 'await' ? to : node.to,
      first: source.line(node),
      last: source.place(to).line,
      generates,
    });
  source.tree.iterate({
    enter({ name, node }) {
      const body = node.getChild('Body');
      const head = body?.from ?? node.to;
      if (name === 'AwaitExpression') add('await', node, awaited(node)?.to ?? node.to);
      else if (name === 'FunctionDefinition') add('def', node, head, node.from, hasYield(node));
      else if (name === 'ForStatement' && isAsync(node)) add('for', node, head);
      else if (name === 'WithStatement' && isAsync(node)) add('with', node, head);
      else if (name.endsWith('ComprehensionExpression')) {
        const through = node.getChild('async') ? node.getChild('in')?.nextSibling : undefined;
        if (through) add('comprehension', node, node.to, through.from);
      }
    },
  });
  return targets;
}

/** A header comes before its contents, and a comprehension before its awaits. Of nested awaits the outermost counts. */
function targetsAt(targets: readonly Target[], line: number): Target[] {
  const here = targets.filter(({ first, last }) => first <= line && line <= last);
  const heads = here.filter(({ kind }) => kind === 'def' || kind === 'for' || kind === 'with');
  if (heads.length > 0) return [heads.at(-1)!];
  const comprehensions = here.filter(({ kind }) => kind === 'comprehension');
  if (comprehensions.length > 0) return [comprehensions[0]];
  return here.filter(({ from }) => !here.some((outer) => outer.from < from && from < outer.to));
}
