import type { SyntaxNode } from '@lezer/common';
import type { AwaitSite, Place } from '../core/explain/explain';
import { comprehensionAround, kindOf } from './comprehensions';
import { staleReadAt } from './stale-reads';
import { Subjects } from './subject';
import { aroundOf, awaited, enclosing, isFunction, nameOf, Source, within } from './syntax';
import { withItems } from './with-items';

/** Every place in a file where a task can give up control: `await`, and each item of `async for` and `async with`. In source order. */
export function awaitSites(text: string): AwaitSite[] {
  return sitesIn(new Subjects(new Source(text)));
}

export function sitesIn(subjects: Subjects): AwaitSite[] {
  const { source } = subjects;
  const sites: AwaitSite[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name === 'AwaitExpression') sites.push(...awaitSite(source, subjects, node));
      else if (name === 'async' && node.parent && !isFunction(node.parent))
        sites.push(...asyncSites(source, subjects, node));
    },
  });
  return sites;
}

/** The site that a position points at: its keyword first, then what is awaited, as far as the opening parenthesis of the call. */
export function siteAt(sites: readonly AwaitSite[], at: Place): AwaitSite | undefined {
  return sites.findLast((site) => holds(site.expression, at)) ?? sites.find((site) => holds(site.keyword, at));
}

/** Both ends of a range count as part of it. */
export function holds({ start, end }: AwaitSite['range'], at: Place): boolean {
  return notAfter(start, at) && notAfter(at, end);
}

function notAfter(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column <= b.column);
}

function awaitSite(source: Source, subjects: Subjects, node: SyntaxNode): AwaitSite[] {
  const keyword = node.firstChild!;
  const value = awaited(node);
  if (!value) return [];
  return [
    {
      construct: 'await',
      keyword: source.range(keyword.from, keyword.to),
      expression: calleeRange(source, value),
      range: source.range(node.from, value.to),
      except: [],
      subject: subjects.of(value, '__await__'),
      stale: staleReadAt(source, node),
      ...surroundings(source, node),
    },
  ];
}

/** `async for …`, `async with …`, and `… async for …` in a comprehension. */
function asyncSites(source: Source, subjects: Subjects, keyword: SyntaxNode): AwaitSite[] {
  const second = keyword.nextSibling;
  const statement = keyword.parent!;
  if (!second || (second.name !== 'for' && second.name !== 'with')) return [];
  const isFor = second.name === 'for';
  const values = isFor ? iterated(second) : withItems(statement).map((item) => item.value);
  const header = statement.getChild('Body')?.firstChild;
  const isWhole = kindOf(statement) !== undefined;
  const start = isWhole ? statement.from : keyword.from;
  const end = isWhole
    ? statement.to
    : statement.name.endsWith('Statement') && header
      ? header.from
      : (values.at(-1)?.to ?? second.to);
  const common = {
    construct: isFor ? ('for' as const) : ('with' as const),
    keyword: source.range(keyword.from, second.to),
    range: source.range(start, end),
    except: awaitsBetween(source, statement, start, end),
    ...surroundings(source, keyword),
  };
  return values.map((value) => ({
    ...common,
    expression: calleeRange(source, value),
    subject: subjects.of(value, isFor ? '__anext__' : '__aenter__'),
  }));
}

function iterated(keyword: SyntaxNode): SyntaxNode[] {
  let at: SyntaxNode | null = keyword;
  while (at && at.name !== 'in') at = at.nextSibling;
  return at?.nextSibling ? [at.nextSibling] : [];
}

function awaitsBetween(source: Source, statement: SyntaxNode, from: number, to: number): Place[] {
  const places: Place[] = [];
  for (const node of within(statement)) {
    const awaits = node.name === 'AwaitExpression' || (kindOf(node) !== undefined && node.getChild('async') !== null);
    if (awaits && node.from >= from && node.to <= to) places.push(source.place(node.from));
  }
  return places;
}

/** For a call, only the callee: its arguments have their own hovers. */
function calleeRange(source: Source, value: SyntaxNode) {
  const shown = value.name === 'CallExpression' ? value.firstChild! : value;
  return source.range(shown.from, shown.to);
}

function surroundings(
  source: Source,
  node: SyntaxNode,
): Pick<AwaitSite, 'function' | 'around' | 'allowed' | 'comprehension'> {
  const definition = enclosing(node, 'FunctionDefinition', 'LambdaExpression');
  const within = comprehensionAround(node);
  const comprehension = within && kindOf(within);
  const around = aroundOf(node);
  return {
    function: definition?.name === 'FunctionDefinition' ? nameOf(source, definition) : undefined,
    around,
    // A generator expression is async if it awaits, wherever it is.
    allowed: comprehension === 'generator' || around === 'coroutine',
    ...(comprehension ? { comprehension } : {}),
  };
}
