import type { SyntaxNode } from '@lezer/common';
import type { Subject } from '../core/explain';
import { asyncioCalls, asyncioClasses, awaitedResults, blockingCalls, classOf, unpackedResults } from './asyncio-names';
import { type Binding, Bindings } from './bindings';
import { callOf, methodOf } from './definitions';
import { importedNames } from './names';
import { argumentsOf, childrenOf, enclosing, nameOf, type Source } from './syntax';

const literals = new Set([
  'Number',
  'String',
  'FormatString',
  'Boolean',
  'None',
  'ArrayExpression',
  'DictionaryExpression',
  'SetExpression',
  'TupleExpression',
  'LambdaExpression',
  'BinaryExpression',
]);
/** How far variables are followed: enough for any real program, and an end for one that goes round in circles. */
const FARTHEST = 8;

/** Tells what the expressions of one file are, as far as an `await` cares. */
export class Subjects {
  readonly #imports: ReadonlyMap<string, string>;
  readonly #bindings: Bindings;

  constructor(private readonly source: Source) {
    this.#imports = importedNames(source);
    this.#bindings = new Bindings(source);
  }

  /** @param method the special method that the construct calls, e.g. `__aenter__`. */
  of(node: SyntaxNode, method: string, depth = 0): Subject {
    const text = this.source.textOf(node);
    const unknown: Subject = { kind: 'unknown', text };
    if (depth > FARTHEST) return unknown;
    if (node.name === 'ParenthesizedExpression') {
      const inner = [...childrenOf(node)].find((part) => part.name !== '(' && part.name !== ')');
      return inner ? this.of(inner, method, depth) : unknown;
    }
    if (node.name === 'CallExpression') return this.#call(node, method, depth);
    if (node.name === 'VariableName' || node.name === 'MemberExpression') return this.#name(node, method, depth);
    return literals.has(node.name) ? { kind: 'wrong', text, instead: undefined } : unknown;
  }

  #call(node: SyntaxNode, method: string, depth: number): Subject {
    const callee = node.firstChild!;
    const text = this.source.textOf(callee);
    const dotted = this.dotted(callee);
    if (dotted?.startsWith('asyncio.')) {
      const own = this.#asyncio(dotted.slice('asyncio.'.length), node, text);
      if (own) return own;
    }
    if (dotted && dotted in blockingCalls)
      return { kind: 'wrong', text: this.source.textOf(node), instead: blockingCalls[dotted] };
    const definition = this.#definition(callee, depth);
    if (definition?.name === 'ClassDefinition') return this.#instance(definition, method);
    if (definition) return callOf(this.source, definition);
    if (callee.name === 'MemberExpression') return this.#methodCall(node, callee, dotted, depth);
    return dotted ? this.#library(dotted, text) : { kind: 'unknown', text: `${text}(…)` };
  }

  #methodCall(node: SyntaxNode, callee: SyntaxNode, dotted: string | undefined, depth: number): Subject {
    const text = this.source.textOf(callee);
    const name = this.source.textOf(callee.lastChild!);
    // Loops and task groups come from anywhere; nothing else has methods of these names.
    if (name === 'create_task') return this.#task(node, text);
    if (name === 'run_in_executor') return { kind: 'asyncio', name, text, detail: undefined, count: undefined };
    if (name === 'create_future') return { kind: 'asyncio', name: 'Future', text, detail: undefined, count: undefined };
    if (dotted) return this.#library(dotted, text);
    const owner = this.of(callee.firstChild!, '', depth + 1);
    if (owner.kind === 'asyncio' && (asyncioClasses.has(owner.name) || owner.name === 'Process')) {
      return { kind: 'asyncio', name: `${classOf(owner.name)}.${name}`, text, detail: undefined, count: undefined };
    }
    if (owner.kind === 'generator' && name === '__anext__') return owner;
    if (owner.kind === 'library') return { ...owner, name: text };
    return { kind: 'unknown', text: `${text}(…)` };
  }

  #asyncio(name: string, node: SyntaxNode, text: string): Subject | undefined {
    if (name === 'create_task' || name === 'ensure_future') return this.#task(node, text);
    if (!asyncioCalls.has(name)) return undefined;
    const { positional, named, starred } = argumentsOf(this.source, node);
    const asText = (argument: SyntaxNode | undefined) => argument && this.source.textOf(argument);
    const detail = {
      sleep: positional[0],
      wait_for: named.get('timeout') ?? positional[1],
      timeout: positional[0],
      to_thread: positional[0],
      wait: named.get('return_when'),
    }[name];
    const count = name === 'gather' && !starred ? positional.length : undefined;
    return { kind: 'asyncio', name: classOf(name), text, detail: asText(detail), count };
  }

  #task(call: SyntaxNode, text: string): Subject {
    const [first] = argumentsOf(this.source, call).positional;
    const runs = first?.name === 'CallExpression' ? this.source.textOf(first.firstChild!) : undefined;
    return { kind: 'task', name: text, of: runs, line: this.source.line(call) };
  }

  #name(node: SyntaxNode, method: string, depth: number): Subject {
    const text = this.source.textOf(node);
    const binding = this.#bindingOf(node, text);
    if (!binding) {
      const dotted = this.dotted(node);
      return dotted ? this.#library(dotted, text) : { kind: 'unknown', text };
    }
    if (binding.how === 'defined') {
      const called = binding.value.name === 'ClassDefinition' ? undefined : callOf(this.source, binding.value);
      return called && called.kind !== 'plain' ? { kind: 'uncalled', name: text } : { kind: 'unknown', text };
    }
    const value = this.#bound(binding, method, depth);
    // It is the variable that people see here.
    if (value.kind === 'task') return { ...value, name: text };
    return value.kind === 'asyncio' ? { ...value, text } : value.kind === 'unknown' ? { kind: 'unknown', text } : value;
  }

  #bound(binding: Binding, method: string, depth: number): Subject {
    const { value, how, index } = binding;
    const text = this.source.textOf(value);
    const named = (name: string): Subject => ({ kind: 'asyncio', name, text, detail: undefined, count: undefined });
    if (how === 'annotated') return this.#annotated(value, method);
    if (how === 'iterated') return this.#element(value, depth);
    if (value.name === 'AwaitExpression') {
      const awaited = this.of(value.lastChild!, '__await__', depth + 1);
      const made =
        awaited.kind === 'asyncio'
          ? index === undefined
            ? awaitedResults[awaited.name]
            : unpackedResults[awaited.name]?.[index]
          : undefined;
      return made ? named(made) : { kind: 'unknown', text };
    }
    return index === undefined ? this.of(value, method, depth + 1) : { kind: 'unknown', text };
  }

  /** What a loop over an expression meets: `for t in [create_task(…) for …]`, `for c in as_completed(…)`. */
  #element(value: SyntaxNode, depth: number): Subject {
    const text = this.source.textOf(value);
    if (depth > FARTHEST) return { kind: 'unknown', text };
    if (value.name === 'ArrayExpression' || value.name === 'ArrayComprehensionExpression') {
      const first = value.firstChild?.nextSibling;
      if (first) return this.of(first, '__await__', depth + 1);
    }
    if (value.name === 'VariableName') {
      const binding = this.#bindingOf(value, text);
      if (binding?.how === 'assigned' && binding.index === undefined) return this.#element(binding.value, depth + 1);
    }
    const call = value.name === 'CallExpression' ? this.of(value, '', depth + 1) : undefined;
    if (call?.kind === 'asyncio' && call.name === 'as_completed') return { ...call, name: 'as_completed item' };
    return { kind: 'unknown', text };
  }

  #annotated(type: SyntaxNode, method: string): Subject {
    const plain = type.name === 'MemberExpression' && type.lastChild?.name === ']' ? type.firstChild! : type;
    const text = this.source.textOf(plain);
    const dotted = this.dotted(plain);
    const own = dotted?.startsWith('asyncio.') ? dotted.slice('asyncio.'.length) : undefined;
    if (own === 'Task') return { kind: 'task', name: text, of: undefined, line: this.source.line(type) };
    if (own && asyncioClasses.has(own))
      return { kind: 'asyncio', name: classOf(own), text, detail: undefined, count: undefined };
    const definition = this.#definition(plain, 0);
    if (definition?.name === 'ClassDefinition') return this.#instance(definition, method);
    return dotted ? this.#library(dotted, text) : { kind: 'unknown', text };
  }

  #instance(definition: SyntaxNode, method: string): Subject {
    const special = methodOf(this.source, definition, method);
    const call = special && callOf(this.source, special);
    const awaits = call && 'awaits' in call ? call.awaits : undefined;
    return {
      kind: 'instance',
      name: nameOf(this.source, definition),
      method,
      line: special && this.source.line(special),
      awaits,
    };
  }

  /** The function or class of this file that a name or `self.method` stands for. */
  #definition(callee: SyntaxNode, depth: number): SyntaxNode | undefined {
    const text = this.source.textOf(callee);
    if (callee.name === 'VariableName') {
      const binding = this.#bindings.find(text, callee);
      return binding?.how === 'defined' ? binding.value : undefined;
    }
    if (callee.name !== 'MemberExpression' || callee.lastChild?.name !== 'PropertyName' || depth > FARTHEST)
      return undefined;
    const owner = this.#classOf(callee.firstChild!, depth);
    return owner && methodOf(this.source, owner, this.source.textOf(callee.lastChild));
  }

  /** The class of this file that an object is of. */
  #classOf(object: SyntaxNode, depth: number): SyntaxNode | undefined {
    if (object.name === 'CallExpression') {
      const definition = this.#definition(object.firstChild!, depth + 1);
      return definition?.name === 'ClassDefinition' ? definition : undefined;
    }
    const text = this.source.textOf(object);
    if (text === 'self' || text === 'cls') return enclosing(object, 'ClassDefinition');
    const binding = this.#bindingOf(object, text);
    if (!binding || binding.index !== undefined || depth > FARTHEST) return undefined;
    if (binding.how === 'annotated') {
      const definition = this.#definition(binding.value, depth + 1);
      return definition?.name === 'ClassDefinition' ? definition : undefined;
    }
    return binding.how === 'assigned' || binding.how === 'entered'
      ? this.#classOf(binding.value, depth + 1)
      : undefined;
  }

  #bindingOf(node: SyntaxNode, text: string): Binding | undefined {
    const own = text.startsWith('self.') ? enclosing(node, 'ClassDefinition') : undefined;
    return own ? this.#bindings.of(own).get(text) : this.#bindings.find(text, node);
  }

  /** A name spelt out from its import: `aio.sleep` → `asyncio.sleep`; builtins stand for themselves. */
  dotted(node: SyntaxNode): string | undefined {
    if (node.name !== 'VariableName' && node.name !== 'MemberExpression') return undefined;
    const [first, ...rest] = this.source.textOf(node).split('.');
    if (this.#bindings.find(first, node)) return undefined;
    const imported = this.#imports.get(first);
    if (imported) return [imported, ...rest].join('.');
    return rest.length === 0 && first in blockingCalls ? first : undefined;
  }

  #library(dotted: string, text: string): Subject {
    return { kind: 'library', name: text, module: dotted.split('.')[0] };
  }
}
