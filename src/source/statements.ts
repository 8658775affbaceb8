import type { SyntaxNode } from '@lezer/common';
import { importedNames } from './names';
import { type ModuleNames, moduleNames, type NameUse } from './scopes';
import { argumentsOf, childrenOf, isAsync, isFunction, nameOf, type Source, within } from './syntax';

/** A statement of a module. */
export interface Statement {
  readonly node: SyntaxNode;
  readonly binds: ReadonlySet<string>;
  readonly needs: readonly NameUse[];
  /** It starts an event loop, or calls what does. */
  readonly enters: boolean;
  /** The first place where it awaits outside of functions. */
  readonly awaits: SyntaxNode | undefined;
}

/** A module as far as running it is concerned. */
export interface Module {
  readonly source: Source;
  readonly statements: readonly Statement[];
  /** Coroutine functions and asynchronous generators at module level, by name. */
  readonly coroutines: ReadonlyMap<string, SyntaxNode>;
  readonly functions: ReadonlyMap<string, SyntaxNode>;
  readonly classes: readonly SyntaxNode[];
  readonly names: ModuleNames;
}

/** Modules whose `run` starts a loop. */
const runners =
  /^(asyncio|anyio|trio|curio|uvloop|uvicorn|aiorun|asyncio\.runners|aiohttp\.web|web|qasync)\.(run|run_app|Runner)$/;
const loopMethods = new Set(['run_until_complete', 'run_forever', 'run_app']);

export function readModule(source: Source): Module {
  const nodes = [...topLevel(source.tree.topNode)];
  const coroutines = new Map<string, SyntaxNode>();
  const functions = new Map<string, SyntaxNode>();
  const classes: SyntaxNode[] = [];
  for (const node of nodes) {
    const definition = definitionIn(node);
    if (definition?.name === 'FunctionDefinition')
      (isAsync(definition) ? coroutines : functions).set(nameOf(source, definition), definition);
    else if (definition?.name === 'ClassDefinition') classes.push(definition);
  }
  const loops = new LoopStarts(source, coroutines);
  const bindings = new Set<string>();
  const uses: NameUse[] = [];
  let star = false;
  const statements = nodes.map((node): Statement => {
    const { bound, free, star: all } = moduleNames(source, [node]);
    for (const name of bound) bindings.add(name);
    for (const use of free) uses.push(use);
    star ||= all;
    const awaits = isDefinition(node) ? undefined : [...inModule(node)].find(isAwait);
    return {
      node,
      binds: bound,
      needs: free,
      enters: isDefinition(node) ? loops.inDecorators(node) : loops.in(node),
      awaits,
    };
  });
  return { source, statements, coroutines, functions, classes, names: { bound: bindings, free: uses, star } };
}

/** The statements of a module, those of one line one by one. */
function* topLevel(script: SyntaxNode): Generator<SyntaxNode> {
  for (const node of childrenOf(script)) {
    if (node.name === 'StatementGroup') yield* topLevel(node);
    else if (node.name !== 'Comment' && node.name !== ';') yield node;
  }
}

export function definitionIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.name === 'FunctionDefinition' || node.name === 'ClassDefinition') return node;
  if (node.name !== 'DecoratedStatement') return undefined;
  return node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition') ?? undefined;
}

function isDefinition(node: SyntaxNode): boolean {
  return definitionIn(node)?.name === 'FunctionDefinition';
}

/** A node and all below it that runs when the module does. */
export function* inModule(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  if (!isFunction(node)) yield* within(node);
}

export function isAwait(node: SyntaxNode): boolean {
  return (
    node.name === 'AwaitExpression' ||
    (node.name === 'async' && node.parent !== null && !isFunction(node.parent) && node.nextSibling !== null)
  );
}

/** Finds what starts an event loop: directly, or through a function or method of the file that does. */
class LoopStarts {
  readonly #imports: ReadonlyMap<string, string>;
  readonly #starting = new Set<string>();
  /** Those that start it themselves, and do not only hand out a function that does. */
  readonly #startsAtOnce = new Set<string>();

  constructor(
    private readonly source: Source,
    private readonly coroutines: ReadonlyMap<string, SyntaxNode>,
  ) {
    this.#imports = importedNames(source);
    const all: SyntaxNode[] = [];
    source.tree.iterate({
      enter(at) {
        if (at.name === 'FunctionDefinition' && !isAsync(at.node)) all.push(at.node);
      },
    });
    for (let before = -1; before < this.#starting.size; ) {
      before = this.#starting.size;
      for (const definition of all) {
        const name = nameOf(source, definition);
        const body = definition.getChild('Body');
        if (body && !this.#starting.has(name) && this.in(body)) this.#starting.add(name);
      }
    }
    for (const definition of all) {
      const body = definition.getChild('Body');
      const calls = body ? [...within(body)].filter(({ name }) => name === 'CallExpression') : [];
      if (calls.some((call) => this.#starts(call))) this.#startsAtOnce.add(nameOf(source, definition));
    }
  }

  in(node: SyntaxNode): boolean {
    // The block after the guard is what the program runs.
    if (node.name === 'IfStatement' && this.#isGuard(node)) return true;
    for (const each of inModule(node)) {
      if (each.name === 'CallExpression' && this.#starts(each)) return true;
      // Handed on to a thread, or to whoever calls it.
      if (each.name === 'VariableName' && this.#starting.has(this.source.textOf(each)) && !isBound(each)) return true;
    }
    return false;
  }

  /** Whether a decorator of this file starts a loop as soon as it is given the function. */
  inDecorators(node: SyntaxNode): boolean {
    return node.getChildren('Decorator').some((decorator) => {
      const [, name, called] = /^@\s*(\w+)(\()?/.exec(this.source.textOf(decorator)) ?? [];
      // What a call of it returns is the decorator; that starts nothing by being made.
      return name !== undefined && called === undefined && this.#startsAtOnce.has(name);
    });
  }

  #isGuard(node: SyntaxNode): boolean {
    const test = this.source.textOf(node).split(':', 1)[0];
    const calls = [...inModule(node)].filter(({ name }) => name === 'CallExpression');
    return /\b__name__\b/.test(test) && calls.some((call) => this.source.textOf(call.firstChild!) !== 'print');
  }

  #starts(call: SyntaxNode): boolean {
    const callee = call.firstChild!;
    const text = this.source.textOf(callee);
    const [first, ...rest] = text.split('.');
    const dotted = [this.#imports.get(first) ?? first, ...rest].join('.');
    if (runners.test(dotted)) return true;
    const method = callee.name === 'MemberExpression' ? rest.at(-1) : undefined;
    if (method === undefined) return false;
    if (loopMethods.has(method) || this.#starting.has(method)) return true;
    const [argument] = argumentsOf(this.source, call).positional;
    // `typer.run(main)`
    if (method === 'run' && argument?.name === 'VariableName' && this.coroutines.has(this.source.textOf(argument)))
      return true;
    const made = argument?.name === 'CallExpression' ? this.source.textOf(argument.firstChild!) : '';
    return method === 'run' && this.coroutines.has(made);
  }
}

function isBound(node: SyntaxNode): boolean {
  return node.nextSibling?.name === 'AssignOp' || node.parent?.name === 'FunctionDefinition';
}
