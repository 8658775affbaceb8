import type { Uri } from 'vscode';
import type { RunOptions } from '../../engines/run';
import { activeInterpreter } from '../engine/interpreter';
import { readSettings } from '../engine/settings';
import { isSaved } from '../program/is-saved';
import type { Program } from '../program/program';
import { t } from '../words/translate';

/** `assets`: files of the extension that engines need. `cache`: where engines keep files that speed up later runs. */
export interface Folders {
  readonly assets: Uri;
  readonly cache: string;
}

/**
 * What the settings and the document ask of a run.
 * @param wanted overrides the setting of the clock
 */
export async function optionsOf(
  { uri, file, source, unsaved, folder, pieces }: Program,
  wanted: 'virtual' | undefined,
  { assets, cache }: Folders,
): Promise<RunOptions> {
  const {
    engine,
    pythonPath,
    clock,
    ties,
    arguments: shown,
    detail,
    followChildren,
    args,
    limits,
    keep,
    annotations,
  } = readSettings(uri);
  const saved = !unsaved && (pieces !== undefined || (await isSaved(uri, source)));
  return {
    file,
    ...(saved ? {} : { source }),
    pieces,
    argv: args,
    cwd: folder,
    clock: wanted ?? clock,
    engine,
    limits,
    keep,
    annotations,
    ties,
    arguments: shown,
    detail,
    followChildren,
    assets: assets.fsPath,
    cache,
    pythonPath: pythonPath || (engine === 'embedded' ? undefined : await activeInterpreter(uri)),
    translate: t,
  };
}
