import type { SyntaxNode } from '@lezer/common';
import { importedNames, namesIn } from './names';
import { moduleNames } from './scopes';
import { standardName } from './standard-names';
import type { Source } from './syntax';

/** The names that a text uses and does not define: from imports, or still missing. */
export class OuterNames {
  readonly imports: ReadonlyMap<string, string>;
  #lacking: ReadonlySet<number> | undefined;

  constructor(private readonly source: Source) {
    this.imports = importedNames(source);
  }

  /** Whether a name is looked up in the module or among the builtins, and the text binds it nowhere. */
  isLacking(node: SyntaxNode): boolean {
    if (!this.#lacking) this.#read();
    return this.#lacking!.has(node.from);
  }

  /** Whether an import may have put something else in the place of what is defined: it comes later, or only one of the two runs. */
  mayReplace(name: string, definition: SyntaxNode): boolean {
    if (!this.imports.has(name)) return false;
    let may = false;
    this.source.tree.iterate({
      enter: (at) => {
        if (at.name !== 'ImportStatement' || !namesIn(this.source, at.node).has(name)) return;
        may ||= at.node.parent?.name !== 'Script' || at.from > definition.from;
      },
    });
    return may;
  }

  /** What a name means after the obviously missing import is added, as it is before a run. */
  added(node: SyntaxNode, member: string | undefined): string | undefined {
    if (node.name !== 'VariableName') return undefined;
    const found = standardName(this.source.textOf(node), [member]);
    if (!found || !this.isLacking(node)) return undefined;
    return found.member === null ? found.module.split('.')[0] : `${found.module}.${found.member}`;
  }

  #read(): void {
    const { bound, free, star } = moduleNames(this.source);
    const lacking = free.filter(({ name }) => !bound.has(name));
    // Anything may have come with a star.
    this.#lacking = new Set(star ? [] : lacking.map(({ from }) => from));
  }
}
