import type { SyntaxNode } from '@lezer/common';
import { childrenOf, nameOf, Source } from './syntax';

/** A test that is a coroutine function. */
export interface AsyncTest {
  /** Names from the outside in: of its class, if it is a method, and its own. */
  readonly path: readonly string[];
  /** Line of `async def`, from 1. */
  readonly line: number;
  /** `unittest` for methods of a `TestCase`; the rest is pytest's. */
  readonly runner: 'pytest' | 'unittest';
}

/** The tests of a file that are coroutine functions, in the order of the text. */
export function asyncTests(text: string): AsyncTest[] {
  if (!/\basync\s+def\s+test/.test(text)) return [];
  const source = new Source(text);
  return testsIn(source, source.tree.topNode, [], 'pytest');
}

function testsIn(source: Source, block: SyntaxNode, path: readonly string[], runner: AsyncTest['runner']): AsyncTest[] {
  return [...childrenOf(block)].flatMap((statement): AsyncTest[] => {
    const node = statement.name === 'DecoratedStatement' ? statement.lastChild! : statement;
    const name = nameOf(source, node) ?? '';
    if (node.name === 'FunctionDefinition')
      return node.firstChild?.name === 'async' && name.startsWith('test')
        ? [{ path: [...path, name], line: source.line(node), runner }]
        : [];
    const body = node.name === 'ClassDefinition' ? node.getChild('Body') : undefined;
    if (!body || path.length > 0) return [];
    const bases = node.getChild('ArgList');
    const isCase = bases !== null && /TestCase\b/.test(source.textOf(bases));
    return isCase || name.startsWith('Test')
      ? testsIn(source, body, [...path, name], isCase ? 'unittest' : 'pytest')
      : [];
  });
}
