import type { WaitInIf } from '../../core/timeline/shapes';
import { awaited, enclosing, isFunction, type Source } from '../syntax';

/** `if not items: await condition.wait()`: what was tested may be untrue again when the task runs. */
export function waitsInIf(source: Source): WaitInIf[] {
  const found: WaitInIf[] = [];
  if (!source.text.includes('.wait()')) return found;
  source.tree.iterate({
    enter({ name, node }) {
      if (name !== 'AwaitExpression') return;
      const call = awaited(node);
      const body = enclosing(node, 'Body');
      const test = body?.prevSibling;
      if (!call || !/\.wait\(\)$/.test(source.textOf(call)) || body?.parent?.name !== 'IfStatement' || !test) return;
      // In a loop it is tested again.
      for (let at = body.parent; at && !isFunction(at); at = at.parent!) if (at.name === 'WhileStatement') return;
      const condition = source.textOf(call).replace(/\.wait\(\)$/, '');
      found.push({ line: source.line(node), test: source.textOf(test), condition });
    },
  });
  return found;
}
