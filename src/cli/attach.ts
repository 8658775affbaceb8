import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Timeline } from '../core/timeline/model';
import { type Attached, attach as attachTo } from '../engines/attach/attach';
import { growingFile } from '../engines/record/growing-file';
import { foldersOf } from '../export/read-sources';
import type { AttachCommand } from './attach-arguments';
import { Exit } from './exit';
import type { Language } from './language';
import { present } from './present';
import { withTraceFile } from './read-trace';
import { say } from './say';
import type { Screen } from './screen';
import { Serving } from './serve/serving';
import type { Signals } from './signals';

/** How often pages are told how much there is (ms). */
const GROWS_EVERY = 200;

/** `coroscope attach`: records a process that runs already, and shows what it did. @returns the exit code @throws EngineError */
export async function attach(
  command: AttachCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Promise<number> {
  const { translate: t } = language;
  const { pid, seconds } = command;
  const folder = command.trace === undefined ? mkdtempSync(join(tmpdir(), 'coroscope-')) : undefined;
  const trace = folder === undefined ? resolve(screen.cwd, command.trace!) : join(folder, 'process.coroscope');
  const attached = ({ loops, version, program, python }: Attached) => {
    const what =
      loops === 1
        ? t('Recording process {0} ({1}, CPython {2}), with {3}: one event loop.', pid, program, version, python)
        : t(
            'Recording process {0} ({1}, CPython {2}), with {4}: {3} event loops.',
            pid,
            program,
            version,
            loops,
            python,
          );
    const until =
      seconds === undefined ? t('Ctrl+C ends the record.') : t('Ctrl+C ends the record, or {0} s of it.', seconds);
    say(screen, `${what} ${until}`);
  };
  signals.running(true);
  let serving: Serving | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    // Told at once if it cannot be written.
    if (folder === undefined) writeFileSync(trace, '');
    if (command.serve) {
      const reading = { folders: [screen.cwd], until: Number.POSITIVE_INFINITY };
      serving = await Serving.begin(growingFile(trace), `pid ${pid}`, reading, command, screen, language, assets);
      timer = setInterval(() => serving?.grown(), GROWS_EVERY);
    }
    const request = {
      pid,
      trace,
      seconds,
      arguments: command.arguments,
      libraryCalls: command.libraryCalls,
      assets,
      env: screen.env,
      translate: t,
    };
    const stops = [signals.interrupt, signals.end, signals.kill, ...(serving ? [serving.stop] : [])];
    const end = await attachTo(request, attached, AbortSignal.any(stops));
    clearInterval(timer);
    say(screen, end === 'process' ? t('Process {0} has ended.', pid) : t('Process {0} goes on, unrecorded.', pid));
    await withTraceFile(trace, async (source, until) => {
      const reading = ({ meta }: Timeline) => ({ folders: foldersOf(meta.program, screen.cwd), until });
      const timeline = await present(source, command, screen, language, assets, reading);
      serving?.complete(source, timeline, false, reading(timeline));
      await serving?.untilInterrupted(signals);
    });
    return Exit.good;
  } finally {
    clearInterval(timer);
    serving?.close();
    signals.running(false);
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
