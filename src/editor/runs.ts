import { basename } from 'node:path';
import { type Progress, ProgressLocation, type Uri, window } from 'vscode';
import type { ProgramListener, RunOptions } from '../engines/run';
import { activeInterpreter } from './interpreter';
import type { ProgramOutput } from './output';
import type { Program } from './program';
import { loadReader, type Recorded, type Recording } from './recording';
import { readSettings } from './settings';
import { t } from './translate';
import { trusted } from './trust';

/** Loaded with the first run: engines and parsers are no part of starting the editor. */
const engines = () => import('../engines/run');

/** Runs programs, one at a time: a new run ends the one before. */
export class Runs {
  #abort: AbortController | undefined;
  #loaded = false;

  constructor(
    private readonly assets: Uri,
    private readonly recorded: Recorded,
    private readonly output: ProgramOutput,
  ) {}

  /** @param begun called when the run is under way, to open the view. */
  async run(program: Program, begun: () => void): Promise<void> {
    if (!(await trusted())) return;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const name = basename(program.file);
    const base: Recording = {
      status: { state: 'empty' },
      trace: undefined,
      file: program.file,
      source: program.source,
      at: Date.now(),
      root: program.folder,
      origin: program.origin,
    };
    this.recorded.begin({ ...base, status: { state: 'running', program: name, engine: '' } });
    begun();
    const title = t('Running {0}', name);
    await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        return this.#record(program, base, abort, progress);
      },
    );
  }

  cancel(): void {
    this.#abort?.abort();
  }

  async dispose(): Promise<void> {
    this.cancel();
    if (this.#loaded) (await engines()).disposeEngines();
  }

  async #record(
    program: Program,
    base: Recording,
    abort: AbortController,
    progress: Progress<{ message: string }>,
  ): Promise<void> {
    const name = basename(program.file);
    const current = () => this.#abort === abort;
    this.output.begin(t('Running {0}', name));
    try {
      const [{ runProgram }] = await Promise.all([engines(), loadReader()]);
      this.#loaded = true;
      const options = await this.#options(program);
      const listener: ProgramListener = {
        chosen: ({ description, reason }) => {
          progress.report({ message: description });
          this.output.say(`${description} · ${reason}`);
          if (current())
            this.recorded.set({ ...base, status: { state: 'running', program: name, engine: description } });
        },
        // A run of which only the last seconds are kept may go on for days: its views would keep all of it.
        trace: (bytes) => {
          if (current() && options.keep === undefined) this.recorded.append(bytes);
        },
        output: (_stream, text) => {
          if (current()) this.output.write(text);
        },
      };
      const { trace, exit, choice } = await runProgram(options, listener, abort.signal);
      if (!current()) return;
      this.output.say(exit === null ? t('{0} was stopped.', name) : t('{0} ended with exit code {1}.', name, exit));
      this.recorded.set({
        ...base,
        // The views get exact bytes of the plain kind: a Node Buffer, or a view into a larger one, is not sent as it is.
        trace: new Uint8Array(trace),
        status: { state: 'done', program: name, engine: choice.description, reason: choice.reason },
        ran: Date.now(),
      });
    } catch (error) {
      if (current()) this.#failed(base, name, error);
    }
  }

  async #options({ uri, file, source, unsaved, folder, pieces }: Program): Promise<RunOptions> {
    const { engine, pythonPath, clock, args, limits, keep, annotations } = readSettings(uri);
    return {
      file,
      ...(unsaved ? { source } : {}),
      pieces,
      argv: args,
      cwd: folder,
      clock,
      engine,
      limits,
      keep,
      annotations,
      assets: this.assets.fsPath,
      pythonPath: pythonPath || (engine === 'embedded' ? undefined : await activeInterpreter(uri)),
      translate: t,
    };
  }

  /** One message, in the panel, the channel and a notification: whoever started the run looks at one of them. */
  #failed(base: Recording, program: string, error: unknown): void {
    const isOurs = error instanceof Error && error.name === 'EngineError';
    const message = isOurs ? error.message : t('Coroscope failed to run {0}.', program);
    const detail = isOurs ? '' : String(error instanceof Error ? (error.stack ?? error.message) : error);
    this.output.say([message, detail].filter(Boolean).join('\n'));
    // What was recorded before it broke down stays.
    const trace = this.recorded.soFar;
    this.recorded.set({ ...base, trace, status: { state: 'failed', program, message, detail }, ran: Date.now() });
    const show = t('Show Output');
    window.showErrorMessage(message, show).then((chosen) => {
      if (chosen === show) this.output.show();
    });
  }
}
