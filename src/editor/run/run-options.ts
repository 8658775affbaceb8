import { notebookOf } from '../documents/paths';
import { readSettings } from '../engine/settings';
import { host, type ProgramOptions } from '../host/host';
import { isSaved } from '../program/is-saved';
import type { Program } from '../program/program';
import { t } from '../words/translate';

/**
 * What the settings and the document ask of a run.
 * @param wanted overrides the setting of the clock
 */
export async function optionsOf(
  { uri, file, source, unsaved, folder, pieces, launch = {}, origin }: Program,
  wanted: 'virtual' | undefined,
): Promise<ProgramOptions> {
  const {
    engine: asked,
    pythonPath,
    clock,
    ties,
    arguments: shown,
    libraryCalls,
    detail,
    followChildren,
    args,
    limits,
    keep,
    annotations,
  } = readSettings(uri);
  const { engines } = host();
  const engine = engines.engineFor((origin && notebookOf(origin.target.document))?.uri ?? uri, asked);
  const python = launch.pythonPath ?? pythonPath;
  const saved = launch.module !== undefined || (!unsaved && (pieces !== undefined || (await isSaved(uri, source))));
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
    libraryCalls,
    detail,
    followChildren,
    translate: t,
    ...launch,
    ...(wanted ? { clock: wanted } : {}),
    pythonPath: python || (engine === 'embedded' ? undefined : await engines.interpreter(uri)),
  };
}
