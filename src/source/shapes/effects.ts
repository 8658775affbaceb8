import type { SyntaxNode } from '@lezer/common';
import { decoratorOf } from '../definitions';
import { importedNames } from '../names';
import { argumentsOf, childrenOf, enclosing, isAsync, nameOf, type Source, within } from '../syntax';

/**
 * Whether calls of a file's own coroutine functions can be told to leave alone what others read: no global, attribute or item is
 * written, no method is called that may change something, nothing is called that the file does not define. Output is no such thing: what
 * is printed can be compared.
 */

/** Builtins that change nothing. */
const PLAIN = new Set(
  `abs all any bool bytes chr dict divmod enumerate filter float format frozenset getattr hasattr hash hex id int isinstance iter len list
  map max min next object oct ord pow print range repr reversed round set slice sorted str sum super tuple type zip
  Exception ValueError TypeError KeyError RuntimeError OSError ConnectionError TimeoutError LookupError IndexError`
    .split(/\s+/)
    .filter(Boolean),
);
/** Whether a name is that of a builtin function that changes nothing and does not wait. */
export function isBuiltin(name: string): boolean {
  return PLAIN.has(name) && name !== 'sum' && name !== 'sorted';
}

/** Methods that read, by how they are usually called. */
const READS =
  /^(get|fetch|read|load|find|search|query|lookup|head|download|items|keys|values|copy|format|join|split|strip|lower|upper|encode|decode|startswith|endswith|replace|json|text|count|index|result|debug|info|warning|error|exception|log|is_set|done|locked|empty|full|qsize)$/;
/** The same where they are awaited: of a queue or a stream `get()` and `read()` take something out. */
const AWAITED_READS = /^(fetch|find|search|query|lookup|head|download|get|load)(_\w+)?$/;
/** Modules whose functions leave the program alone. */
const MODULES =
  /^(asyncio|time|random|math|json|re|datetime|itertools|functools|collections|string|os\.path|logging|hashlib|uuid)\b/;
/** asyncio functions that pass something to other tasks, or start work that continues after the call. */
const HANDS_ON =
  /^asyncio\.(create_task|ensure_future|run_coroutine_threadsafe|get_(running|event)_loop|Event|start_\w+)$/;

export class Effects {
  readonly #imports: ReadonlyMap<string, string>;
  readonly #functions = new Map<string, SyntaxNode[]>();
  readonly #classes = new Set<string>();
  readonly #known = new Map<number, boolean>();

  constructor(private readonly source: Source) {
    this.#imports = importedNames(source);
    source.tree.iterate({
      enter: ({ name, node }) => {
        if (name === 'ClassDefinition') this.#classes.add(nameOf(source, node));
        if (name !== 'FunctionDefinition') return;
        const own = nameOf(source, node);
        this.#functions.set(own, [...(this.#functions.get(own) ?? []), node]);
      },
    });
  }

  /** What a name stands for, as its import says: `aio.sleep` → `asyncio.sleep`. */
  dotted(callee: SyntaxNode): string {
    const [first, ...rest] = this.source.textOf(callee).split('.');
    return [this.#imports.get(first) ?? first, ...rest].join('.');
  }

  /** The coroutine function of the file that a call runs: `f(…)`, or a method whose name no other function has. */
  coroutineOf(call: SyntaxNode): SyntaxNode | undefined {
    const found = this.#definitionOf(call.firstChild!);
    return found && isAsync(found) && !isGenerator(found) && decoratorOf(this.source, found) === undefined
      ? found
      : undefined;
  }

  /** It changes nothing that another call could see. */
  isFree(definition: SyntaxNode): boolean {
    const known = this.#known.get(definition.from);
    if (known !== undefined) return known;
    // Set before reading: one that calls itself is as free as the rest of it.
    this.#known.set(definition.from, true);
    const free = decoratorOf(this.source, definition) === undefined && this.#readsOnly(definition);
    this.#known.set(definition.from, free);
    return free;
  }

  /** An argument gives the same now and a little later: names, constants and what is made of them. */
  isPlain(node: SyntaxNode): boolean {
    return ![node, ...within(node)].some(
      ({ name }) =>
        name === 'CallExpression' ||
        name === 'AwaitExpression' ||
        name === 'NamedExpression' ||
        name === 'YieldExpression',
    );
  }

  argumentsArePlain(call: SyntaxNode): boolean {
    const { positional, named, starred } = argumentsOf(this.source, call);
    return !starred && [...positional, ...named.values()].every((each) => this.isPlain(each));
  }

  #definitionOf(callee: SyntaxNode): SyntaxNode | undefined {
    const text = this.source.textOf(callee);
    const name = callee.name === 'MemberExpression' ? text.split('.').at(-1)! : text;
    const found = this.#functions.get(name) ?? [];
    if (found.length !== 1) return undefined;
    const isMethod = enclosing(found[0], 'FunctionDefinition', 'ClassDefinition')?.name === 'ClassDefinition';
    return isMethod === (callee.name === 'MemberExpression') ? found[0] : undefined;
  }

  #readsOnly(definition: SyntaxNode): boolean {
    const body = definition.getChild('Body');
    if (!body) return false;
    const nodes = [...within(body)];
    const own = localsOf(this.source, nodes);
    return nodes.every((node) => {
      switch (node.name) {
        case 'ScopeStatement':
        case 'YieldExpression':
        case 'YieldStatement':
        case 'DeleteStatement':
        case 'FunctionDefinition':
        case 'LambdaExpression':
          return false;
        case 'AssignStatement':
        case 'UpdateStatement':
          return targetsOf(node).every(
            (target) => target.name === 'VariableName' || own.has(rootOf(this.source, target)),
          );
        case 'CallExpression':
          return this.#callReadsOnly(node, own);
        default:
          return true;
      }
    });
  }

  #callReadsOnly(call: SyntaxNode, own: ReadonlySet<string>): boolean {
    const callee = call.firstChild!;
    const dotted = this.dotted(callee);
    if (MODULES.test(dotted) && this.#imports.has(rootOf(this.source, callee))) return !HANDS_ON.test(dotted);
    if (callee.name === 'VariableName' && PLAIN.has(dotted)) return true;
    if (callee.name === 'VariableName' && this.#classes.has(dotted)) return true;
    const definition = this.#definitionOf(callee);
    if (definition) return this.isFree(definition);
    if (callee.name !== 'MemberExpression') return false;
    if (own.has(rootOf(this.source, callee))) return true;
    const method = this.source.textOf(callee).split('.').at(-1)!;
    const { positional, named } = argumentsOf(this.source, call);
    if (call.parent?.name === 'AwaitExpression')
      return AWAITED_READS.test(method) && positional.length + named.size > 0;
    return READS.test(method);
  }
}

function isGenerator(definition: SyntaxNode): boolean {
  const body = definition.getChild('Body');
  return !body || [...within(body)].some(({ name }) => name === 'YieldStatement' || name === 'YieldExpression');
}

/** Names that a function binds to what it makes itself: `rows = []`. What it is given belongs to others. */
function localsOf(source: Source, nodes: readonly SyntaxNode[]): Set<string> {
  const own = new Set<string>();
  for (const node of nodes) {
    if (node.name !== 'AssignStatement') continue;
    const value = node.lastChild;
    const isMade =
      value &&
      /^(Array|Dictionary|Set|Array.*|.*Comprehension.*|String|FormatString|Number|Tuple)Expression$|^(String|FormatString|Number)$/.test(
        value.name,
      );
    const [target] = targetsOf(node);
    if (isMade && target?.name === 'VariableName') own.add(source.textOf(target));
  }
  return own;
}

export function targetsOf(statement: SyntaxNode): SyntaxNode[] {
  const parts = [...childrenOf(statement)];
  const last = parts.findLastIndex(({ name }) => name === 'AssignOp' || name === 'UpdateOp');
  return parts
    .slice(0, Math.max(0, last))
    .filter(({ name }) => name !== 'AssignOp' && name !== ',' && name !== 'TypeDef')
    .flatMap((target) =>
      target.name === 'TupleExpression' || target.name === 'ArrayExpression'
        ? [...childrenOf(target)].filter(({ name }) => !['(', ')', '[', ']', ','].includes(name))
        : [target],
    );
}

function rootOf(source: Source, node: SyntaxNode): string {
  let at = node;
  while (at.name === 'MemberExpression' && at.firstChild) at = at.firstChild;
  return source.textOf(at);
}
