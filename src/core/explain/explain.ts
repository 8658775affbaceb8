import type { Translate } from '../translate';
import { terminalLine } from '../words/terminal';

/** The input of `explain*`: what the parser found in one line. Lines from 1, columns from 0 in UTF-16 code units, as in a trace. */

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Range {
  readonly start: Place;
  readonly end: Place;
}

/** One thing that is awaited: an `await`, or one item of an `async for` or `async with`. */
export interface AwaitSite {
  readonly construct: 'await' | 'for' | 'with';
  /** Of the keyword: what to point at. */
  readonly keyword: Range;
  /** Of the expression whose value is awaited. */
  readonly expression: Range;
  /** `await`: the whole expression. A comprehension: the whole of it. The others: the header up to its colon. */
  readonly range: Range;
  /** Starts of other awaits inside the header, and of comprehensions that await, which are sites of their own. */
  readonly except: readonly Place[];
  readonly subject: Subject;
  /** Name of the innermost function around it; none at module level. */
  readonly function: string | undefined;
  readonly around: Around;
  /** False in a plain `def` or at module level, where Python refuses it. */
  readonly allowed: boolean;
  /** A shared name that is tested before it and assigned after it. */
  readonly stale?: StaleRead | undefined;
  /** The comprehension that it is part of: it awaits once an item. */
  readonly comprehension?: Comprehension | undefined;
}

/** What surrounds a place. `cell`: the top level of a notebook cell, where a loop is already running. */
export type Around = 'coroutine' | 'function' | 'lambda' | 'module' | 'cell';

/** A shared name that is tested before an `await`, and assigned after it. */
export interface StaleRead {
  readonly name: string;
  /** Lines. */
  readonly read: number;
  readonly write: number;
}

export type Comprehension = 'list' | 'set' | 'dict' | 'generator';

/** What the awaited expression is, as far as the source shows. */
export type Subject =
  /** A call of an `async def` of this file. `awaits`: line of the first await in it, none: it never suspends. */
  | {
      readonly kind: 'coroutine';
      readonly cell?: number | undefined;
      readonly name: string;
      readonly line: number;
      readonly awaits: number | undefined;
      /** The variable that holds the object was awaited before, and a coroutine runs only once. */
      readonly before?: AwaitedBefore | undefined;
    }
  | {
      readonly kind: 'generator';
      readonly cell?: number | undefined;
      readonly name: string;
      readonly line: number;
      readonly awaits: number | undefined;
    }
  /** An `async def` under `@asynccontextmanager`. */
  | {
      readonly kind: 'manager';
      readonly cell?: number | undefined;
      readonly name: string;
      readonly line: number;
      readonly awaits: number | undefined;
    }
  /**
   * `of`: what it runs; `line`: where it is made; `bare`: by `asyncio.create_task`, which needs a running loop; `refused`: the `async def`
   * that it is given without being called.
   */
  | {
      readonly kind: 'task';
      readonly cell?: number | undefined;
      readonly name: string;
      readonly of: string | undefined;
      readonly line: number;
      readonly bare?: boolean;
      readonly refused?: string | undefined;
      /** The object that starts it, unless that is a loop: it may be a group, which keeps its tasks. */
      readonly owner?: string;
      /** It runs at once, up to its first wait. */
      readonly eager?: boolean;
    }
  /**
   * Something of asyncio's own: `sleep`, `gather`, `Queue.get`, `Lock`, … `detail`: the argument that matters (of `gather`,
   * `return_exceptions`). Of `gather`: `count`, how many things it is given; `coroutines`, how many of them it makes tasks of.
   * `refused`: what it is given but does not take: an `async def` that is not called; of `wait`, a coroutine.
   */
  | {
      readonly kind: 'asyncio';
      readonly name: string;
      readonly text: string;
      readonly detail: string | undefined;
      readonly count: number | undefined;
      readonly coroutines?: number | undefined;
      readonly refused?: string | undefined;
      /** Of `run_in_executor`: where the function runs; `executor`: the source does not tell. */
      readonly where?: 'thread' | 'process' | 'executor';
      /** Of `run`: it works inside a running loop. */
      readonly nested?: boolean;
    }
  /** An instance of a class of this file. `method`: the special method that Python calls, with the line where it stands. */
  | {
      readonly kind: 'instance';
      readonly cell?: number | undefined;
      readonly name: string;
      readonly method: string;
      readonly line: number | undefined;
      /** Line of the first await in the method; none: it never suspends; `maybe`: the source does not tell. */
      readonly awaits: number | 'maybe' | undefined;
      /** Its class has others above it, or decorators. */
      readonly inherits: boolean;
    }
  /** An `async def` that is awaited without being called. */
  | { readonly kind: 'uncalled'; readonly name: string }
  /** A plain function of this file. `gives`: what a call gives that can never be awaited. */
  | {
      readonly kind: 'plain';
      readonly cell?: number | undefined;
      readonly name: string;
      readonly line: number;
      readonly gives: 'nothing' | 'generator' | undefined;
    }
  /** Python's grammar does not let it stand behind `await` as it is: `-f()`, `await f()`. */
  | { readonly kind: 'refused'; readonly text: string }
  /** Never awaitable: a number, `time.sleep(1)`, … */
  | { readonly kind: 'wrong'; readonly text: string; readonly instead: string | undefined }
  /** Imported from elsewhere. */
  | { readonly kind: 'library'; readonly name: string; readonly module: string }
  | { readonly kind: 'unknown'; readonly text: string };

/**
 * `loop`: it is the same `await`, in the iteration before. `certain`: it always comes before this place. `given`: it was given to
 * something that runs or closes it (`to`).
 */
export interface AwaitedBefore {
  readonly variable: string;
  readonly line: number;
  readonly how: 'certain' | 'possible' | 'loop' | 'given';
  readonly to?: string;
}

/** A line number, with its cell if it is in another cell of the notebook: what follows the word "line". */
export function lineIn(line: number, cell: number | undefined, t: Translate): number | string {
  return cell === undefined ? line : t('{0} of cell {1}', line, cell);
}

/** Text from a program as inline code in Markdown, escaped and cut to `most` characters. */
export function code(text: string, most = 48): string {
  // A character has at most two code units; the text is cut at `most` characters anyway.
  const line = terminalLine(text.length > 20 * most ? text.slice(0, 20 * most) : text)
    .replace(/\s+/g, ' ')
    .trim();
  const points = [...line];
  const short = points.length > most ? `${points.slice(0, most - 1).join('')}…` : line;
  const longest = Math.max(0, ...(short.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // Markdown drops one space at each side: it separates a backtick from the fence.
  const pad = short.startsWith('`') || short.endsWith('`') || short === '' ? ' ' : '';
  return `${fence}${pad}${short}${pad}${fence}`;
}
