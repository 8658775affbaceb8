import type { Translate } from '../core/translate';
import { type Block, type SourceDocument, wholeFile } from './document';
import { makePlan, type Surroundings, type Wish } from './make-plan';
import { markdownBlocks } from './markdown';
import { notebookBlocks } from './notebook';
import type { Plan, Refusal, Simulable } from './plan';
import { type Reading, readBlock } from './reading';
import { inModule } from './statements';

/** The blocks of one document, each read when it is needed, and once. */
export class Blocks {
  readonly all: readonly (() => Reading)[];

  /** @param before the blocks before an edit: a file is parsed again only where it changed. */
  constructor(blocks: readonly Block[], before?: Blocks) {
    const old = before?.all.length === 1 && blocks.length === 1 ? before.all[0]().source : undefined;
    const readings = blocks.map((block) => once(() => readBlock(block, old)));
    // A fence that does not say what it holds is Python if it can be.
    const kept = readings.filter((reading, i) => blocks[i].declared || isProgram(reading()));
    this.all = kept.map((reading, i) => once(() => ({ ...reading(), block: { ...reading().block, number: i + 1 } })));
  }

  static of(document: SourceDocument): Blocks | undefined {
    if (/\.(md|markdown|mdx|mkd)$/i.test(document.file)) return new Blocks(markdownBlocks(document));
    if (/\.ipynb$/i.test(document.file)) {
      const cells = notebookBlocks(document);
      return cells && new Blocks(cells);
    }
    return new Blocks([wholeFile(document)]);
  }

  /** @param index from 0 */
  plan(index: number, wish?: Wish): Plan {
    return makePlan(this.all[index](), { blocks: this.all.length > 1 ? this.all : [], home: index }, wish);
  }

  /** A part of a document that is not a block: names come from all blocks. */
  planPart(part: Block, wish?: Wish): Plan {
    const around: Surroundings = { blocks: this.all, home: -1 };
    return makePlan(readBlock(part), around, wish);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Whether it defines, imports, assigns, calls or awaits anything: it is more than text. */
function isProgram({ errors, module }: Reading): boolean {
  if (errors.length > 0) return false;
  return module.statements.some(
    ({ node, binds }) =>
      binds.size > 0 || [...inModule(node)].some((each) => /^(Call|Await)Expression$/.test(each.name)),
  );
}

/** Why a block cannot be run and what to do, as a sentence. */
export function refusalText(why: Refusal, t: Translate): string {
  switch (why.kind) {
    case 'empty':
      return t('There is no code here.');
    case 'no-async':
      return t('There is no async code here: no async def, no await, no event loop.');
    case 'signature':
      return t(
        '{0} (line {1}) is a signature from a reference, not a program: it has no body to run.',
        `\`${why.name}\``,
        why.line,
      );
    case 'fragment':
      return [
        why.names.length === 1
          ? t(
              'This is a fragment: {0} (line {1}) is not defined in this document. Define it, or select the code that does.',
              quoted(why.names),
              why.line,
            )
          : t(
              'This is a fragment: {0} (line {1}) are not defined in this document. Define them, or select the code that does.',
              quoted(why.names),
              why.line,
            ),
        ...hint(why.simulate, why.line, t),
      ].join(' ');
    case 'part':
      return why.word === '…'
        ? [
            t('This is a fragment: the … in line {0} stands for code that was left out.', why.line),
            ...hint(why.simulate, why.line, t),
          ].join(' ')
        : t(
            'This is a fragment: {0} (line {1}) is outside a function. Select the whole function.',
            `\`${why.word}\``,
            why.line,
          );
    case 'clause':
      return t(
        'This is a fragment: the statement that {0} (line {1}) belongs to is missing. Select that as well.',
        `\`${why.word}\``,
        why.line,
      );
    case 'flat':
      return t(
        'The indentation was lost: line {0} opens a block, and no line below it is indented. Copy the code again, with the spaces in front of its lines.',
        why.line,
      );
    case 'method':
      return t('{0} (line {1}) is a method: select its class, and the code that uses it.', `\`${why.name}\``, why.line);
    case 'class':
      return t(
        'Nothing here creates a {0} (line {1}) and awaits one of its methods: select the code that does.',
        `\`${why.name}\``,
        why.line,
      );
    case 'no-function':
      return t('There is no function {0} here.', `\`${why.name}\``);
  }
}

/** How to run it all the same: with a comment that simulates the line. @param lacking line of what is missing */
function hint(simulate: Simulable | undefined, lacking: number, t: Translate): string[] {
  if (!simulate) return [];
  const comment = { await: 'takes 800ms returns …', for: 'yields 3 every 500ms', with: 'takes 800ms' }[
    simulate.construct
  ];
  const construct = simulate.construct === 'await' ? '`await`' : `\`async ${simulate.construct}\``;
  return [
    t(
      'Or simulate it: with {0} behind the {1} in line {2}, that line is not run and needs none of its names.',
      `\`# coroscope: ${comment}\``,
      construct,
      simulate.line,
    ),
    ...(lacking === simulate.line ? [] : [t('Then remove line {0}.', lacking)]),
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
