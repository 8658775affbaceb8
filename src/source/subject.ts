import type { SyntaxNode } from '@lezer/common';
import type { Subject } from '../core/explain/explain';
import { AsyncioCalls } from './asyncio-calls';
import {
  asyncioClasses,
  awaitedResults,
  blockingCalls,
  classOf,
  coroutineMethods,
  hasWord,
  plainBuiltins,
  plainMethods,
  unpackedResults,
} from './asyncio-names';
import { awaitedBefore } from './awaited-before';
import { basesOf, isOverridden } from './bases';
import { type Binding, Bindings, scopeOf } from './bindings';
import { calledThrough, superMethod } from './callables';
import { callOf, isAbstract, methodOf } from './definitions';
import { instanceOf, returnsSelf } from './instances';
import { OuterNames } from './outer-names';
import { argumentsOf, awaited, childrenOf, enclosing, nameOf, type Source } from './syntax';

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
]);
/** No `name:` before it, at the start of a statement or of a parameter. */
const NO_ANNOTATION = String.raw`(?<!(?:^[ \t]*|[(,]\s*)(?!(?:else|try|finally)\b)[\w.]+:\s*)`;
/** How far variables are followed: enough for any real program, and an end for one that goes round in circles. */
const FARTHEST = 8;

/** A definition, and the block that contains it. */
interface Found {
  readonly by: Subjects;
  readonly node: SyntaxNode;
}

/** Tells what the expressions of one file are, as far as an `await` cares. */
export class Subjects {
  readonly #names: OuterNames;
  readonly #bindings: Bindings;
  readonly #asyncio = new AsyncioCalls(this);

  /**
   * @param around other blocks of the document that may have what this one lacks, the nearest first
   * @param cell number of the cell, for blocks whose lines are counted each from its own first
   */
  constructor(
    readonly source: Source,
    private readonly around: () => readonly Subjects[] = () => [],
    private readonly cell?: number,
  ) {
    this.#names = new OuterNames(source);
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
    // Python's grammar lets neither of them stand behind `await` without parentheses.
    if (
      method === '__await__' &&
      /^(Unary|Await|Lambda)Expression$/.test(node.name) &&
      node.parent?.name === 'AwaitExpression'
    )
      return { kind: 'refused', text };
    return literals.has(node.name) ? { kind: 'wrong', text, instead: undefined } : unknown;
  }

  #call(node: SyntaxNode, method: string, depth: number): Subject {
    const callee = node.firstChild!;
    const text = this.source.textOf(callee);
    const dotted = this.dotted(callee);
    if (dotted && this.#isReplaced(dotted)) return { kind: 'unknown', text: `${text}(…)` };
    if (dotted?.startsWith('asyncio.')) {
      const own = this.#asyncio.called(dotted.slice('asyncio.'.length), node, text);
      if (own) return own;
    }
    if (dotted && (dotted in blockingCalls || plainBuiltins.has(dotted)))
      return { kind: 'wrong', text: this.source.textOf(node), instead: blockingCalls[dotted] };
    const definition = this.#definition(callee, depth);
    if (definition) return this.#placed(definition.by, definition.by.#called(definition.node, method));
    const through = calledThrough(this, callee);
    if (through && 'expression' in through) return this.of(through.expression, method, depth + 1);
    const behind = through && this.#definition(through.function, depth + 1);
    if (behind) return this.#placed(behind.by, behind.by.#called(behind.node, method));
    if (callee.name === 'MemberExpression') return this.#methodCall(node, callee, dotted, depth);
    return dotted ? this.#library(dotted, text) : { kind: 'unknown', text: `${text}(…)` };
  }

  #called(definition: SyntaxNode, method: string): Subject {
    if (definition.name !== 'ClassDefinition') return callOf(this.source, definition);
    const name = nameOf(this.source, definition);
    // A call of it gives what `__new__` returns, and a special method may be another one under a second name.
    const isOther = (of: SyntaxNode) => {
      const named = this.#bindings.of(of).get(method);
      return methodOf(this.source, of, '__new__') !== undefined || (named !== undefined && named.how !== 'defined');
    };
    const above = basesOf(this.source, definition, (base) => this.#classHere(base));
    if ([definition, ...above.classes].some(isOther)) return { kind: 'unknown', text: `${name}(…)` };
    const owner = above.classes.find((base) => methodOf(this.source, base, method) !== undefined);
    if (!methodOf(this.source, definition, method) && owner && method !== '__anext__')
      return { ...instanceOf(this.source, owner, method), name };
    const own = instanceOf(this.source, definition, method);
    return own.kind === 'instance'
      ? { ...own, inherits: !above.areAll || (own.inherits && above.classes.length > 0) }
      : own;
  }

  #classHere(name: SyntaxNode): SyntaxNode | undefined {
    const found = name.name === 'VariableName' ? this.#definition(name, 0) : undefined;
    return found?.by === this && found.node.name === 'ClassDefinition' ? found.node : undefined;
  }

  /** What another cell says, with its number. */
  #placed(by: Subjects, subject: Subject): Subject {
    return by !== this && by.cell !== undefined && 'line' in subject && subject.cell === undefined
      ? { ...subject, cell: by.cell }
      : subject;
  }

  #methodCall(node: SyntaxNode, callee: SyntaxNode, dotted: string | undefined, depth: number): Subject {
    const text = this.source.textOf(callee);
    const name = this.source.textOf(callee.lastChild!);
    // Loops and task groups come from anywhere; nothing else has methods of these names.
    if (name === 'create_task' && this.#asyncio.startsTask(node, callee.firstChild!))
      return this.#asyncio.ownedTask(node, callee.firstChild!, text);
    if (name === 'run_in_executor') return this.#asyncio.inExecutor(node, text, depth);
    if (name === 'create_future') return { kind: 'asyncio', name: 'Future', text, detail: undefined, count: undefined };
    if (dotted) return this.#library(dotted, text);
    const owner = this.of(callee.firstChild!, '', depth + 1);
    const kind = owner.kind === 'task' ? 'Task' : owner.kind === 'asyncio' ? classOf(owner.name) : '';
    if (hasWord(coroutineMethods[kind], name))
      return { kind: 'asyncio', name: `${kind}.${name}`, text, detail: undefined, count: undefined };
    if (hasWord(plainMethods[kind], name)) return { kind: 'wrong', text: this.source.textOf(node), instead: undefined };
    if (owner.kind === 'generator' && /^(__anext__|asend|athrow|aclose)$/.test(name))
      return { kind: 'coroutine', name: text, line: owner.line, awaits: owner.awaits };
    if (owner.kind === 'library') return { ...owner, name: text };
    return { kind: 'unknown', text: `${text}(…)` };
  }

  /** Whether new tasks run at once, up to their first wait, as the file asks for somewhere. */
  isEager(call: SyntaxNode): boolean {
    return (
      /\beager_task_factory\b|\bcreate_eager_task_factory\b/.test(this.source.text) ||
      argumentsOf(this.source, call).named.has('eager_start')
    );
  }

  /** Whether the file puts something else in the place of a function of asyncio or of another module: `asyncio.sleep = fast`. */
  #isReplaced(dotted: string): boolean {
    const [, module, name] = /^(\w+)\.(\w+)$/.exec(dotted) ?? [];
    if (!name) return false;
    // A target of an assignment, not the annotation of one: `lock: asyncio.Lock = None`.
    const replaced = new RegExp(
      `${NO_ANNOTATION}\\b${module}\\.${name}\\s*=(?!=)|["']${module}\\.${name}["']|\\b${module}\\s*,\\s*["']${name}["']`,
      'm',
    );
    return [this, ...this.around()].some(({ source }) => replaced.test(source.text));
  }

  isNested(): boolean {
    return [this, ...this.around()].some(({ source }) => /\bnest_asyncio\d?\.apply\(/.test(source.text));
  }

  #name(node: SyntaxNode, method: string, depth: number): Subject {
    const text = this.source.textOf(node);
    const binding = this.#bindingOf(node, text);
    if (!binding) {
      const other = this.#elsewhere(node);
      const elsewhere = other?.outside(text, method, depth + 1);
      if (elsewhere) return this.#placed(other!, elsewhere);
      const dotted = this.dotted(node);
      if (dotted && plainBuiltins.has(dotted)) return { kind: 'wrong', text, instead: undefined };
      return dotted ? this.#library(dotted, text) : { kind: 'unknown', text };
    }
    const value = this.#valueOf(binding, text, method, depth);
    // What a name stands for at this place cannot be told where it is bound to different things.
    if (binding.also.some((other) => !alike(value, this.#valueOf(other, text, method, depth))))
      return { kind: 'unknown', text };
    return value.kind === 'coroutine' ? { ...value, before: awaitedBefore(this.source, node, binding) } : value;
  }

  #valueOf(binding: Binding, text: string, method: string, depth: number): Subject {
    if (binding.how === 'defined') {
      const called = binding.value.name === 'ClassDefinition' ? undefined : callOf(this.source, binding.value);
      return called && called.kind !== 'unknown' ? { kind: 'uncalled', name: text } : { kind: 'unknown', text };
    }
    // A place that something is put into elsewhere: an attribute, a name of the module.
    if (binding.value.name === 'None' && (text.includes('.') || scopeOf(binding.value)?.name === 'Script'))
      return { kind: 'unknown', text };
    if (binding.how === 'entered' && !this.#entersItself(binding.value, depth)) return { kind: 'unknown', text };
    const value = this.#bound(binding, method, depth);
    // It is the variable that people see here.
    if (value.kind === 'task') return { ...value, name: text };
    // What a library's object gives when it is entered is not that object.
    if (value.kind === 'library' && binding.how === 'entered') return { ...value, name: text };
    return value.kind === 'asyncio' ? { ...value, text } : value.kind === 'unknown' ? { kind: 'unknown', text } : value;
  }

  /** The block around that has a name which this one lacks. */
  #elsewhere(node: SyntaxNode): Subjects | undefined {
    if (node.name !== 'VariableName') return undefined;
    const around = this.around();
    if (around.length === 0 || !this.#names.isLacking(node)) return undefined;
    const name = this.source.textOf(node);
    return around.find((other) => other.has(name));
  }

  /** What the module imports a name from. */
  imported(name: string): string | undefined {
    return this.#names.imports.get(name);
  }

  /** Whether the module binds a name. */
  has(name: string): boolean {
    return this.#names.imports.has(name) || this.#bindings.of(this.source.tree.topNode).has(name);
  }

  /** What a name of the module stands for, seen from another block. */
  outside(name: string, method: string, depth: number): Subject | undefined {
    const binding = this.#single(name);
    return binding && this.#valueOf(binding, name, method, depth);
  }

  /** The function or class of the module that a name stands for, seen from another block. */
  definedAs(name: string): Found | undefined {
    const binding = this.#single(name);
    return binding?.how === 'defined' ? { by: this, node: binding.value } : undefined;
  }

  /** The class that a variable of the module is of, seen from another block. */
  classBehind(name: string, depth: number): Found | undefined {
    const binding = this.#single(name);
    return binding && this.#classBound(binding, depth);
  }

  #single(name: string): Binding | undefined {
    const binding = this.#bindings.of(this.source.tree.topNode).get(name);
    return binding && binding.also.length === 0 ? binding : undefined;
  }

  #bound(binding: Binding, method: string, depth: number): Subject {
    const { value, how, index } = binding;
    const text = this.source.textOf(value);
    const named = (name: string): Subject => ({ kind: 'asyncio', name, text, detail: undefined, count: undefined });
    if (how === 'annotated') return this.#annotated(value, method);
    if (how === 'given') return { kind: 'unknown', text };
    if (how === 'iterated') return this.#element(value, depth);
    if (value.name === 'AwaitExpression') {
      const operand = awaited(value);
      // `await f() + 1` gives what the operator makes of it.
      const result =
        operand?.to === value.to ? this.of(operand, '__await__', depth + 1) : ({ kind: 'unknown', text } as const);
      const made =
        result.kind === 'asyncio'
          ? index === undefined
            ? awaitedResults[result.name]
            : unpackedResults[result.name]?.[index]
          : undefined;
      return made ? named(made) : { kind: 'unknown', text };
    }
    return index === undefined ? this.of(value, method, depth + 1) : { kind: 'unknown', text };
  }

  /** Whether entering an object gives that same object: `async with TaskGroup() as tg`. */
  #entersItself(value: SyntaxNode, depth: number): boolean {
    const found = this.#classOf(value, depth + 1);
    if (found) {
      const enter =
        methodOf(found.by.source, found.node, '__aenter__') ?? methodOf(found.by.source, found.node, '__enter__');
      return enter !== undefined && returnsSelf(found.by.source, enter);
    }
    const subject = this.of(value, '', depth + 1);
    if (subject.kind === 'library') return true;
    return subject.kind === 'asyncio' && /^(TaskGroup|timeout|timeout_at|Server|Runner)$/.test(subject.name);
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
    if (definition?.node.name === 'ClassDefinition')
      return this.#placed(definition.by, definition.by.#called(definition.node, method));
    return dotted ? this.#library(dotted, text) : { kind: 'unknown', text };
  }

  /** The function or class that a name or `self.method` stands for, of this block or of one around. */
  #definition(callee: SyntaxNode, depth: number): Found | undefined {
    const text = this.source.textOf(callee);
    if (callee.name === 'VariableName') {
      const binding = this.#bindings.find(text, callee);
      if (!binding) return this.#elsewhere(callee)?.definedAs(text);
      // Defined twice, or imported where that is possible and defined where not: which one it is cannot be told.
      if (binding.also.length > 0 || this.#names.mayReplace(text, binding.value)) return undefined;
      return binding.how === 'defined' ? { by: this, node: binding.value } : undefined;
    }
    if (callee.name !== 'MemberExpression' || callee.lastChild?.name !== 'PropertyName' || depth > FARTHEST)
      return undefined;
    const object = callee.firstChild!;
    const above = superMethod(this.source, callee, (base) => this.#classHere(base));
    if (above) return { by: this, node: above };
    const owner = this.#classOf(object, depth);
    if (!owner) return undefined;
    const name = this.source.textOf(callee.lastChild);
    // An attribute of that name stands before the method.
    if (owner.by.#bindings.of(owner.node).has(`self.${name}`)) return undefined;
    const { source } = owner.by;
    const bases = basesOf(source, owner.node, (base) => owner.by.#classHere(base)).classes;
    const method = [owner.node, ...bases]
      .map((each) => methodOf(source, each, name))
      .find((each) => each !== undefined);
    if (!method) return undefined;
    const isExact =
      object.name === 'CallExpression' ||
      this.#bindingOf(object, this.source.textOf(object))?.value.name === 'CallExpression';
    // Of an object that may be of a subclass it cannot be told which method runs.
    if (!isExact && (isAbstract(source, method) || isOverridden(source, owner.node, name))) return undefined;
    return { by: owner.by, node: method };
  }

  /** The class that an object is of, of this block or of one around. */
  #classOf(object: SyntaxNode, depth: number): Found | undefined {
    if (object.name === 'CallExpression') return this.#classNamed(object.firstChild!, depth);
    const text = this.source.textOf(object);
    if (text === 'self' || text === 'cls') {
      const own = enclosing(object, 'ClassDefinition');
      return own && { by: this, node: own };
    }
    const binding = this.#bindingOf(object, text);
    if (depth > FARTHEST) return undefined;
    return binding ? this.#classBound(binding, depth) : this.#elsewhere(object)?.classBehind(text, depth + 1);
  }

  #classBound(binding: Binding, depth: number): Found | undefined {
    if (binding.index !== undefined) return undefined;
    if (binding.how === 'annotated') return this.#classNamed(binding.value, depth);
    if (binding.how === 'entered' && !this.#entersItself(binding.value, depth + 1)) return undefined;
    return binding.how === 'assigned' || binding.how === 'entered'
      ? this.#classOf(binding.value, depth + 1)
      : undefined;
  }

  #classNamed(name: SyntaxNode, depth: number): Found | undefined {
    const definition = this.#definition(name, depth + 1);
    return definition?.node.name === 'ClassDefinition' ? definition : undefined;
  }

  /** What a name or attribute is bound to, in its scope. */
  bindingOf(node: SyntaxNode): Binding | undefined {
    return this.#bindingOf(node, this.source.textOf(node));
  }

  #bindingOf(node: SyntaxNode, text: string): Binding | undefined {
    const own = text.startsWith('self.') ? enclosing(node, 'ClassDefinition') : undefined;
    return own ? this.#bindings.of(own).get(text) : this.#bindings.find(text, node);
  }

  /** A name spelt out from its import, there or in a block around, or from the import that is missing: `aio.sleep` → `asyncio.sleep`. */
  dotted(node: SyntaxNode): string | undefined {
    if (node.name !== 'VariableName' && node.name !== 'MemberExpression') return undefined;
    const [first, ...rest] = this.source.textOf(node).split('.');
    if (this.#bindings.find(first, node)) return undefined;
    let start = node;
    while (start.firstChild) start = start.firstChild;
    const imported = this.#names.meaning(first, start) ?? this.#elsewhere(start)?.imported(first);
    const meant = imported ?? this.#names.added(start, rest[0]);
    if (meant) return [meant, ...rest].join('.');
    return rest.length === 0 && plainBuiltins.has(first) && this.#names.isLacking(start) ? first : undefined;
  }

  #library(dotted: string, text: string): Subject {
    return { kind: 'library', name: text, module: dotted.split('.')[0] };
  }
}

function alike(one: Subject, other: Subject): boolean {
  return (
    one.kind === other.kind &&
    ('name' in one && 'name' in other ? one.name === other.name : true) &&
    // The tasks of one variable run different things.
    ('of' in one && 'of' in other ? one.of === other.of : true)
  );
}
