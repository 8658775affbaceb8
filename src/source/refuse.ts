import type { SyntaxNode } from '@lezer/common';
import { isStub } from './entries';
import type { Refusal } from './plan';
import { documentLine, type Reading } from './reading';
import { insideStrings } from './repairs/indentation';
import { simulated } from './simulable';
import { definitionIn, inModule } from './statements';
import { childrenOf, enclosing, isAsync, nameOf } from './syntax';

/** A signature as a reference prints it: no Python, but the look of a call with its defaults. */
const signature =
  /^\s*(?:(?:async|coroutine|awaitable|function|class|classmethod|staticmethod|method)\s+)*([\w.]+)\s*\(([^()]|\([^()]*\))*\)\s*(?:->\s*[^:]+)?$/;

/** The same with a word before it that no program has there, or a class without its body. */
const marked =
  /^\s*(?:async|coroutine|awaitable|function|class|classmethod|staticmethod|method)\s+([\w.]+)\s*\(([^()]|\([^()]*\))*\)\s*(?:->\s*[^:]+)?$|^\s*(?:class|exception)\s+(\w+\.[\w.]+)\s*$/;

/** A signature out of a reference, or several, and nothing else. */
export function onlySignatures(reading: Reading): Refusal | undefined {
  const { source } = reading;
  const texts = source.text
    .replace(/#.*$/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const isOne = (text: string) => (marked.exec(text) ? !/^\s*class\s+\w+\s*\(/.test(text) : false);
  const all =
    texts.length > 0 && texts.every((text) => isOne(text) || (reading.errors.length > 0 && signature.test(text)));
  if (!all) return undefined;
  const [, called, , named] = marked.exec(texts[0]) ?? [];
  const name = called ?? named ?? signature.exec(texts[0])![1];
  return { kind: 'signature', name, line: documentLine(reading, source.text.search(/\S/)) };
}

/** `return` or `yield` outside of functions, which Python refuses in a file too. */
export function strayIn(reading: Reading): Refusal | undefined {
  const stray = strayWord(reading.module);
  return stray && { kind: 'part', word: stray.firstChild!.name, line: documentLine(reading, stray.from) };
}

/** Why a block is not meant to be run; undefined if it can be. */
export function refusalOf(reading: Reading): Refusal | undefined {
  return reading.errors.length > 0 ? ofBroken(reading) : ofWhole(reading);
}

/** Blocks of which no line is indented: pages and PDFs lose the blanks at the left. */
export function flattened({ lines }: Reading): Refusal | undefined {
  if (lines.some(({ text }) => /^[ \t]+\S/.test(text))) return undefined;
  const inside = insideStrings(lines);
  const code = lines.filter(({ text }, i) => !inside.has(i) && !/^\s*(#.*)?$/.test(text));
  const heads = code.filter(
    ({ text }, i) => i + 1 < code.length && /^(async )?(def|with|for|while|if|try|class)\b.*:\s*(#.*)?$/.test(text),
  );
  const [head] = heads;
  return head && /^(async )?def\b/.test(head.text) ? { kind: 'flat', line: head.line } : undefined;
}

function ofBroken(reading: Reading): Refusal | undefined {
  const { source, errors } = reading;
  const text = source.text.trim();
  const at = (offset: number) => documentLine(reading, offset);
  const clause = /^(?:\s*#.*\n|\s*\n)*\s*(else|elif|except|finally)\b/.exec(source.text);
  if (clause) return { kind: 'clause', word: clause[1], line: at(clause[0].length - 1) };
  const written = signature.exec(text.replace(/#.*$/gm, ''));
  if (written) return { kind: 'signature', name: written[1], line: at(source.text.search(/\S/)) };
  const definition = bodiless(reading);
  if (definition) return { kind: 'signature', name: definition.name, line: at(definition.from) };
  const dots = errors.find((offset) => /^.?\s*…/s.test(source.text.slice(Math.max(0, offset - 1))));
  return dots === undefined ? undefined : { kind: 'part', word: '…', line: at(dots), simulate: simulated(reading) };
}

/** A `def` at the end whose body is missing. */
function bodiless({ source, errors }: Reading): { name: string; from: number } | undefined {
  const last = source.text.trimEnd().length;
  let found: { name: string; from: number } | undefined;
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'FunctionDefinition' || errors.every((offset) => offset < node.from)) return;
      const body = node.getChild('Body');
      const isEmpty =
        !body ||
        [...childrenOf(body)].every((part) => part.name === ':' || part.name === 'Comment' || part.type.isError);
      if (isEmpty && node.to >= last - 1) found = { name: nameOf(source, node), from: node.from };
    },
  });
  return found;
}

function ofWhole(reading: Reading): Refusal | undefined {
  const { source, module } = reading;
  const at = ({ from }: SyntaxNode) => documentLine(reading, from);
  const stray = strayIn(reading);
  if (stray) return stray;
  if (module.statements.some(({ enters, awaits }) => enters || awaits)) return undefined;
  const functions = [...module.coroutines, ...module.functions];
  const isOnly = (kinds: RegExp) =>
    module.statements.every(
      ({ node }) => node.name === 'ImportStatement' || kinds.test((definitionIn(node) ?? node).name),
    );
  if (isOnly(/^FunctionDefinition$/) && functions.length > 0) {
    const [[name, node]] = functions;
    if (functions.every(([, each]) => isStub(each))) return { kind: 'signature', name, line: at(node) };
    const isMethod = (each: SyntaxNode) => /^\(\s*(self|cls)\b/.test(source.textOf(each.getChild('ParamList') ?? each));
    if (functions.every(([, each]) => isMethod(each))) return { kind: 'method', name, line: at(node) };
  }
  const idle = isOnly(/^ClassDefinition$/) ? module.classes.find(hasCoroutine) : undefined;
  return idle && { kind: 'class', name: nameOf(source, idle), line: at(idle) };
}

/** `return` or `yield` outside of functions: a part of a function's body. */
function strayWord({ statements }: Reading['module']): SyntaxNode | undefined {
  for (const { node } of statements) {
    for (const each of inModule(node)) {
      if (
        /^(Return|Yield)(Statement|Expression)$/.test(each.name) &&
        !enclosing(each, 'FunctionDefinition', 'LambdaExpression')
      )
        return each;
    }
  }
  return undefined;
}

function hasCoroutine(definition: SyntaxNode): boolean {
  const body = definition.getChild('Body');
  return (
    body !== null &&
    [...childrenOf(body)].some((part) => {
      const method = definitionIn(part);
      return method?.name === 'FunctionDefinition' && isAsync(method);
    })
  );
}
