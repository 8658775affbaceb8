import { closeSync, existsSync, openSync } from 'node:fs';
import { basename, join, parse, resolve } from 'node:path';
import { planNoteText } from '../core/trace/plan-notes';
import { TraceError } from '../core/trace/trace-error';
import { NothingRecorded } from '../engines/engine';
import { type RunResult, runProgram } from '../engines/run';
import { writeAll } from '../engines/write-all';
import { foldersOf } from '../export/read-sources';
import { RUN_OPTIONS, type RunCommand } from './arguments';
import { Exit } from './exit';
import { fileErrorText } from './file-errors';
import type { Language } from './language';
import { listBlocks } from './list';
import { Follow } from './live/follow';
import { present } from './present';
import { type Record, recordOf } from './record';
import { exitCode, sayLimit } from './run-end';
import { say } from './say';
import type { Screen } from './screen';
import { Serving } from './serve/serving';
import type { Signals } from './signals';
import { commands, type Target, targetOf } from './target';
import { TypedInput } from './typed-input';
import { changesOf, sayLost } from './what-if';

/** `coroscope run`. @returns the exit code */
export async function run(
  command: RunCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Promise<number> {
  const { translate: t } = language;
  const target = await targetOf(command, screen.cwd, t);
  if (target.kind === 'list') {
    listBlocks(target.document, target.blocks, command, screen, t);
    return Exit.good;
  }
  if (target.kind !== 'run') {
    say(screen, target.message);
    return target.kind === 'ask' ? Exit.usage : Exit.broken;
  }
  sayMisplaced(command, screen, t);
  for (const note of target.options.pieces?.notes ?? []) say(screen, planNoteText(note, t));
  const record = recordOf({ ...command, ...keptOf(command) }, screen, t);
  const { file, pieces } = target.options;
  const reading = {
    known: pieces?.documents,
    folders: foldersOf(file, screen.cwd),
    until: Number.POSITIVE_INFINITY,
  };
  const serving =
    command.serve && record.file
      ? await Serving.begin(record.file.growing, file, reading, command, screen, language, assets)
      : undefined;
  try {
    return await runInto(record, serving, target, command, screen, language, assets, signals);
  } catch (error) {
    // The reason was told when it happened: so little could be written that there is nothing to read.
    if (record.failed() && (error instanceof NothingRecorded || error instanceof TraceError)) return Exit.broken;
    throw error;
  } finally {
    serving?.close();
  }
}

async function runInto(
  record: Record,
  serving: Serving | undefined,
  target: Extract<Target, { kind: 'run' }>,
  command: RunCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Promise<number> {
  const { translate: t } = language;
  const { file, pieces } = target.options;
  let result: RunResult;
  let soFar: (() => Iterable<Uint8Array>) | undefined;
  const onDemand = () => soFar && writeWindow(soFar(), command, screen, t);
  // Windows has no such signal.
  if (process.platform !== 'win32') process.on('SIGUSR2', onDemand);
  const input = new TypedInput(() => process.stdin);
  const live = liveView(command, screen, language, assets);
  signals.running(true);
  try {
    result = await runProgram(
      {
        ...command,
        ...target.options,
        recorder: record.recorder,
        clock: clockOf(command),
        writesWhenIdle: live !== undefined,
        whatIf: changesOf(command.whatIf, pieces?.documents[0]?.file ?? file, screen.cwd),
        argv: command.args,
        cwd: screen.cwd,
        assets,
        stdio: command.json ? 'stderr' : 'inherit',
        // An interpreter reads it itself.
        ...(target.options.stdin === undefined ? { ask: input.ask } : {}),
        interrupt: signals.interrupt,
        kill: signals.kill,
        translate: t,
      },
      {
        chosen: ({ description, reason, clock }) => {
          serving?.chosen(description);
          const words = clock === 'virtual' ? t('virtual clock') : t('real clock');
          say(screen, `${description}, ${words}. ${reason}`);
        },
        trace: (bytes) => {
          live?.push(bytes);
          serving?.grown();
        },
        recording: (trace) => {
          soFar = trace;
        },
        output: (stream, text) => (stream === 'stdout' && !command.json ? screen.stdout : screen.stderr).write(text),
      },
      serving ? AbortSignal.any([signals.end, serving.stop]) : signals.end,
    );
  } finally {
    signals.running(false);
    live?.close();
    input.close();
    process.off('SIGUSR2', onDemand);
  }
  if (!command.json) screen.stdout.write('\n');
  const timeline = await present(result.recorded, command, screen, language, assets, ({ meta }) => ({
    known: pieces?.documents,
    folders: foldersOf(meta.program, screen.cwd),
    until: Number.POSITIVE_INFINITY,
  }));
  serving?.complete(result.recorded, timeline, record.file?.ended === true);
  sayLost(timeline, (text) => say(screen, text), t);
  const { functions = [] } = target;
  const { loops, notRecorded, startedOthers } = timeline;
  if (
    loops.length + notRecorded.length === 0 &&
    !startedOthers &&
    !timeline.truncated &&
    timeline.errors.length === 0 &&
    functions.length > 0
  ) {
    const words = t(
      'Nothing in {0} started an event loop. To run one of its coroutine functions by itself:',
      basename(file),
    );
    say(screen, [words, ...commands(functions)].join('\n'));
  }
  sayLimit(command.limits, timeline.truncated?.reason, basename(file), screen, t);
  const code = exitCode(result, timeline.truncated?.reason, basename(file), screen, language);
  await serving?.untilInterrupted(signals);
  return record.failed() ? Exit.broken : code;
}

/** How much is kept where it is only looked at while it runs, which may take days: seconds, and bytes. */
const KEPT_WHEN_LIVE = { keep: 30, most: 64 << 20 };

function keptOf({ live, keep, trace, html, json, story, why, followChildren, serve }: RunCommand) {
  const wanted =
    serve || trace !== undefined || html !== undefined || json || story || why !== undefined || followChildren;
  return live === undefined || wanted || keep !== undefined ? {} : KEPT_WHEN_LIVE;
}

function clockOf({ clock, ties, live, engine, whatIf }: RunCommand): 'virtual' | 'real' | undefined {
  // There are no ties on the real clock.
  if (clock !== undefined || ties) return clock ?? 'virtual';
  // What is over in a moment cannot be watched.
  return live !== undefined && engine !== 'embedded' && whatIf.length === 0 ? 'real' : undefined;
}

function liveView(command: RunCommand, screen: Screen, language: Language, assets: string): Follow | undefined {
  if (command.live === undefined) return undefined;
  const hint = language.translate('Ctrl+C interrupts the program');
  const options = { length: command.live, ascii: command.ascii, hint, surface: 'pinned' } as const;
  return new Follow(options, screen, language, assets);
}

/** Warns about our options after FILE; the program gets them all the same. */
function sayMisplaced({ file, args }: RunCommand, screen: Screen, t: Language['translate']): void {
  const ours = args.find((arg) => RUN_OPTIONS.has(/^--([a-z-]+)/.exec(arg)?.[1] ?? ''));
  if (ours === undefined) return;
  const text = t("{0} comes after {1} and is passed to the program. Coroscope's own options go before it.", ours, file);
  say(screen, text);
}

/** Saves what is kept so far, as `OUT-1.coroscope`, `OUT-2.coroscope` …; the run continues. */
function writeWindow(
  trace: Iterable<Uint8Array>,
  { trace: out }: RunCommand,
  screen: Screen,
  t: Language['translate'],
): void {
  if (out === undefined) {
    say(screen, t('Where should the recording be written? Write {0}.', '--trace OUT.coroscope'));
    return;
  }
  const path = resolve(screen.cwd, out);
  const { dir, name, ext } = parse(path);
  for (let number = 1; ; number++) {
    const file = join(dir, `${name}-${number}${ext}`);
    if (existsSync(file)) continue;
    try {
      writeParts(file, trace);
      say(screen, t('The recording so far: {0}', file));
    } catch (error) {
      say(screen, fileErrorText(file, error, t));
    }
    return;
  }
}

/** @throws an error of the file system */
function writeParts(file: string, parts: Iterable<Uint8Array>): void {
  const fd = openSync(file, 'wx');
  try {
    for (const part of parts) writeAll(fd, part);
  } finally {
    closeSync(fd);
  }
}
