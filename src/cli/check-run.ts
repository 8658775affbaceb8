import { closeSync, openSync, readSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { readTimeline } from '../core/timeline/build';
import type { Timeline } from '../core/timeline/model';
import { MAGIC } from '../core/trace/read';
import { EngineError } from '../engines/engine';
import { type RunOptions, runProgram } from '../engines/run';
import { foldersOf, type Reading, sourceReader } from '../export/read-sources';
import { withShapes } from '../source/shapes/shapes';
import type { CheckCommand } from './check-arguments';
import { Exit } from './exit';
import type { Language } from './language';
import { withTraceFile } from './read-trace';
import { recordOf } from './record';
import { exitCode, sayLimit } from './run-end';
import { say } from './say';
import type { Screen } from './screen';
import type { Signals } from './signals';
import { type Target, targetOf } from './target';

/** A run to check. */
export interface Checked {
  /** How the command line names it. */
  readonly name: string;
  readonly timeline: Timeline;
  readonly reading: Reading;
  /** As of `coroscope run`. */
  readonly code: number;
  /** Runs the file with another text, in silence and on the virtual clock; undefined: it could not be run so. */
  readonly again?: (source: string) => Promise<Timeline | undefined>;
}

export interface CheckParts {
  readonly command: Pick<CheckCommand, 'engine' | 'clock' | 'limits' | 'annotations'>;
  readonly screen: Screen;
  readonly language: Language;
  readonly assets: string;
  readonly signals: Signals;
}

/**
 * Runs the programs of the command line, or reads those that are traces. In a note, runs every block that can be run.
 * @returns exit codes of those that could not be checked, after reporting them
 * @throws EngineError, TraceError, or an error of the file system
 */
export async function* checked(file: string, parts: CheckParts): AsyncGenerator<Checked | number> {
  const { screen, language } = parts;
  const path = resolve(screen.cwd, file);
  if (isTrace(path)) {
    yield await readChecked(file, path, parts);
    return;
  }
  const named = (name: string) => targetOf({ file: name }, screen.cwd, language.translate);
  const target = await named(file);
  if (target.kind !== 'list') {
    yield await runChecked(file, target, parts);
    return;
  }
  for (let number = 1; number <= target.blocks.all.length; number++) {
    const { kind } = target.blocks.plan(number - 1);
    if (kind !== 'pieces' && kind !== 'file') continue;
    const block = `${file}#${number}`;
    yield await runChecked(block, await named(block), parts);
  }
}

function isTrace(path: string): boolean {
  if (path.endsWith('.coroscope')) return true;
  let fd: number | undefined;
  try {
    fd = openSync(path, 'r');
    const head = new Uint8Array(MAGIC.length);
    readSync(fd, head, 0, head.length, 0);
    return MAGIC.every((byte, i) => head[i] === byte);
  } catch {
    // An unreadable file is reported when it is run.
    return false;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

async function readChecked(name: string, path: string, { screen, language }: CheckParts): Promise<Checked> {
  return withTraceFile(path, (trace, until) => {
    const recorded = readTimeline(trace);
    const reading = { folders: foldersOf(recorded.meta.program, screen.cwd), until };
    const timeline = withShapes(recorded, sourceReader(reading));
    const exit = timeline.exit ?? 0;
    const code = exitCode({ exit }, timeline.truncated?.reason, name, screen, language);
    return { name, timeline, reading, code };
  });
}

async function runChecked(name: string, target: Target, parts: CheckParts): Promise<Checked | number> {
  const { command, screen, language, assets, signals } = parts;
  const { translate: t } = language;
  if (target.kind !== 'run') {
    if (target.kind !== 'list') say(screen, `${name}: ${target.message}`);
    return target.kind === 'ask' ? Exit.usage : Exit.broken;
  }
  const { pieces } = target.options;
  const record = recordOf({}, screen, t);
  const options: RunOptions = {
    ...target.options,
    engine: command.engine,
    clock: command.clock,
    limits: command.limits,
    annotations: command.annotations,
    argv: [],
    cwd: screen.cwd,
    assets,
    // A check never asks for input.
    stdin: target.options.stdin ?? '',
    interrupt: signals.interrupt,
    kill: signals.kill,
    translate: t,
  };
  signals.running(true);
  try {
    const result = await runProgram(
      // Only findings go to stdout.
      { ...options, recorder: record.recorder, stdio: 'stderr' },
      {
        chosen: ({ description, clock }) => {
          say(screen, `${name}: ${description}, ${clock === 'virtual' ? t('virtual clock') : t('real clock')}`);
        },
        trace: () => {},
        output: (_, text) => screen.stderr.write(text),
      },
      signals.end,
    );
    const recorded = readTimeline(result.recorded);
    const reading = {
      known: pieces?.documents,
      folders: foldersOf(recorded.meta.program, screen.cwd),
      until: Number.POSITIVE_INFINITY,
    };
    const timeline = withShapes(recorded, sourceReader(reading));
    const stopped = timeline.truncated?.reason;
    sayLimit(command.limits, stopped, basename(name), screen, t);
    const code = exitCode(result, stopped, basename(name), screen, language);
    const again = pieces || target.options.module ? undefined : (source: string) => runAgain(options, source, signals);
    return { name, timeline, reading, code: record.failed() ? Exit.broken : code, ...(again ? { again } : {}) };
  } finally {
    signals.running(false);
  }
}

async function runAgain(options: RunOptions, source: string, signals: Signals): Promise<Timeline | undefined> {
  signals.running(true);
  try {
    const quiet = { chosen: () => {}, trace: () => {}, output: () => {} };
    const { recorded } = await runProgram({ ...options, source, clock: 'virtual' }, quiet, signals.end);
    return readTimeline(recorded);
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  } finally {
    signals.running(false);
  }
}
