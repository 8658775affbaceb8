import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Translate } from '../core/translate';
import type { RunOptions } from '../engines/run';
import { readSource } from '../engines/source';
import { letterOf, numberOf } from '../source/alternatives';
import { Blocks, refusalText } from '../source/blocks';
import type { SourceDocument } from '../source/document';
import { candidateOf } from '../source/entries';
import type { Wish } from '../source/make-plan';
import { asPieces } from '../source/pieces';
import type { PiecesOrder, Plan } from '../source/plan';
import { candidateCall } from '../source/plan-words';
import type { Reading } from '../source/reading';
import type { RunCommand } from './arguments';

/** What the command is about. */
export type Target =
  | { readonly kind: 'list'; readonly document: SourceDocument; readonly blocks: Blocks }
  | {
      readonly kind: 'run';
      readonly options: Pick<RunOptions, 'file' | 'pieces' | 'module' | 'stdin'>;
      /** Coroutine functions that can be run by themselves, as the command line names them: for when nothing starts a loop. */
      readonly functions?: readonly string[];
    }
  /** The user has to be more specific. */
  | { readonly kind: 'ask'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** The part of the command line that says what to run. */
export type Named = Pick<RunCommand, 'file' | 'code' | 'module' | 'call'>;

/** @throws EngineError if a file cannot be read */
export async function targetOf(command: Named, cwd: string, t: Translate): Promise<Target> {
  const { module, code, call } = command;
  if (module !== undefined) return { kind: 'run', options: { file: resolve(cwd, module), module } };
  if (code !== undefined) return ofText({ file: '<string>', text: code }, '-c', resolve(cwd, '-c'), { call }, t);
  if (command.file === '-') {
    const target = ofText({ file: '<stdin>', text: readFileSync(0, 'utf8') }, '-', resolve(cwd, '-'), { call }, t);
    // Standard input was read to its end.
    return target.kind === 'run' ? { ...target, options: { ...target.options, stdin: '' } } : target;
  }
  const said = pathOf(command.file, cwd);
  const file = resolve(cwd, said.path);
  if (!/\.(py|pyw|md|markdown|mdx|mkd|ipynb)$/i.test(file)) return { kind: 'run', options: { file } };
  const document = { file, text: await readSource(file, t) };
  const blocks = Blocks.of(document);
  if (!blocks) return { kind: 'refused', message: t('{0} is not a Python notebook.', said.path) };
  const wish = { function: said.function, call: call ?? said.call, way: said.way };
  if (/\.pyw?$/i.test(file)) {
    const target = planned(blocks.plan(0, wish), file, file, dirname(file), said.path, t);
    return target.kind === 'run' ? { ...target, functions: functionsOf(blocks.all[0](), said.path) } : target;
  }
  if (blocks.all.length === 0) return { kind: 'refused', message: t('There is no Python block in {0}.', said.path) };
  const number = said.block ?? (blocks.all.length === 1 && hasWish(wish) ? 1 : undefined);
  if (number === undefined) return { kind: 'list', document, blocks };
  if (number < 1 || number > blocks.all.length)
    return {
      kind: 'refused',
      message: t('There is no block {0} in {1}: they go from 1 to {2}.', number, said.path, blocks.all.length),
    };
  return planned(blocks.plan(number - 1, wish), file, file, dirname(file), `${said.path}#${number}`, t);
}

function ofText(document: SourceDocument, program: string, file: string, wish: Wish, t: Translate): Target {
  const blocks = Blocks.of(document)!;
  const plan = blocks.plan(0, wish);
  const pieces = plan.kind === 'file' ? asPieces(blocks.all[0]()) : plan;
  return planned(pieces, file, null, null, program, t, program);
}

function planned(
  plan: Plan,
  file: string,
  shown: string | null,
  folder: string | null,
  said: string,
  t: Translate,
  program = file,
): Target {
  if (plan.kind === 'file') return { kind: 'run', options: { file } };
  if (plan.kind === 'refused') return { kind: 'refused', message: refusalText(plan.why, t) };
  if (plan.kind === 'ways') {
    const hash = said.includes('#') ? '' : '#';
    const calls = plan.ways.map((way) => `${said}${hash}${letterOf(way)}`);
    const message = t('The code shows {0} ways to do the same thing. Choose which one should run:', plan.ways.length);
    return { kind: 'ask', message: [message, ...commands(calls)].join('\n') };
  }
  if (plan.kind === 'ask') {
    const calls = plan.candidates.map((candidate) => `${said}::${candidateCall(candidate)}`);
    const message =
      plan.why === 'several'
        ? t('Which coroutine function should run? Choose one of:')
        : t('It needs arguments. For example:');
    return { kind: 'ask', message: [message, ...commands(calls)].join('\n') };
  }
  const { kind: _, ...order } = plan;
  const pieces: PiecesOrder = { program, file: shown, folder, ...order };
  return { kind: 'run', options: { file, pieces } };
}

function functionsOf({ module }: Reading, said: string): string[] {
  return [...module.coroutines].map(
    ([name, node]) => `${said}::${candidateCall(candidateOf(module.source, name, node))}`,
  );
}

/** The command line that runs one of them. */
export function commands(calls: readonly string[]): string[] {
  return calls.map((each) => `coroscope run ${quoted(each)}`);
}

interface Said {
  readonly path: string;
  readonly block?: number;
  readonly way?: number;
  readonly function?: string;
  readonly call?: string;
}

/** Splits `notes.md#3::task("A", 2)`, unless there is a file with exactly this name. */
function pathOf(said: string, cwd: string): Said {
  if (existsSync(resolve(cwd, said))) return { path: said };
  const [, path, block, way, call] = /^(.+?)(?:#(\d+)?([a-z])?)?(?:::(.+))?$/s.exec(said) ?? [];
  if (path === undefined) return { path: said };
  const isCall = call?.includes('(');
  return {
    path,
    ...(block === undefined ? {} : { block: Number(block) }),
    ...(way === undefined ? {} : { way: numberOf(way) }),
    ...(call === undefined ? {} : isCall ? { call } : { function: call }),
  };
}

function hasWish(wish: Wish): boolean {
  return wish.function !== undefined || wish.call !== undefined || wish.way !== undefined;
}

function quoted(text: string): string {
  return /^[\w./:#@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
