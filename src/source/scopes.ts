import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nameOf, type Source } from './syntax';
import { withItems } from './with-items';

/** A name that is used. */
export interface NameUse {
  readonly name: string;
  readonly from: number;
  /** Inside of a function: needed when that is called, not when the module runs. */
  readonly deferred: boolean;
  /** `sleep` in `time.sleep`. */
  readonly member: string | undefined;
}

export interface ModuleNames {
  /** Names that the module binds. */
  readonly bound: ReadonlySet<string>;
  /** Names that are looked up in the module or among the builtins, in source order. */
  readonly free: readonly NameUse[];
  /** `from x import *`: what is bound cannot be told. */
  readonly star: boolean;
}

interface Scope {
  readonly kind: 'module' | 'function' | 'class';
  readonly outer: Scope | undefined;
  readonly bound: Set<string>;
  readonly globals: Set<string>;
  readonly uses: NameUse[];
}

/** Reads what a module binds and what it needs, by Python's rules of scopes. `nodes`: only these statements of it. */
export function moduleNames(source: Source, nodes: readonly SyntaxNode[] = [source.tree.topNode]): ModuleNames {
  const reader = new Reader(source);
  for (const node of nodes) reader.visit(node, reader.module);
  return reader.result();
}

class Reader {
  readonly module: Scope = scope('module', undefined);
  readonly #all: Scope[] = [this.module];
  #star = false;

  constructor(private readonly source: Source) {}

  result(): ModuleNames {
    const free: NameUse[] = [];
    for (const each of this.#all) {
      for (const use of each.uses) if (!isLocal(use.name, each)) free.push(use);
    }
    free.sort((a, b) => a.from - b.from);
    return { bound: this.module.bound, free, star: this.#star };
  }

  visit(node: SyntaxNode, at: Scope): void {
    const targets = bindingParts[node.name];
    if (targets) this.#parts(node, at, targets());
    else if (node.name === 'VariableName') this.#use(node, at);
    else if (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression') this.#function(node, at);
    else if (node.name === 'ClassDefinition') this.#class(node, at);
    else if (node.name === 'AssignStatement' || node.name === 'UpdateStatement') this.#assignment(node, at);
    else if (node.name === 'Decorator') this.#parts(node, at, never, (part) => part.prevSibling?.name === '.');
    else if (node.name === 'WithStatement') this.#with(node, at);
    else if (node.name === 'ImportStatement') this.#import(node, at);
    else if (node.name === 'ScopeStatement') this.#declaration(node, at);
    // A comprehension: its own variables, in a scope of their own.
    else if (node.getChild('for')) this.#parts(node, this.#inner('function', at, false), between('for', 'in'));
    else if (node.name === 'ArgList') this.#parts(node, at, never, isKeyword);
    else for (const child of childrenOf(node)) this.visit(child, at);
  }

  #parts(node: SyntaxNode, at: Scope, isTarget: IsTarget, passed: (part: SyntaxNode) => boolean = () => false): void {
    let index = 0;
    for (const part of childrenOf(node)) {
      if (passed(part)) continue;
      if (isTarget(part, index++)) this.#target(part, at);
      else this.visit(part, at);
    }
  }

  #target(node: SyntaxNode, at: Scope): void {
    if (node.name === 'VariableName') bind(at, this.source.textOf(node));
    else if (/^(Tuple|Array|Parenthesized)Expression$/.test(node.name))
      for (const part of childrenOf(node)) this.#target(part, at);
    else if (node.name !== ',' && node.name !== '*') this.visit(node, at);
  }

  #assignment(node: SyntaxNode, at: Scope): void {
    const parts = [...childrenOf(node)];
    const last = parts.findLastIndex((part) => part.name === 'AssignOp' || part.name === 'UpdateOp');
    parts.forEach((part, i) => {
      const isTarget = (last < 0 || i < last) && part.name !== 'TypeDef';
      if (isTarget) this.#target(part, at);
      else this.visit(part, at);
      if (isTarget && node.name === 'UpdateStatement') this.visit(part, at);
    });
  }

  #with(node: SyntaxNode, at: Scope): void {
    for (const { value, target } of withItems(node)) {
      this.visit(value, at);
      if (target) this.#target(target, at);
    }
    const body = node.getChild('Body');
    if (body) this.visit(body, at);
  }

  #declaration(node: SyntaxNode, at: Scope): void {
    if (node.firstChild?.name !== 'global') return;
    for (const part of node.getChildren('VariableName')) at.globals.add(this.source.textOf(part));
  }

  #function(node: SyntaxNode, at: Scope): void {
    if (node.name === 'FunctionDefinition') bind(at, nameOf(this.source, node));
    const inner = this.#inner('function', at, true);
    const types = node.getChild('TypeParamList');
    if (types) this.visit(types, inner);
    const parameters = node.getChild('ParamList');
    const parts = parameters ? [...childrenOf(parameters)] : [];
    parts.forEach((part, i) => {
      // What follows `=` is a default, evaluated outside.
      if (part.name === 'VariableName' && parts[i - 1]?.name !== 'AssignOp') bind(inner, this.source.textOf(part));
      else this.visit(part, types ? inner : at);
    });
    const result = node.getChild('TypeDef');
    if (result) this.visit(result, types ? inner : at);
    const body = node.name === 'LambdaExpression' ? node.lastChild : node.getChild('Body');
    if (body) this.visit(body, inner);
  }

  #class(node: SyntaxNode, at: Scope): void {
    bind(at, nameOf(this.source, node));
    const types = node.getChild('TypeParamList');
    const outer = types ? this.#inner('function', at, false) : at;
    if (types) this.visit(types, outer);
    const bases = node.getChild('ArgList');
    if (bases) this.visit(bases, outer);
    const body = node.getChild('Body');
    if (body) this.visit(body, this.#inner('class', outer, false));
  }

  #import(node: SyntaxNode, at: Scope): void {
    const parts = [...childrenOf(node)];
    const from = parts.findIndex((part) => part.name === 'import');
    const isFrom = parts[0]?.name === 'from';
    for (let i = from + 1; i < parts.length; i++) {
      const part = parts[i];
      if (part.name === '*') this.#star = true;
      if (part.name !== 'VariableName' || parts[i + 1]?.name === 'as') continue;
      // Of `import a.b` the name is `a`.
      if (!isFrom && parts[i - 1]?.name === '.') continue;
      bind(at, this.source.textOf(part));
    }
  }

  #use(node: SyntaxNode, at: Scope): void {
    const { parent } = node;
    const isObject = parent?.name === 'MemberExpression' && parent.firstChild?.from === node.from;
    const property = isObject ? parent.getChild('PropertyName') : dottedIn(node);
    at.uses.push({
      name: this.source.textOf(node),
      from: node.from,
      deferred: isDeferred(at),
      member: property ? this.source.textOf(property) : undefined,
    });
  }

  #inner(kind: 'function' | 'class', outer: Scope, deferred: boolean): Scope {
    const inner = scope(kind, outer);
    if (deferred) deferring.add(inner);
    this.#all.push(inner);
    return inner;
  }
}

type IsTarget = (part: SyntaxNode, index: number) => boolean;

const never: IsTarget = () => false;
const after =
  (keyword: string): IsTarget =>
  (part) =>
    part.prevSibling?.name === keyword;

/** Of each kind of node, which of its parts it binds; the others are used. */
const bindingParts: Readonly<Record<string, (() => IsTarget) | undefined>> = {
  NamedExpression: () => (_, i) => i === 0,
  ForStatement: () => between('for', 'in'),
  TryStatement: () => after('as'),
  AsPattern: () => after('as'),
  TypeDefinition: () => after('type'),
  CapturePattern: () => (part) => part.name === 'VariableName',
  TypeParam: () => (part) => part.name === 'VariableName',
  // Nothing looks up the name of an attribute, so it does no harm to bind it.
  KeywordPattern: () => (part) => part.name === 'VariableName',
};

const deferring = new WeakSet<Scope>();

function isDeferred(at: Scope | undefined): boolean {
  for (let each = at; each; each = each.outer) if (deferring.has(each)) return true;
  return false;
}

function scope(kind: Scope['kind'], outer: Scope | undefined): Scope {
  return { kind, outer, bound: new Set(), globals: new Set(), uses: [] };
}

function bind(at: Scope, name: string): void {
  let target = at;
  if (at.globals.has(name)) while (target.outer) target = target.outer;
  target.bound.add(name);
}

function isLocal(name: string, from: Scope): boolean {
  for (let at: Scope | undefined = from; at && at.kind !== 'module'; at = at.outer) {
    // The body of a class is no scope for the functions in it.
    if (at.globals.has(name)) return false;
    if ((at.kind === 'function' || at === from) && at.bound.has(name)) return true;
  }
  return false;
}

function between(open: string, close: string): IsTarget {
  let inside = false;
  return (part) => {
    if (part.name === open) inside = true;
    else if (part.name === close) inside = false;
    return inside && part.name !== open;
  };
}

/** In a decorator the parts of a dotted name stand side by side. */
function dottedIn(node: SyntaxNode): SyntaxNode | undefined {
  const { parent, nextSibling } = node;
  return parent?.name === 'Decorator' && nextSibling?.name === '.' ? (nextSibling.nextSibling ?? undefined) : undefined;
}

function isKeyword(part: SyntaxNode): boolean {
  return part.name === 'VariableName' && part.nextSibling?.name === 'AssignOp';
}
