import type { SyntaxNode } from '@lezer/common';
import type { Catch } from '../../core/timeline/shapes';
import { childrenOf, type Source, within } from '../syntax';
import type { Effects } from './effects';
import { shortText } from './statements';

/**
 * What catches `CancelledError` and does not raise it again: `except:`, `except BaseException:`, a `return` in `finally`,
 * `with suppress(CancelledError)`. Outer ones come first.
 */
export function catchesIn(source: Source, effects: Effects): Catch[] {
  const found: Catch[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      const caught =
        name === 'TryStatement'
          ? catchOfTry(source, effects, node)
          : name === 'WithStatement'
            ? suppressOf(source, effects, node)
            : undefined;
      if (caught) found.push(caught);
    },
  });
  return found;
}

/** What catches `Exception` or `TimeoutError` and lets `CancelledError` through. Outer ones come first. */
export function handlesIn(source: Source, effects: Effects): Catch[] {
  const found: Catch[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'TryStatement' || catchOfTry(source, effects, node)) return;
      const caught = catchOfTry(source, effects, node, HANDLED);
      if (caught) found.push(caught);
    },
  });
  return found;
}

const HANDLED = /(^|\.)(Exception|OSError|TimeoutError)$/;
const CANCELLED = /(^|\.)(BaseException|CancelledError)$/;

function catchOfTry(source: Source, effects: Effects, node: SyntaxNode, wanted = CANCELLED): Catch | undefined {
  const parts = [...childrenOf(node)];
  const [, body] = parts;
  if (body?.name !== 'Body') return undefined;
  for (let i = 2; i < parts.length; i++) {
    const { name } = parts[i];
    const end = parts.findIndex((each, at) => at > i && each.name === 'Body');
    if (end < 0) continue;
    if (name === 'except') {
      const types = parts.slice(i + 1, end).filter((each) => each.name !== 'as');
      if (types.length > 0 && !namesOf(types[0]).some((each) => wanted.test(effects.dotted(each)))) continue;
      // A clause that raises again may still drop it, in another branch: which one it is, nobody knows here.
      return caught(source, body, parts[i], `${source.text.slice(parts[i].from, parts[end].from)}:`);
    }
    const leaves = name === 'finally' ? leaving(parts[end]) : undefined;
    if (leaves) return caught(source, body, leaves, source.textOf(leaves));
  }
  return undefined;
}

function namesOf(type: SyntaxNode): SyntaxNode[] {
  return type.name === 'TupleExpression' || type.name === 'ParenthesizedExpression'
    ? [...childrenOf(type)].filter(({ name }) => name === 'VariableName' || name === 'MemberExpression')
    : [type];
}

/** A `return`, `break` or `continue` that leaves a `finally`: it drops the exception. */
function leaving(body: SyntaxNode): SyntaxNode | undefined {
  for (const each of within(body)) {
    if (each.name === 'ReturnStatement') return each;
    if (!/^(Break|Continue)Statement$/.test(each.name)) continue;
    let around = each.parent;
    while (around && around.from >= body.from && !/^(For|While)Statement$/.test(around.name)) around = around.parent;
    if (!around || around.from < body.from) return each;
  }
  return undefined;
}

function suppressOf(source: Source, effects: Effects, node: SyntaxNode): Catch | undefined {
  const body = node.getChild('Body');
  const call = [...childrenOf(node)].find(
    (each) =>
      each.name === 'CallExpression' &&
      /(^|\.)suppress$/.test(effects.dotted(each.firstChild!)) &&
      [...childrenOf(each.getChild('ArgList')!)].some((name) => CANCELLED.test(effects.dotted(name))),
  );
  return body && call ? caught(source, body, call, source.textOf(call)) : undefined;
}

function caught(source: Source, body: SyntaxNode, at: SyntaxNode, text: string): Catch {
  return { first: source.line(body), last: source.place(body.to).line, line: source.line(at), text: shortText(text) };
}
