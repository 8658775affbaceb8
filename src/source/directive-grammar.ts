import { parser } from '@lezer/python';
import type { ProblemKind } from '../core/findings/findings';
import { isProblemKind, problemKinds } from '../core/findings/kinds';
import type { Seconds } from '../core/units';

/** The grammar of `# coroscope:` comments. Only text: `directives.ts` finds their targets. */

/** A Python expression in a comment. */
export interface Expression {
  readonly text: string;
  /** Where it begins, as an offset into the comment. */
  readonly at: number;
}

export interface Clauses {
  readonly takes?: Seconds;
  readonly returns?: Expression;
  readonly raises?: Expression;
  readonly yields?: number;
  readonly every?: Seconds;
  readonly of?: Expression;
  readonly label?: string;
  readonly ignore?: boolean;
  /** `ignore[KIND, …]`: only findings of these kinds. */
  readonly ignoredKinds?: readonly ProblemKind[];
}

export type ClauseProblemKind =
  | 'colon'
  | 'empty'
  | 'word'
  | 'duration'
  | 'count'
  | 'expression'
  | 'quotes'
  | 'finding-kind'
  | 'twice'
  | 'returns-or-raises'
  | 'nothing-here'
  | 'takes-here'
  | 'yields-here';

/** A mistake in a comment, and where; `fix`: the replacement text. */
export interface ClauseProblem {
  readonly kind: ClauseProblemKind;
  /** Offsets into the comment. */
  readonly from: number;
  readonly to: number;
  readonly found: string;
  readonly fix?: string;
}

export const words = ['takes', 'returns', 'raises', 'yields', 'label', 'ignore'] as const;
type Word = (typeof words)[number];

/** Seconds: divisors and factors, since 20 · 1e-6 is not 20 / 1e6. */
const units: Readonly<Record<string, number | { readonly per: number }>> = {
  ns: { per: 1e9 },
  us: { per: 1e6 },
  µs: { per: 1e6 },
  μs: { per: 1e6 },
  ms: { per: 1e3 },
  s: 1,
  min: 60,
  m: 60,
  h: 3600,
};
/** Spellings of units, and the canonical one. */
const otherUnits: Readonly<Record<string, string>> = {
  '': 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  초: 's',
  msec: 'ms',
  millis: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  밀리초: 'ms',
  minute: 'min',
  minutes: 'min',
  분: 'min',
  hour: 'h',
  hours: 'h',
};
const DURATION = /^(\d+(?:\.\d+)?|\.\d+)\s*([A-Za-zµμ가-힣]*)/;
const AFTER = /\s+after\s+(\S+(?:\s+[A-Za-zµμ가-힣]+)?)\s*$/;

/** Whether a comment is meant for Coroscope: `# coroscope: …`, or without its colon. */
export const isDirective = (comment: string): boolean =>
  /^#\s*coroscope\s*:/i.test(comment) || /^#\s*coroscope\s+(takes|returns|raises|yields|label|ignore)\b/.test(comment);

/** @param comment from its `#` to the end of the line */
export function readClauses(comment: string): { clauses: Clauses; problems: readonly ClauseProblem[] } {
  return new Reader(comment).read();
}

class Reader {
  #at = 0;
  readonly #clauses: { -readonly [K in keyof Clauses]: Clauses[K] } = {};
  readonly #problems: ClauseProblem[] = [];

  constructor(private readonly comment: string) {}

  read(): { clauses: Clauses; problems: readonly ClauseProblem[] } {
    const [head] = /^#\s*coroscope\s*:?/i.exec(this.comment)!;
    if (!head.endsWith(':')) this.#problem('colon', 0, head.length, head, `${head.trimEnd()}:`);
    this.#at = head.length;
    this.#skip();
    if (this.#at >= this.comment.length) this.#problem('empty', 0, this.comment.length, this.comment);
    while (this.#at < this.comment.length && this.#clause()) this.#skip();
    const { returns, raises } = this.#clauses;
    if (returns && raises) this.#problem('returns-or-raises', 0, this.comment.length, this.comment);
    return { clauses: this.#clauses, problems: this.#problems };
  }

  /** @returns whether parsing can continue after it */
  #clause(): boolean {
    const from = this.#at;
    const [found] = /^[^\s"'()[\]{}=:]*/.exec(this.comment.slice(from))!;
    const word = words.find((each) => each === found);
    if (!word) {
      const wrong = found || this.comment.slice(from).split(/\s/, 1)[0];
      this.#problem('word', from, from + wrong.length, wrong, nearest(wrong));
      return false;
    }
    if (this.#clauses[word] !== undefined) this.#problem('twice', from, from + word.length, word);
    this.#at += word.length;
    this.#skip();
    return this.#read(word);
  }

  #read(word: Word): boolean {
    switch (word) {
      case 'takes': {
        const takes = this.#duration();
        if (takes !== undefined) this.#clauses.takes = takes;
        return takes !== undefined;
      }
      case 'returns':
      case 'raises':
        this.#clauses[word] = this.#expression(true);
        return false;
      case 'yields':
        return this.#items();
      case 'label':
        return this.#label();
      default:
        return this.#ignore();
    }
  }

  /** All findings, or those of the kinds in brackets. */
  #ignore(): boolean {
    const brackets = /^\[([^\]]*)(\]?)/.exec(this.comment.slice(this.#at));
    if (!brackets) {
      this.#clauses.ignore = true;
      return true;
    }
    const [whole, list, closed] = brackets;
    const kinds: ProblemKind[] = [];
    let from = this.#at + 1;
    for (const item of list.split(',')) {
      const kind = item.trim();
      const at = from + item.indexOf(kind);
      from += item.length + 1;
      if (isProblemKind(kind)) kinds.push(kind);
      else this.#problem('finding-kind', at, at + kind.length, kind, nearestOf(kind, problemKinds));
    }
    if (closed === '') this.#problem('finding-kind', this.#at, this.#at + whole.length, whole, `${whole.trimEnd()}]`);
    if (this.#clauses.ignoredKinds) this.#problem('twice', this.#at, this.#at + whole.length, 'ignore');
    this.#clauses.ignoredKinds = kinds;
    this.#at += whole.length;
    return true;
  }

  #items(): boolean {
    const rest = this.comment.slice(this.#at);
    const [found] = /^\S*/.exec(rest)!;
    if (!/^\d+$/.test(found) || Number(found) > 1e6) {
      this.#problem('count', this.#at, this.#at + found.length, found);
      return false;
    }
    this.#clauses.yields = Number(found);
    this.#at += found.length;
    this.#skip();
    if (this.#word('every')) {
      this.#clauses.every = this.#duration();
      if (this.#clauses.every === undefined) return false;
      this.#skip();
    }
    if (this.#word('of')) {
      this.#clauses.of = this.#expression(false);
      return false;
    }
    return true;
  }

  #label(): boolean {
    const rest = this.comment.slice(this.#at);
    const quoted = /^(["'])(.*?)\1/.exec(rest);
    if (!quoted || quoted[2] === '') {
      const text = rest.trimEnd();
      this.#problem('quotes', this.#at, this.#at + text.length, text, text ? JSON.stringify(text) : undefined);
      return false;
    }
    this.#clauses.label = quoted[2];
    this.#at += quoted[0].length;
    return true;
  }

  #word(word: string): boolean {
    if (!new RegExp(`^${word}\\b`).test(this.comment.slice(this.#at))) return false;
    this.#at += word.length;
    this.#skip();
    return true;
  }

  #duration(): Seconds | undefined {
    const from = this.#at;
    const rest = this.comment.slice(from);
    const match = DURATION.exec(rest);
    if (!match) {
      const [found] = /^\S*/.exec(rest)!;
      this.#problem('duration', from, from + found.length, found);
      return undefined;
    }
    const [whole, number, unit] = match;
    const factor = units[unit];
    if (factor === undefined) {
      const meant = otherUnits[unit.toLowerCase()];
      const to = from + whole.trimEnd().length;
      this.#problem('duration', from, to, whole.trimEnd(), meant ? number + meant : undefined);
      return undefined;
    }
    this.#at += whole.length;
    return typeof factor === 'number' ? Number(number) * factor : Number(number) / factor.per;
  }

  /** The rest of the comment, without an `after 2s` at its end. */
  #expression(timed: boolean): Expression {
    const from = this.#at;
    let text = this.comment.slice(from).trimEnd();
    const after = timed ? AFTER.exec(text) : null;
    if (after) {
      this.#at = from + text.length - after[0].length + after[0].indexOf(after[1]);
      text = text.slice(0, after.index).trimEnd();
      const takes = this.#duration();
      if (takes !== undefined) {
        if (this.#clauses.takes !== undefined) this.#problem('twice', from, from + text.length, 'after');
        this.#clauses.takes = takes;
      }
    }
    this.#at = this.comment.length;
    if (text === '' || !isExpression(text)) this.#problem('expression', from, from + text.length, text);
    return { text, at: from };
  }

  #skip(): void {
    while (/[\s,]/.test(this.comment[this.#at] ?? '')) this.#at++;
  }

  #problem(kind: ClauseProblemKind, from: number, to: number, found: string, fix?: string): void {
    this.#problems.push({ kind, from, to: Math.max(to, from), found, ...(fix === undefined ? {} : { fix }) });
  }
}

function isExpression(text: string): boolean {
  let good = true;
  let statements = 0;
  parser.parse(`(${text}\n)`).iterate({
    enter({ type, name, node }) {
      if (type.isError) good = false;
      if (node.parent?.name === 'Script') {
        statements++;
        if (name !== 'ExpressionStatement') good = false;
      }
    },
  });
  return good && statements === 1;
}

/** The most similar known word, if one is close enough. */
function nearest(found: string): string | undefined {
  const other: Readonly<Record<string, Word>> = {
    take: 'takes',
    wait: 'takes',
    waits: 'takes',
    sleep: 'takes',
    sleeps: 'takes',
    delay: 'takes',
    return: 'returns',
    raise: 'raises',
    throws: 'raises',
    throw: 'raises',
    yield: 'yields',
    name: 'label',
    skip: 'ignore',
  };
  const lower = found.toLowerCase();
  return other[lower] ?? nearestOf(lower, words);
}

function nearestOf(found: string, all: readonly string[]): string | undefined {
  const [best] = all.map((word) => [word, distance(found, word)] as const).sort((a, b) => a[1] - b[1]);
  return best[1] <= 2 ? best[0] : undefined;
}

/** Edits between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
