import { ProgressLocation, window } from 'vscode';
import { baseName } from '../../core/places/base-name';
import type { Change } from '../../core/trace/change';
import type { Ask } from '../../engines/engine';
import type { ProgramListener, RunOptions } from '../../engines/record-program';
import { trusted } from '../engine/trust';
import { host } from '../host/host';
import type { Program } from '../program/program';
import type { Origin } from '../program/target';
import { titleOf } from '../program/title';
import { exactBytes } from '../recording/exact-bytes';
import type { Launched } from '../recording/launched';
import { loadReader, type OlderRun, type Recorded, type Recording } from '../recording/recording';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import type { InputAnswers } from './input-answers';
import { withLateProgress } from './late-progress';
import { endText, type ProgramOutput } from './output';
import { optionsOf } from './run-options';
import { carried, sayLost, settle } from './what-if';

/** What a run is made with, beside its program. */
interface RunWith {
  readonly ask: Ask;
  /** The engine was chosen: its description. */
  chosen(engine: string): void;
  readonly clock?: 'virtual' | undefined;
  readonly interrupt?: AbortSignal;
  /** It could not run; the user was told. */
  failed?(message: string): void;
  /** Hears of the program's output, too. */
  output?(stream: 'stdout' | 'stderr', text: string): void;
}

/** A debug session that runs a program. */
export interface LaunchSession extends RunWith {
  /** Ends the run; `interrupt` asks the program to end. */
  readonly stop: AbortSignal;
  /** The run has begun. */
  begun(): void;
}

/** Runs programs, one at a time: a new run stops the one before. */
export class Runs {
  #abort: AbortController | undefined;
  /** The run that `#leftBehind` or `tryChange` chose to compare with. */
  #ghost: OlderRun | undefined;

  constructor(
    private readonly recorded: Recorded,
    private readonly output: ProgramOutput,
    private readonly answers: InputAnswers,
  ) {}

  /** @param begun called when the run has begun, to open the view @param clock overrides the setting */
  async run(program: Program, begun: () => void, clock?: 'virtual'): Promise<void> {
    if (!(await trusted())) return;
    const { kept, lost } = await carried(this.recorded, program);
    sayLost(lost, program.file);
    const abort = this.#next();
    const name = titleOf(program);
    const base = baseOf(program, { whatIf: kept, part: linesOf(program) });
    this.recorded.begin({ ...base, status: { state: 'running', program: name, engine: '' } });
    begun();
    const title = noticeText(t('Running {0}', name));
    await window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      async (progress, token) => {
        token.onCancellationRequested(() => abort.abort());
        const chosen = (message: string) => progress.report({ message });
        const ask = this.answers.asks(program.file, name, (text) => this.#abort === abort && this.output.write(text));
        await this.#record(program, base, abort, { ask, chosen, clock: kept.length > 0 ? 'virtual' : clock });
      },
    );
  }

  /**
   * Runs what a launch configuration asks for, as it is written. Its output goes to the session's console, too.
   * @returns its exit code, `null` if it was killed; undefined if it could not run, and the user was told
   */
  async launch(program: Program, launched: Launched, session: LaunchSession): Promise<number | null | undefined> {
    const abort = this.#next();
    const stop = () => abort.abort();
    session.stop.addEventListener('abort', stop);
    const base = baseOf(program, { launched });
    this.recorded.begin({ ...base, status: { state: 'running', program: titleOf(program), engine: '' } });
    session.begun();
    try {
      return await this.#record(program, base, abort, session);
    } finally {
      session.stop.removeEventListener('abort', stop);
    }
  }

  /** Runs the current program again, with other changes; the timeline stays until there is a result. */
  async whatIf(changes: readonly Change[], origin: Origin): Promise<void> {
    await this.#instead(changes, origin, this.recorded.timeline()?.meta.ties);
  }

  /** Runs it again with its present changes, and with timers that are due at the same instant in this order. */
  async withTies(order: 'set' | 'reversed', origin: Origin): Promise<void> {
    await this.#instead(this.recorded.current.whatIf ?? [], origin, order, t('the other order'));
  }

  /**
   * Runs a program as it is written, then with another text, both on the virtual clock. Shows the second run, compared with the first.
   * @returns the traces of both; undefined if a run was cancelled or failed, after telling the user
   */
  async tryChange(
    program: Program,
    changed: string,
  ): Promise<{ readonly before: Uint8Array<ArrayBuffer>; readonly after: Uint8Array<ArrayBuffer> } | undefined> {
    if (!(await trusted())) return undefined;
    const asked = Date.now();
    const abort = this.#next();
    const name = titleOf(program);
    this.output.begin(t('Running {0}', name));
    const runOnce = (source: string) => this.#background({ ...program, source, unsaved: true }, abort);
    let tried: { readonly before: Uint8Array<ArrayBuffer>; readonly after: Uint8Array<ArrayBuffer> } | undefined;
    const running = (async () => {
      const before = await runOnce(program.source);
      const { trace: after, choice } = await runOnce(changed);
      if (this.#abort !== abort || abort.signal.aborted) return;
      const { file, folder, origin } = program;
      const ran = Date.now();
      this.#ghost = { trace: before.trace, label: t('the program as it is written') };
      this.recorded.set({
        status: { state: 'done', program: name, engine: choice.description, reason: choice.reason },
        trace: after,
        file,
        source: changed,
        at: asked,
        root: folder,
        origin,
        ran,
        again: { edited: asked, began: asked, planned: asked, ran, sent: ran },
        older: this.#ghost,
      });
      tried = { before: before.trace, after };
    })();
    await withLateProgress(running, name, abort).catch((error) => {
      if (this.#abort === abort && !abort.signal.aborted) this.#say(name, error);
    });
    return tried;
  }

  /** @param label names the run that is shown now, and the new one is compared with it; undefined: see `#leftBehind` */
  async #instead(
    changes: readonly Change[],
    origin: Origin,
    ties: 'set' | 'reversed' | undefined,
    label?: string,
  ): Promise<void> {
    if (!(await trusted())) return;
    const asked = Date.now();
    const { source } = this.recorded.current;
    const { programAgain } = await import('../program/program');
    const program = await programAgain(origin);
    if (!program) return;
    const { kept, lost } = await settle(changes, source, program);
    sayLost(lost, program.file);
    const abort = this.#next();
    const { file, folder } = program;
    const base = { file, source: program.source, at: asked, root: folder, origin, whatIf: kept };
    const name = baseName(file);
    this.output.begin(t('Running {0}', name));
    const running = (async () => {
      const more = { whatIf: kept, ...(ties ? { ties } : {}) };
      const { trace, choice, planned } = await this.#background(program, abort, more);
      if (this.#abort !== abort || abort.signal.aborted) return;
      const ran = Date.now();
      const again = { edited: asked, began: asked, planned, ran, sent: ran };
      const status = { state: 'done' as const, program: name, engine: choice.description, reason: choice.reason };
      const older = this.#leftBehind(kept.length > 0, label);
      this.recorded.set({ ...base, trace, status, ran, again, ...(older ? { older } : {}) });
    })();
    await withLateProgress(running, name, abort).catch((error) => {
      if (this.#abort === abort && !abort.signal.aborted) this.#say(name, error);
    });
  }

  /** Runs a program on the virtual clock, with the input of earlier runs. The timeline that is shown stays as it is. */
  async #background(program: Program, abort: AbortController, more: Partial<RunOptions> = {}) {
    await loadReader();
    const write = (text: string) => this.#abort === abort && this.output.write(text);
    const ask = this.answers.again(program.file, titleOf(program), write);
    const options = { ...(await optionsOf(program, 'virtual')), ask, ...more };
    const planned = Date.now();
    const listener: ProgramListener = {
      chosen: ({ description, reason }) => this.output.say(`${description} · ${reason}`),
      trace: () => {},
      output: (_stream, text) => write(text),
    };
    const { trace, choice } = await host().engines.run(options, listener, abort.signal);
    return { trace: exactBytes(trace), choice, planned };
  }

  /** The run to compare a new one with: the original one of a changed run, unless another is compared with already. */
  #leftBehind(changed: boolean, called?: string): OlderRun | undefined {
    const { older, trace, whatIf } = this.recorded.current;
    if (called !== undefined && trace) {
      this.#ghost = { trace, label: called };
      return this.#ghost;
    }
    if (!changed && older && older === this.#ghost) {
      this.recorded.compareWith(undefined);
      return undefined;
    }
    if (!changed || older || !trace) return older;
    const label = whatIf && whatIf.length > 0 ? t('the run before') : t('the program as it is written');
    this.#ghost = { trace, label };
    return this.#ghost;
  }

  cancel(): void {
    this.#abort?.abort();
  }

  /** A new run ends the one before. */
  #next(): AbortController {
    this.#abort?.abort();
    this.#abort = new AbortController();
    return this.#abort;
  }

  async dispose(): Promise<void> {
    this.cancel();
    await host().engines.dispose();
  }

  async #record(
    program: Program,
    base: Recording,
    abort: AbortController,
    { ask, chosen, clock, interrupt, output, failed }: RunWith,
  ): Promise<number | null | undefined> {
    const name = titleOf(program);
    const current = () => this.#abort === abort;
    this.output.begin(t('Running {0}', name));
    try {
      await loadReader();
      const write = (text: string) => current() && this.output.write(text);
      const more = { ask, whatIf: base.whatIf ?? [], ...(interrupt ? { interrupt } : {}) };
      const options = { ...(await optionsOf(program, clock)), ...more };
      const listener: ProgramListener = {
        chosen: ({ description, reason }) => {
          chosen(description);
          this.output.say(`${description} · ${reason}`);
          if (current())
            this.recorded.set({ ...base, status: { state: 'running', program: name, engine: description } });
        },
        recording: (soFar) => {
          if (current() && options.keep === undefined) this.recorded.follow(soFar);
        },
        // If only the last seconds are kept, the run may take days: do not stream it to views, which would keep all of it.
        trace: (bytes) => {
          if (current() && options.keep === undefined) this.recorded.append(bytes);
        },
        output: (stream, text) => {
          write(text);
          output?.(stream, text);
        },
      };
      const { trace, exit, choice } = await host().engines.run(options, listener, abort.signal);
      if (!current()) return exit;
      this.output.say(endText(name, exit));
      this.recorded.set({
        ...base,
        trace: exactBytes(trace),
        status: { state: 'done', program: name, engine: choice.description, reason: choice.reason },
        ran: Date.now(),
      });
      return exit;
    } catch (error) {
      if (current()) {
        const told = this.#failed(base, name, error);
        failed?.(told);
      }
      return undefined;
    }
  }

  /** Reports a failure in the panel, the output channel and a notification: the user looks at one of them. */
  #failed(base: Recording, program: string, error: unknown): string {
    const told = this.#say(program, error);
    // Keep what was recorded before the failure.
    const trace = this.recorded.soFar;
    this.recorded.set({ ...base, trace, status: { state: 'failed', program, ...told }, ran: Date.now() });
    return told.message;
  }

  #say(program: string, error: unknown): { readonly message: string; readonly detail: string } {
    const isOurs = error instanceof Error && error.name === 'EngineError';
    const message = isOurs ? error.message : t('Coroscope failed to run {0}.', program);
    const detail = isOurs ? '' : String(error instanceof Error ? (error.stack ?? error.message) : error);
    this.output.say([message, detail].filter(Boolean).join('\n'));
    const show = t('Show Output');
    window.showErrorMessage(noticeText(message), show).then((chosen) => {
      if (chosen === show) this.output.show();
    });
    return { message, detail };
  }
}

function baseOf({ file, source, folder, origin, launch }: Program, more: Partial<Recording>): Recording {
  const text = launch?.module ? undefined : source;
  const at = Date.now();
  return { status: { state: 'empty' }, trace: undefined, file, source: text, at, root: folder, origin, ...more };
}

/** Which lines ran, where only a selection was run. */
function linesOf({ pieces, origin }: Program): Recording['part'] {
  if (!pieces || !origin?.target.selection) return undefined;
  return pieces.pieces.map(({ document, lines }) => ({ file: pieces.documents[document].file, lines }));
}
