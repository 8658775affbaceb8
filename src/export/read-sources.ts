import { dirname, isAbsolute } from 'node:path';
import type { SourceText } from '../core/protocol/source-text';
import type { Timeline } from '../core/timeline/model';
import { sourceReader } from './source-reader';
import { type Reading, sourcesOf } from './sources';

export { sourceReader } from './source-reader';
export type { Reading } from './sources';

/**
 * The sources of a run, for a page. A trace may name any file of this machine, and pages are sent to others: only Python files
 * and notes in the given folders are read.
 */
export function readSources(timeline: Pick<Timeline, 'sites' | 'meta'>, reading: Reading): SourceText[] {
  return sourcesOf(timeline, sourceReader(reading));
}

/** The folder of the program that ran here, beside that where the command was started. */
export function foldersOf(program: string, cwd: string): string[] {
  return isAbsolute(program) ? [cwd, dirname(program)] : [cwd];
}
