import type { SyntaxNode } from '@lezer/common';
import type { Race } from '../../core/timeline/shapes';
import { Bindings } from '../bindings';
import { contains, follows, isChange, isGuarded, isTest, targetsOf } from '../stale-reads';
import { childrenOf, isAsync, type Source, within } from '../syntax';
import { firstLine, Owners, type Use } from './one-object';

/**
 * Where a coroutine function reads something that its calls share, awaits, and then changes it: `if self.token is None: …` or
 * `value = state["n"]`. Whether two tasks were in between at the same time, only a run tells.
 */
export function racesIn(source: Source): Race[] {
  const owners = new Owners(source, new Bindings(source));
  const races: Race[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name === 'FunctionDefinition' && isAsync(node)) races.push(...new InFunction(source, owners, node).races());
    },
  });
  return races;
}

/** The races of one function. */
class InFunction {
  readonly #nodes: readonly SyntaxNode[];
  readonly #awaits: readonly SyntaxNode[];
  readonly #changes: readonly { readonly node: SyntaxNode; readonly target: Use }[];

  constructor(
    private readonly source: Source,
    private readonly owners: Owners,
    private readonly definition: SyntaxNode,
  ) {
    const body = definition.getChild('Body');
    this.#nodes = body ? [...within(body)] : [];
    this.#awaits = this.#nodes.filter(({ name }) => name === 'AwaitExpression');
    this.#changes =
      this.#awaits.length === 0
        ? []
        : this.#nodes.filter(isChange).flatMap((node) =>
            targetsOf(node).flatMap((part) => {
              const target = this.#use(part);
              return target ? [{ node, target }] : [];
            }),
          );
  }

  races(): Race[] {
    return this.#changes.flatMap(({ node, target }) => {
      const race = this.#inOneStatement(node, target) ?? this.#afterTest(node, target) ?? this.#afterCopy(node, target);
      return race ? [race] : [];
    });
  }

  /** `total += await f()`: Python reads `total` first. */
  #inOneStatement(change: SyntaxNode, target: Use): Race | undefined {
    const site = this.#awaits.find((each) => contains(change, each));
    if (!site) return undefined;
    const isUpdate = change.name === 'UpdateStatement';
    const read = isUpdate
      ? target
      : this.#usesIn(change).find(
          ({ text, node }) => text === target.text && node.to <= site.from && node.from > target.node.to,
        );
    return read && !isGuarded(read.node, site, change) ? this.#race('copy', read, [site], change) : undefined;
  }

  /** `if not self.token: … await … self.token = new`, and `if self.balance < n: return` with the rest below. */
  #afterTest(change: SyntaxNode, target: Use): Race | undefined {
    for (const test of this.#nodes.filter((node) => isTest(node) && node.parent?.name === 'IfStatement')) {
      const read = this.#usesIn(test).find(({ text }) => text === target.text) ?? this.#copyIn(test, target);
      if (!read) continue;
      for (const region of regionsOf(test)) {
        const inRegion = (node: SyntaxNode) => region.from <= node.from && node.to <= region.to;
        const sites = this.#between(read.node, change).filter(inRegion);
        if (sites.length === 0 || !inRegion(change) || !follows(sites[0], change)) continue;
        if (this.#isChanged(read, read.node.to, sites[0].from) || isGuarded(read.node, sites[0], change)) continue;
        if (!this.#isTestedAgain(target, sites[0], change)) return this.#race('check', read, sites, change);
      }
    }
    return undefined;
  }

  /** The read of a test's variable: `value = cache.get(key)` right before `if value is None:`. */
  #copyIn(test: SyntaxNode, target: Use): Use | undefined {
    const copy = test.parent?.prevSibling;
    const [variable, operator] = copy?.name === 'AssignStatement' ? [...childrenOf(copy)] : [];
    if (!copy || variable?.name !== 'VariableName' || operator?.name !== 'AssignOp') return undefined;
    const name = this.source.textOf(variable);
    const isTested = [test, ...within(test)].some(
      (node) => node.name === 'VariableName' && this.source.textOf(node) === name,
    );
    return isTested
      ? this.#usesIn(copy).find(({ text, node }) => text === target.text && node.from > operator.from)
      : undefined;
  }

  #isTestedAgain(target: Use, site: SyntaxNode, change: SyntaxNode): boolean {
    return this.#nodes.some(
      (node) =>
        isTest(node) &&
        node.from >= site.to &&
        node.to <= change.from &&
        this.#usesIn(node).some(({ text }) => text === target.text),
    );
  }

  /** `value = self.n`, an await, and `self.n = value + 1`. */
  #afterCopy(change: SyntaxNode, target: Use): Race | undefined {
    if (change.name !== 'AssignStatement') return undefined;
    for (const copy of this.#nodes) {
      const [variable, operator] = copy.name === 'AssignStatement' ? [...childrenOf(copy)] : [];
      if (variable?.name !== 'VariableName' || operator?.name !== 'AssignOp' || copy.to > change.from) continue;
      const read = this.#usesIn(copy).find(({ text, node }) => text === target.text && node.from > operator.from);
      const name = this.source.textOf(variable);
      const isCopy = (node: SyntaxNode) => node.name === 'VariableName' && this.source.textOf(node) === name;
      if (!read || ![...within(change)].some((node) => isCopy(node) && node.from > target.node.to)) continue;
      const sites = this.#between(copy, change);
      if (sites.length === 0 || !follows(sites[0], change) || !follows(copy, change)) continue;
      const isBoundAgain = this.#nodes.some(
        (node) => isChange(node) && node.from >= copy.to && node.to <= change.from && targetsOf(node).some(isCopy),
      );
      if (isBoundAgain || this.#isChanged(read, copy.to, change.from) || isGuarded(read.node, sites[0], change))
        continue;
      return this.#race('copy', read, sites, change);
    }
    return undefined;
  }

  #race(how: Race['how'], read: Use, sites: readonly SyntaxNode[], change: SyntaxNode): Race {
    const { source } = this;
    const value = [...childrenOf(change)].at(-1);
    return {
      how,
      name: read.text,
      read: source.line(read.node),
      write: source.line(change),
      awaits: sites.map((site) => [source.line(site), source.place(site.to).line] as const),
      function: firstLine(source, this.definition),
      within: read.owner.within,
      key: read.owner.key,
      fixed:
        value !== undefined && /^(Boolean|None|Number|String)$/.test(value.name) && change.name === 'AssignStatement',
    };
  }

  #between(from: SyntaxNode, change: SyntaxNode): SyntaxNode[] {
    return this.#awaits.filter((site) => site.from >= from.to && site.to <= change.to);
  }

  #isChanged({ text }: Use, from: number, to: number): boolean {
    return this.#changes.some(({ node, target }) => target.text === text && node.from >= from && node.to <= to);
  }

  #usesIn(root: SyntaxNode): Use[] {
    return [root, ...within(root)].flatMap((node) => this.#use(node) ?? []);
  }

  #use(node: SyntaxNode): Use | undefined {
    return this.owners.use(this.definition, node);
  }
}

/** Where what follows from a test may stand: the body below it, and what follows an `if` that leaves. */
function regionsOf(test: SyntaxNode): { from: number; to: number }[] {
  const body = test.nextSibling;
  const statement = test.parent;
  if (body?.name !== 'Body' || !statement) return [];
  const last = [...childrenOf(body)].findLast(({ name }) => name !== 'Comment');
  const leaves = /^(Return|Raise|Continue|Break)Statement$/.test(last?.name ?? '');
  return leaves && statement.parent ? [body, { from: statement.to, to: statement.parent.to }] : [body];
}
