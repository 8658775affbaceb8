import { readNeeds } from '../source/imports';
import { type Obstacle, obstacles } from './embedded/abilities';
import type { Interpreter } from './interpreter/interpreter';
import { type Annotations, withoutSimulated } from './simulation';

/** Which engine runs the program, and why. */
export interface Choice {
  readonly engine: 'embedded' | 'interpreter';
  /** For people: `embedded Python 3.14.2`, `Python 3.12.1 (/usr/bin/python3)`. */
  readonly description: string;
  /** A sentence. */
  readonly reason: string;
  readonly clock: 'virtual' | 'real';
  /** The one that was chosen. */
  readonly interpreter?: Interpreter;
}

export interface Wish {
  /** `auto`, `embedded`, `interpreter`, or a path or command. */
  readonly engine: string;
  readonly clock?: 'virtual' | 'real';
  readonly pythonPath?: string;
  /** Absolute path of the program. */
  readonly file: string;
  readonly source: string;
  /** For each line of the source, the line in the document, if it differs. */
  readonly lines?: readonly number[];
  /** It is a module, found as `python -m` finds it. */
  readonly module?: string;
  readonly cwd: string;
  readonly assets: string;
  /** Somebody watches, for which there has to be time. */
  readonly writesWhenIdle?: boolean;
  /** Whether comments direct the run. */
  readonly annotations?: Annotations;
}

/** Whether a module (dotted, relative ones with leading dots) stands beside the program. */
export type IsLocal = (module: string) => boolean;

/** Why a program cannot run on the embedded Python, in order of its lines. `simulated`: it can, since comments simulate its libraries. */
export function needed(
  { source, lines, annotations }: Pick<Wish, 'source' | 'lines' | 'annotations'>,
  local: IsLocal,
): {
  readonly found: readonly Obstacle[];
  readonly simulated: boolean;
} {
  const read = readNeeds(source);
  if (annotations !== 'off') {
    const { simulates, ...needs } = withoutSimulated(source, read);
    // A library that comments simulate does not have to be installed.
    if (simulates && obstacles(needs, local).every(({ lack }) => lack === 'module'))
      return { found: [], simulated: true };
  }
  const found = obstacles(read, local).map((each) => ({ ...each, line: lines?.[each.line - 1] ?? each.line }));
  return { found, simulated: false };
}
