import type { SyntaxNode } from '@lezer/common';
import type { Bindings } from '../bindings';
import { kindOf } from '../comprehensions';
import { argumentsOf, childrenOf, enclosing, isAsync, isFunction, nameOf, type Source, within } from '../syntax';

/** The code that has to have run once for an expression to mean one and the same object in every call of a function. */
export interface Owner {
  /** First line of an `async def`, 0: the module. */
  readonly within: number;
  /** `balances[name]`: which parameter of the function has to be the same too, from 0, without `self`. */
  readonly key?: number | undefined;
}

/** A use of something that the calls of a function share. */
export interface Use {
  /** `self.cache[key]`, also for `self.cache.get(key)` and `key in self.cache`. */
  readonly text: string;
  readonly node: SyntaxNode;
  readonly owner: Owner;
}

/** `self.cache[key]`: a name, and what follows it. */
interface Parts {
  readonly root: SyntaxNode;
  readonly members: readonly { readonly how: '.' | '['; readonly node: SyntaxNode }[];
}

/**
 * Finds out whether an expression of a coroutine function, `self.token`, `account.balance`, `state["n"]` or a global name, means the same
 * object in all calls of it, as far as the file shows. Where it cannot be told, the answer is undefined.
 */
export class Owners {
  readonly #known = new Map<string, Owner | undefined>();

  constructor(
    private readonly source: Source,
    private readonly bindings: Bindings,
  ) {}

  /**
   * The object that a node reads or is the target for; undefined if that cannot be told.
   * @param definition the function around it
   */
  use(definition: SyntaxNode, node: SyntaxNode): Use | undefined {
    const parts = partsOf(this.source, node);
    if (!parts) return undefined;
    const text = textOf(this.source, parts);
    const key = `${definition.from} ${text}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#find(definition, parts));
    const owner = this.#known.get(key);
    return owner && { text, node, owner };
  }

  #find(definition: SyntaxNode, { root, members }: Parts): Owner | undefined {
    if (members.length === 0) return this.#declared(definition, this.source.textOf(root));
    const owner = this.#rootOwner(definition, root);
    const keys = members.filter(({ node }) => node.name === 'VariableName');
    if (!owner || keys.length === 0) return owner;
    const key = this.#parameter(definition, this.source.textOf(keys[0].node));
    return keys.length === 1 && key >= 0 ? { ...owner, key } : undefined;
  }

  /** A name that the function declares to be `global` or `nonlocal`. */
  #declared(definition: SyntaxNode, name: string): Owner | undefined {
    const body = definition.getChild('Body');
    const statement = [...(body ? within(body) : [])].find(
      (each) =>
        each.name === 'ScopeStatement' &&
        each.getChildren('VariableName').some((one) => this.source.textOf(one) === name),
    );
    if (!statement) return undefined;
    return statement.firstChild?.name === 'global' ? { within: 0 } : this.#outside(definition, name);
  }

  #rootOwner(definition: SyntaxNode, root: SyntaxNode): Owner | undefined {
    const name = this.source.textOf(root);
    const type = enclosing(definition, 'FunctionDefinition', 'ClassDefinition');
    if (type?.name === 'ClassDefinition') {
      if (this.#parameters(definition)[0] === name) return this.#instance(type);
    } else {
      const index = this.#parameter(definition, name);
      if (index >= 0) return this.#argument(definition, index);
    }
    return this.bindings.of(definition).has(name) ? undefined : this.#outside(definition, name);
  }

  /** A name of a function around this one, or of the module. */
  #outside(definition: SyntaxNode, name: string): Owner | undefined {
    for (let at = enclosing(definition, 'FunctionDefinition'); at; at = enclosing(at, 'FunctionDefinition'))
      if (this.bindings.of(at).has(name)) return this.#ranOnce(at);
    return this.bindings.of(this.source.tree.topNode).has(name) ? { within: 0 } : undefined;
  }

  /** The only instance of a class: nothing but one call mentions it, outside of loops. */
  #instance(type: SyntaxNode): Owner | undefined {
    if (enclosing(type, 'FunctionDefinition', 'ClassDefinition')) return undefined;
    const uses = this.#usesOf(nameOf(this.source, type));
    const [use] = uses;
    const call = use?.parent;
    if (uses.length !== 1 || call?.name !== 'CallExpression' || call.firstChild?.from !== use.from) return undefined;
    return this.#once(call);
  }

  /** The object that every call of a function of the module is given for a parameter: the same variable, bound once. */
  #argument(definition: SyntaxNode, index: number): Owner | undefined {
    if (enclosing(definition, 'FunctionDefinition')) return undefined;
    const values = this.#usesOf(nameOf(this.source, definition)).map((use) => {
      const call = use.parent?.name === 'CallExpression' && use.parent.firstChild?.from === use.from && use.parent;
      const value = call ? argumentsOf(this.source, call).positional[index] : undefined;
      return value?.name === 'VariableName' ? value : undefined;
    });
    const owners = values.map((value) => {
      const binding = value && this.bindings.find(this.source.textOf(value), value);
      if (binding?.how !== 'assigned' || binding.also.length > 0) return undefined;
      return { from: binding.value.from, owner: this.#once(binding.value) };
    });
    const [first] = owners;
    return first && owners.every((each) => each?.from === first.from) ? first.owner : undefined;
  }

  /** Where a name of the module is used, other than as a type. */
  #usesOf(name: string): SyntaxNode[] {
    const uses: SyntaxNode[] = [];
    this.source.tree.iterate({
      enter: ({ name: kind, node }) => {
        if (kind === 'TypeDef') return false;
        if (kind !== 'VariableName' || this.source.textOf(node) !== name) return true;
        const isDefinition =
          (node.parent?.name === 'FunctionDefinition' || node.parent?.name === 'ClassDefinition') &&
          nameOf(this.source, node.parent) === name;
        if (!isDefinition) uses.push(node);
        return true;
      },
    });
    return uses;
  }

  /** What has to have run once for a node to have: the function around it, unless a loop repeats it there. */
  #once(node: SyntaxNode): Owner | undefined {
    for (let at = node.parent; at; at = at.parent) {
      if (/^(For|While)Statement$/.test(at.name) || kindOf(at) || at.name === 'LambdaExpression') return undefined;
      if (at.name === 'ClassDefinition') return undefined;
      if (isFunction(at)) return this.#ranOnce(at);
    }
    return { within: 0 };
  }

  #ranOnce(definition: SyntaxNode): Owner | undefined {
    return isAsync(definition) ? { within: firstLine(this.source, definition) } : undefined;
  }

  #parameters(definition: SyntaxNode): string[] {
    const list = definition.getChild('ParamList');
    const parts = list ? [...childrenOf(list)] : [];
    return parts
      .filter((part, i) => part.name === 'VariableName' && parts[i - 1]?.name !== 'AssignOp')
      .map((part) => this.source.textOf(part));
  }

  /** Index of a parameter, without `self`; -1: it is none, or is bound again in the function. */
  #parameter(definition: SyntaxNode, name: string): number {
    const names = this.#parameters(definition);
    const isMethod = enclosing(definition, 'FunctionDefinition', 'ClassDefinition')?.name === 'ClassDefinition';
    const binding = this.bindings.of(definition).get(name);
    if (binding && (!/^(given|annotated)$/.test(binding.how) || binding.also.length > 0)) return -1;
    return names.indexOf(name) - (isMethod ? 1 : 0);
  }
}

/** As Python counts it: that of its first decorator. */
export function firstLine(source: Source, definition: SyntaxNode): number {
  return source.line(definition.parent?.name === 'DecoratedStatement' ? definition.parent : definition);
}

function partsOf(source: Source, node: SyntaxNode): Parts | undefined {
  if (node.name === 'VariableName') return { root: node, members: [] };
  if (node.name === 'MemberExpression') {
    const [object, open, member] = [...childrenOf(node)];
    const parts = object && member && partsOf(source, object);
    if (!parts || (open.name !== '.' && !/^(String|Number|VariableName)$/.test(member.name))) return undefined;
    return { ...parts, members: [...parts.members, { how: open.name === '.' ? '.' : '[', node: member }] };
  }
  const [container, key] = node.name === 'CallExpression' ? gotten(source, node) : contained(node);
  return container && key && /^(String|Number|VariableName)$/.test(key.name)
    ? itemOf(source, container, key)
    : undefined;
}

function itemOf(source: Source, container: SyntaxNode, key: SyntaxNode): Parts | undefined {
  const parts = partsOf(source, container);
  return parts && { ...parts, members: [...parts.members, { how: '[', node: key }] };
}

/** `cache.get(key)` */
function gotten(source: Source, call: SyntaxNode): SyntaxNode[] {
  const callee = call.firstChild;
  const [container, , method] = callee?.name === 'MemberExpression' ? [...childrenOf(callee)] : [];
  return method && source.textOf(method) === 'get' ? [container, argumentsOf(source, call).positional[0]] : [];
}

/** `key in cache`, `key not in cache` */
function contained(node: SyntaxNode): SyntaxNode[] {
  const parts = node.name === 'BinaryExpression' ? [...childrenOf(node)] : [];
  return parts.length > 2 && parts.at(-2)?.name === 'in' ? [parts.at(-1)!, parts[0]] : [];
}

function textOf(source: Source, { root, members }: Parts): string {
  const text = (node: SyntaxNode) => source.textOf(node).replace(/"/g, "'");
  return text(root) + members.map(({ how, node }) => (how === '.' ? `.${text(node)}` : `[${text(node)}]`)).join('');
}
