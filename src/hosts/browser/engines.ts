import { ConfigurationTarget, commands, FileType, type Uri, window, workspace } from 'vscode';
import type { Translate } from '../../core/translate';
import type { EngineHost } from '../../editor/host/host';
import { t } from '../../editor/words/translate';
import { embeddedModules } from '../../engines/embedded/modules';
import { PythonEngine } from '../../engines/embedded/python-engine';
import { LIVE_MEMORY, LivePython } from '../../engines/live/python';
import { runLive } from '../../engines/live/run';
import type { IsLocal } from '../../engines/needed';
import { type Engines, recordProgram } from '../../engines/record-program';
import { WorkerHome } from '../../engines/worker/home';
import { chooseEmbedded } from './choose';
import { pathsOfUris } from './paths';
import { type PythonFiles, pythonFiles } from './python-files';

/** Memory limit of a program (bytes), as on the desktop. */
const MEMORY = 2 ** 30;

/** The embedded Python in workers. @param assets the `dist` folder @param cache folder for what can be made again */
export function engineHost(assets: Uri, cache: Uri): EngineHost {
  let files: Promise<PythonFiles> | undefined;
  let warm: PythonEngine | undefined;
  const load = () => {
    files ??= pythonFiles(assets, cache);
    // A connection that failed may be back the next time.
    files.catch(() => {
      files = undefined;
    });
    return files;
  };
  const made = (memory: number, translate: Translate) =>
    new PythonEngine(() => new WorkerHome(load(), memory, translate));
  const engines: Engines = {
    source: async (file) => (await workspace.openTextDocument(pathsOfUris.uri(file))).getText(),
    async choose(wish, translate) {
      const [{ version }, beside] = await Promise.all([load(), modulesBeside(wish.file)]);
      return chooseEmbedded(wish, version, beside, translate);
    },
    engine(_choice, _options, translate) {
      warm ??= made(MEMORY, translate);
      return warm;
    },
    modulesBeside,
  };
  return {
    run({ interrupt, ...program }, listener, signal) {
      // Nothing reaches a worker that computes: what would be Ctrl+C ends the run.
      const either = interrupt ? AbortSignal.any([signal, interrupt]) : signal;
      return recordProgram({ ...program, assets: '' }, listener, either, engines);
    },
    async live(translate) {
      const python = new LivePython(() => made(LIVE_MEMORY, translate));
      return {
        warm: () => python.warm(),
        run: (options, signal) => runLive({ ...options, assets: '', python }, signal, engines),
        dispose: () => python.dispose(),
      };
    },
    select,
    interpreter: async () => undefined,
    environment: () => ({}),
    engineFor: (_uri, asked) => asked,
    async dispose() {
      warm?.dispose();
    },
  };
}

/** Settings may come from a desktop. */
async function select(): Promise<void> {
  const settings = workspace.getConfiguration('coroscope');
  const isEmbedded = settings.get('engine') !== 'interpreter' && settings.get('clock') !== 'real';
  const use = t('Use the Embedded Python');
  const text = t(
    'In a browser, programs run on the embedded Python and the virtual clock. Interpreters need VS Code on the desktop.',
  );
  const answer = isEmbedded
    ? await window.showInformationMessage(text)
    : await window.showInformationMessage(text, use);
  if (answer !== use) return;
  const target = workspace.workspaceFolders ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await settings.update('engine', 'embedded', target);
  if (settings.get('clock') === 'real') await settings.update('clock', 'virtual', target);
}

/** Which modules stand beside a program; what cannot be listed holds none. */
async function modulesBeside(file: string): Promise<IsLocal> {
  const folder = pathsOfUris.uri(pathsOfUris.dirname(file));
  const names = new Map<string, FileType>(await list(folder));
  return (module) => {
    if (module.startsWith('.')) return true;
    const [top] = module.split('.');
    if (names.has(`${top}.py`)) return true;
    // A folder is a package, but one of the standard library comes before a folder that may be anything.
    return ((names.get(top) ?? 0) & FileType.Directory) !== 0 && !embeddedModules.has(top);
  };
}

async function list(folder: Uri): Promise<[string, FileType][]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/** For the `when` clauses of package.json. */
export function hideInterpreters(): void {
  commands.executeCommand('setContext', 'coroscope.onlyEmbedded', true);
}
