import type { SyntaxNode } from '@lezer/common';
import { kindOf } from './comprehensions';
import { otherTargets } from './other-targets';
import { childrenOf, enclosing, isFunction, nameOf, type Source, within } from './syntax';
import { withItems } from './with-items';

/** How a name gets its value. `value` is the expression; `how`: what was done with it; `given`: an argument of unknown value. */
export interface Binding {
  readonly how: 'assigned' | 'entered' | 'iterated' | 'annotated' | 'defined' | 'given';
  readonly value: SyntaxNode;
  /** Where a tuple was unpacked: which of its parts. */
  readonly index: number | undefined;
  /** What else the name is bound to in its scope, in source order. */
  readonly also: Binding[];
}
type Bound = Omit<Binding, 'also'>;

/** Finds what a name of a scope is bound to. Reads each function, class and module once. */
export class Bindings {
  readonly #scopes = new Map<number, Map<string, Binding>>();
  /** What functions bind in a scope around them, because they declare the name `global` or `nonlocal`; by the start of the function. */
  readonly #declared = new Map<number, Map<string, Binding>>();

  constructor(private readonly source: Source) {}

  /** The binding of a name at `from`: Python searches the enclosing functions, then the module. */
  find(name: string, from: SyntaxNode): Binding | undefined {
    const own = this.#inComprehension(name, from);
    if (own) return own;
    for (let scope = scopeOf(from); scope; scope = scopeOf(scope)) {
      const binding = this.of(scope).get(name);
      // The body of a class is no scope for the functions in it.
      if (binding && (scope.name !== 'ClassDefinition' || scope === scopeOf(from))) return binding;
    }
    return undefined;
  }

  /** All names bound in a scope; `self.x` under that spelling in the class whose methods bind it. */
  of(scope: SyntaxNode): Map<string, Binding> {
    // A function may be the first thing in its module.
    const key = scope.name === 'Script' ? -1 : scope.from;
    const known = this.#scopes.get(key);
    if (known) return known;
    const names = new Map<string, Binding>();
    // Set before reading, so that recursive lookups find what there is so far.
    this.#scopes.set(key, names);
    if (isFunction(scope)) this.#parameters(scope, names);
    for (const node of within(scope)) this.#read(node, names);
    if (scope.name === 'ClassDefinition') this.#attributes(scope, names);
    else this.#declarations(scope, key, names);
    return names;
  }

  /** Takes out what the scope declares to belong to one around it, and takes in what functions inside declare to belong to this one. */
  #declarations(scope: SyntaxNode, key: number, names: Map<string, Binding>): void {
    const declared = new Map<string, Binding>();
    this.#declared.set(key, declared);
    if (!/\b(global|nonlocal)\b/.test(this.source.textOf(scope))) return;
    const inner: { node: SyntaxNode; name: string }[] = [];
    const kind = scope.name === 'Script' ? 'global' : 'nonlocal';
    scope.cursor().iterate(({ name, node }) => {
      if (name !== 'ScopeStatement') return;
      const around = scopeOf(node);
      for (const each of node.getChildren('VariableName')) {
        const declaredName = this.source.textOf(each);
        const binding = around?.from === scope.from && scope.name !== 'Script' ? names.get(declaredName) : undefined;
        if (binding) {
          declared.set(declaredName, binding);
          names.delete(declaredName);
        } else if (around && node.getChild(kind)) inner.push({ node: around, name: declaredName });
      }
    });
    for (const { node, name } of inner) {
      this.of(node);
      const binding = this.#declared.get(node.from)?.get(name);
      if (binding && (names.has(name) || kind === 'global')) bind(names, name, binding);
    }
  }

  /** The variable of a comprehension around a place: `[await f() for f in functions]`. */
  #inComprehension(name: string, from: SyntaxNode): Binding | undefined {
    for (let at: SyntaxNode | null = from; at && !isFunction(at) && at.name !== 'Body'; at = at.parent) {
      if (!kindOf(at)) continue;
      const parts = [...childrenOf(at)];
      for (const [i, part] of parts.entries()) {
        if (part.name !== 'for') continue;
        const into = parts.findIndex((other, j) => j > i && other.name === 'in');
        const value = into > 0 ? parts[into + 1] : undefined;
        const targets = into > 0 ? parts.slice(i + 1, into) : [];
        if (!value || !targets.some((target) => targetNames(target).some((each) => this.source.textOf(each) === name)))
          continue;
        const how = targets.length === 1 && targets[0].name === 'VariableName' ? 'iterated' : 'given';
        return { how, value, index: undefined, also: [] };
      }
    }
    return undefined;
  }

  #read(node: SyntaxNode, names: Map<string, Binding>): void {
    if (node.name === 'FunctionDefinition' || node.name === 'ClassDefinition') {
      bind(names, nameOf(this.source, node), { how: 'defined', value: node, index: undefined });
    } else if (node.name === 'AssignStatement') this.#assignment(node, names);
    else if (node.name === 'NamedExpression') {
      const [target, , value] = [...childrenOf(node)];
      if (value) this.#target(target, { how: 'assigned', value, index: undefined }, names);
    } else if (node.name === 'WithStatement') {
      for (const { value, target } of withItems(node)) {
        if (target) this.#target(target, { how: 'entered', value, index: undefined }, names);
      }
    } else if (node.name === 'ForStatement') {
      const parts = [...childrenOf(node)];
      const into = parts.findIndex((part) => part.name === 'in');
      const targets = parts.slice(parts.findIndex((part) => part.name === 'for') + 1, into);
      const value = into > 0 ? parts[into + 1] : undefined;
      if (value && targets.length === 1) this.#target(targets[0], { how: 'iterated', value, index: undefined }, names);
      if (value && (targets.length > 1 || targets[0]?.name.endsWith('Expression')))
        for (const target of targets.flatMap(targetNames))
          this.#target(target, { how: 'given', value, index: undefined }, names);
    } else
      for (const target of otherTargets(node))
        this.#target(target, { how: 'given', value: target, index: undefined }, names);
  }

  #assignment(node: SyntaxNode, names: Map<string, Binding>): void {
    const parts = [...childrenOf(node)];
    const annotation = parts.find((part) => part.name === 'TypeDef');
    const groups = split(
      parts.filter((part) => part !== annotation),
      'AssignOp',
    );
    const values = groups.pop() ?? [];
    if (groups.length === 0) {
      const type = annotation?.lastChild;
      if (type && values[0]) this.#target(values[0], { how: 'annotated', value: type, index: undefined }, names);
      return;
    }
    const flat = values.filter((part) => part.name !== ',');
    for (const group of groups) {
      const targets = group.filter((part) => part.name !== ',').flatMap(unpacked);
      targets.forEach((target, i) => {
        const pairwise = flat.length === targets.length;
        const value = pairwise ? flat[i] : flat[0];
        if (value) this.#target(target, { how: 'assigned', value, index: pairwise ? undefined : i }, names);
      });
    }
  }

  #parameters(definition: SyntaxNode, names: Map<string, Binding>): void {
    const parts = [...childrenOf(definition.getChild('ParamList') ?? definition)];
    parts.forEach((part, i) => {
      if (part.name !== 'VariableName' || parts[i - 1]?.name === 'AssignOp') return;
      const type = parts[i + 1]?.name === 'TypeDef' ? parts[i + 1].lastChild : undefined;
      const how = type ? 'annotated' : 'given';
      bind(names, this.source.textOf(part), { how, value: type ?? part, index: undefined });
    });
  }

  /** `self.lock = …` in any method. */
  #attributes(definition: SyntaxNode, names: Map<string, Binding>): void {
    for (const node of within(definition)) {
      if (node.name !== 'FunctionDefinition') continue;
      for (const [name, binding] of this.of(node)) if (name.startsWith('self.')) bind(names, name, binding);
    }
  }

  #target(target: SyntaxNode, binding: Bound, names: Map<string, Binding>): void {
    const isName = target.name === 'VariableName' || target.name === 'MemberExpression';
    if (isName) bind(names, this.source.textOf(target), binding);
  }
}

/** The first binding stands for the name, except that a bare annotation gives way to a value; the others are kept beside it. */
function bind(names: Map<string, Binding>, name: string, binding: Bound): void {
  const known = names.get(name);
  if (!known || known.how === 'annotated') names.set(name, { ...binding, also: [] });
  else if (known.value !== binding.value && binding.how !== 'annotated') known.also.push({ ...binding, also: [] });
}

/** The names in the target of a loop. */
function targetNames(target: SyntaxNode): SyntaxNode[] {
  if (target.name === 'VariableName') return [target];
  return target.name === 'TupleExpression' || target.name === 'ArrayExpression'
    ? unpacked(target).flatMap(targetNames)
    : [];
}

export function scopeOf(node: SyntaxNode): SyntaxNode | undefined {
  return enclosing(node, 'FunctionDefinition', 'LambdaExpression', 'ClassDefinition', 'Script');
}

function unpacked(target: SyntaxNode): SyntaxNode[] {
  if (target.name !== 'TupleExpression' && target.name !== 'ArrayExpression') return [target];
  return [...childrenOf(target)].filter((part) => !['(', ')', '[', ']', ','].includes(part.name));
}

function split(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) groups.push([]);
    else groups[groups.length - 1].push(node);
  }
  return groups;
}
