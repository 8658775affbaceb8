import type { SyntaxNode } from '@lezer/common';
import type { Borrow } from '../../core/timeline/shapes';
import { awaitOf, enclosing, isAsync, type Source, within } from '../syntax';

/** Coroutine functions that take an item out of a queue and put one back at their end, as a pool is used, but not in a `finally`. */
export function borrowsIn(source: Source): Borrow[] {
  const found: Borrow[] = [];
  source.tree.iterate({
    enter({ name, node }) {
      const body = name === 'FunctionDefinition' && isAsync(node) ? node.getChild('Body') : undefined;
      if (!body) return;
      const calls = [...within(body)].filter(({ name }) => name === 'CallExpression');
      for (const get of calls) {
        const queue = calledOn(source, get, /^get$/);
        if (queue === undefined || !awaitOf(get)) continue;
        const put = calls.find(
          (call) =>
            call.from > get.to && calledOn(source, call, /^put(_nowait)?$/) === queue && !isInFinally(call, body),
        );
        if (put) found.push({ get: source.line(get), put: source.line(put) });
      }
    },
  });
  return found;
}

/** `self.free` of `self.free.get()`. */
function calledOn(source: Source, call: SyntaxNode, method: RegExp): string | undefined {
  const callee = call.firstChild;
  const [object, name] = [callee?.firstChild, callee?.getChild('PropertyName')];
  return callee?.name === 'MemberExpression' && object && name && method.test(source.textOf(name))
    ? source.textOf(object)
    : undefined;
}

/** Whether a node runs whatever happens before it: in a `finally` of its function. */
function isInFinally(node: SyntaxNode, body: SyntaxNode): boolean {
  for (let at = enclosing(node, 'Body'); at && at.from >= body.from; at = enclosing(at, 'Body'))
    if (at.prevSibling?.name === 'finally') return true;
  return false;
}
