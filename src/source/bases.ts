import type { SyntaxNode } from '@lezer/common';
import { methodOf } from './definitions';
import { childrenOf, nameOf, type Source } from './syntax';

/** How far classes are followed upwards: enough for any real program, and an end for a class above itself. */
const FARTHEST = 8;

interface Bases {
  /** The nearest first. */
  readonly classes: readonly SyntaxNode[];
  /** Whether these are all: none comes from elsewhere, and nothing but `object` and `ABC` is above them. */
  readonly areAll: boolean;
}

/** The classes of this file above a class. @param find the class of this file that a name stands for */
export function basesOf(
  source: Source,
  definition: SyntaxNode,
  find: (name: SyntaxNode) => SyntaxNode | undefined,
  depth = 0,
): Bases {
  const classes: SyntaxNode[] = [];
  let areAll = definition.parent?.name !== 'DecoratedStatement';
  for (const base of baseNames(definition)) {
    const found = depth < FARTHEST ? find(base) : undefined;
    if (found) {
      const above = basesOf(source, found, find, depth + 1);
      classes.push(found, ...above.classes);
      areAll &&= above.areAll;
    } else areAll &&= /^(object|(abc\.)?ABC)$/.test(source.textOf(base));
  }
  return { classes, areAll };
}

function baseNames(definition: SyntaxNode): SyntaxNode[] {
  const list = definition.getChild('ArgList');
  return list ? [...childrenOf(list)].filter(({ name }) => !['(', ')', ',', 'Comment'].includes(name)) : [];
}

/** Whether a class of this file that stands below this one has a method of its own under that name. */
export function isOverridden(source: Source, definition: SyntaxNode, method: string): boolean {
  const below = new Set([nameOf(source, definition)]);
  let isFound = false;
  source.tree.iterate({
    enter: ({ name, node }) => {
      if (isFound || name !== 'ClassDefinition') return;
      if (!baseNames(node).some((base) => below.has(source.textOf(base)))) return;
      below.add(nameOf(source, node));
      isFound = methodOf(source, node, method) !== undefined;
    },
  });
  return isFound;
}
