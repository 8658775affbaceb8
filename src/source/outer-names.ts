import type { SyntaxNode } from '@lezer/common';
import { scopeOf } from './bindings';
import { importedNames, namesIn } from './names';
import { moduleNames } from './scopes';
import { standardName } from './standard-names';
import type { Source } from './syntax';

interface Meaning {
  readonly path: string;
  readonly at: SyntaxNode | undefined;
}

/** The names that a text uses and does not define: from imports, or still missing. */
export class OuterNames {
  readonly imports: ReadonlyMap<string, string>;
  #lacking: ReadonlySet<number> | undefined;
  #meanings: ReadonlyMap<string, readonly Meaning[]> | undefined;

  constructor(private readonly source: Source) {
    this.imports = importedNames(source);
  }

  /** What a name is imported from, seen from a place: functions may import something else under the same name for themselves. */
  meaning(name: string, from: SyntaxNode): string | undefined {
    const meanings = this.imports.has(name) ? this.#everyMeaning().get(name) : undefined;
    if (!meanings || new Set(meanings.map(({ path }) => path)).size < 2) return this.imports.get(name);
    for (let scope = scopeOf(from); scope; scope = scopeOf(scope)) {
      const here = meanings.findLast(({ at }) => at?.from === scope.from && at.name === scope.name);
      if (here) return here.path;
    }
    return this.imports.get(name);
  }

  /** All imports of each name, with the scopes in which they stand. */
  #everyMeaning(): ReadonlyMap<string, readonly Meaning[]> {
    if (this.#meanings) return this.#meanings;
    const found = new Map<string, Meaning[]>();
    this.source.tree.iterate({
      enter: ({ name, node }) => {
        if (name !== 'ImportStatement') return;
        for (const [bound, path] of namesIn(this.source, node)) {
          const meaning = { path, at: scopeOf(node) };
          const known = found.get(bound);
          if (known) known.push(meaning);
          else found.set(bound, [meaning]);
        }
      },
    });
    this.#meanings = found;
    return found;
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
