import type { Simulable } from './plan';
import { documentLine, type Reading } from './reading';
import { isFunction } from './syntax';

/** What a comment could simulate, so that a fragment needs neither the library nor the names that it lacks. */
export function simulated(reading: Reading): Simulable | undefined {
  let found: Simulable | undefined;
  reading.source.tree.iterate({
    enter({ name, node }) {
      if (found) return false;
      const second = name === 'async' && node.parent && !isFunction(node.parent) ? node.nextSibling?.name : undefined;
      const construct =
        name === 'AwaitExpression' ? 'await' : second === 'for' || second === 'with' ? second : undefined;
      if (construct) found = { construct, line: documentLine(reading, node.from) };
      return !found;
    },
  });
  return found;
}
