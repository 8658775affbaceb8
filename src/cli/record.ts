import { closeSync, openSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Translate } from '../core/translate';
import { FlightRecorder } from '../engines/flight/recorder';
import { piecesOf } from '../engines/record/finished';
import { KeptFile } from '../engines/record/kept-file';
import type { Recorder } from '../engines/record/recorder';
import { TraceFile } from '../engines/record/trace-file';
import type { Stop } from '../engines/stop-record';
import { writeAll } from '../engines/write-all';
import type { RunCommand } from './arguments';
import { fileErrorText, reasonOf } from './file-errors';
import { say } from './say';
import type { Screen } from './screen';

export interface Record {
  readonly recorder: Recorder;
  /** Part of the trace could not be written, which was reported. */
  failed(): boolean;
  /** The file that all of it is streamed to; undefined: only its end is kept. */
  readonly file?: TraceFile;
}

/**
 * Where a run's trace goes: streamed to the requested file; else to a temporary one, so that a long run takes no
 * memory. @param most bytes that are kept in memory, with `keep`
 * @throws an error of the file system: at once if the path cannot be written, not after a long run
 */
export function recordOf(
  { trace, keep, most }: Pick<RunCommand, 'trace' | 'keep'> & { readonly most?: number },
  screen: Screen,
  t: Translate,
): Record {
  const path = trace === undefined ? undefined : resolve(screen.cwd, trace);
  let failure = false;
  const why = (error: Error) => reasonOf((error as NodeJS.ErrnoException).code, error.message, t);
  const listener = {
    failed(error: Error) {
      failure = true;
      const what = path ?? t('The temporary file of the trace');
      const lost = t('What was recorded so far is kept; the program continues without being recorded.');
      say(screen, `${t('{0} cannot be written: {1}.', what, why(error))} ${lost}`);
    },
    why: (error: Error): Stop => ({
      reason: 'not-written',
      message: t(
        'The recording ends here, but the program continued: the trace could not be written ({0}).',
        why(error),
      ),
    }),
  };
  const failed = () => failure;
  const isFile = path !== undefined && !isSpecial(path);
  const once = (error: unknown) => {
    failure = true;
    say(screen, fileErrorText(path!, error, t));
  };
  const whole = (recorder: Recorder) => (path === undefined || isFile ? recorder : writtenAtEnd(path, recorder, once));
  if (keep === undefined) {
    const file = isFile ? new TraceFile(path, listener) : TraceFile.unnamed(listener);
    return { recorder: whole(file), failed, file };
  }
  if (!isFile) return { recorder: whole(new FlightRecorder(keep, most)), failed };
  closeSync(openSync(path, 'w'));
  const kept = (error: Error) => {
    failure = true;
    say(screen, t('{0} cannot be written: {1}.', basename(path), why(error)));
  };
  return { recorder: new KeptFile(path, new FlightRecorder(keep), { failed: kept }), failed };
}

/** A pipe or a device: what was written there cannot be read again, or mended. */
function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

function writtenAtEnd(path: string, recorder: Recorder, failed: (error: unknown) => void): Recorder {
  const fd = openSync(path, 'w');
  return {
    push: (bytes) => recorder.push(bytes),
    soFar: () => recorder.soFar(),
    finish(stop) {
      const trace = recorder.finish(stop);
      try {
        for (const piece of piecesOf(trace)) writeAll(fd, piece);
        closeSync(fd);
      } catch (error) {
        failed(error);
      }
      return trace;
    },
  };
}
