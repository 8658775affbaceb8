import type { PlanNote } from '../core/trace/plan-notes';
import type { AddedImport } from './added-import';
import type { Way } from './alternatives';
import type { Directive } from './directives';
import type { SourceDocument } from './document';
import type { ExampleCall } from './example-call';

/** Source to run, with the place of each of its lines in its document. */
export interface Piece {
  /** Index among the documents. */
  readonly document: number;
  readonly text: string;
  /** For each line of the text: the line of the document, from 1. */
  readonly lines: readonly number[];
  /** For each line of the text: what to add to a column, in characters. */
  readonly shifts: readonly number[];
  /** What its comments simulate, at positions in the text. */
  readonly directives?: readonly Directive[];
}

export type Entry =
  /** Module-level code starts the loop itself. */
  | { readonly kind: 'written' }
  /** The last piece awaits at module level. */
  | { readonly kind: 'await' }
  /** A call that returns a coroutine (or iterates over an asynchronous generator), and the position of its function. */
  | {
      readonly kind: 'call';
      readonly call: string;
      readonly document: number;
      readonly line: number;
      readonly column: number;
    };

/** What the tracer is told to run. Contract with `src/python/coroscope/program/pieces.py`. */
export interface PiecesOrder {
  /** `sys.argv[0]`. */
  readonly program: string;
  /** `__file__`; null: none. */
  readonly file: string | null;
  /** First of `sys.path`; null: the working directory. */
  readonly folder: string | null;
  readonly documents: readonly SourceDocument[];
  readonly imports: readonly AddedImport[];
  /** In the order in which they run. */
  readonly pieces: readonly Piece[];
  readonly entry: Entry;
  readonly notes: readonly PlanNote[];
}

/** A coroutine function that can be entered. */
export interface Candidate {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** Names of the parameters that need a value. */
  readonly required: readonly string[];
  /** A call of it, with values for them as far as hints and names tell. */
  readonly example: ExampleCall;
  readonly generator: boolean;
}

/** The first thing in a fragment that a comment could simulate (docs/annotations.md), and its line. */
export interface Simulable {
  readonly construct: 'await' | 'for' | 'with';
  readonly line: number;
}

/** Why a block cannot be run. */
export type Refusal =
  | { readonly kind: 'empty' }
  /** Nothing asynchronous in it. */
  | { readonly kind: 'no-async' }
  /** A `def` without a body, or a signature out of a reference. */
  | { readonly kind: 'signature'; readonly name: string; readonly line: number }
  /** Names that are used at module level and defined nowhere. */
  | {
      readonly kind: 'fragment';
      readonly names: readonly string[];
      readonly line: number;
      readonly simulate?: Simulable | undefined;
    }
  /** `return`, `yield` or `…` where there is no function, or no code. */
  | { readonly kind: 'part'; readonly word: string; readonly line: number; readonly simulate?: Simulable | undefined }
  /** It begins with a clause of a statement that was not copied: `except …:`. */
  | { readonly kind: 'clause'; readonly word: string; readonly line: number }
  /** It lost its indentation. `line`: the first block that has none. */
  | { readonly kind: 'flat'; readonly line: number }
  /** A method without its class. */
  | { readonly kind: 'method'; readonly name: string; readonly line: number }
  /** A class with coroutine methods that nobody makes. */
  | { readonly kind: 'class'; readonly name: string; readonly line: number }
  | { readonly kind: 'no-function'; readonly name: string };

export type Plan =
  /** Python itself runs the file, unchanged. */
  | { readonly kind: 'file' }
  | {
      readonly kind: 'pieces';
      readonly documents: readonly SourceDocument[];
      readonly imports: readonly AddedImport[];
      readonly pieces: readonly Piece[];
      readonly entry: Entry;
      readonly notes: readonly PlanNote[];
    }
  /** The user has to say which function, or with what arguments. */
  | { readonly kind: 'ask'; readonly why: 'several' | 'arguments'; readonly candidates: readonly Candidate[] }
  /** The block shows several ways to do the same: the user has to say which one. */
  | { readonly kind: 'ways'; readonly ways: readonly Way[] }
  | { readonly kind: 'refused'; readonly why: Refusal };
