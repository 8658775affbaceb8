import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { disposeEngines, type RunResult, runProgram } from '../engines/run';
import type { RunCommand } from './arguments';
import { Exit } from './exit';
import type { Language } from './language';
import { present } from './present';
import type { Screen } from './screen';

/** `coroscope run`. @returns the exit code */
export async function run(
  command: RunCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signal: AbortSignal,
): Promise<number> {
  const file = resolve(screen.cwd, command.file);
  const { translate: t } = language;
  const keep = command.trace === undefined ? undefined : traceFile(resolve(screen.cwd, command.trace));
  let result: RunResult;
  try {
    result = await runProgram(
      {
        ...command,
        file,
        argv: command.args,
        cwd: screen.cwd,
        assets,
        stdio: command.json ? 'stderr' : 'inherit',
        stdin: pipedInput(command),
        translate: t,
      },
      {
        chosen: ({ description, reason, clock }) => {
          const words = clock === 'virtual' ? t('virtual clock') : t('real clock');
          screen.stderr.write(`coroscope: ${description}, ${words}. ${reason}\n`);
        },
        trace: () => {},
        output: (stream, text) => (stream === 'stdout' && !command.json ? screen.stdout : screen.stderr).write(text),
      },
      signal,
    );
  } finally {
    disposeEngines();
  }
  keep?.(result.trace);
  if (!command.json) screen.stdout.write('\n');
  const { truncated } = present(result.trace, command, screen, language, assets);
  return exitCode(result, truncated?.reason, basename(file), screen, language);
}

/** An interpreter reads stdin itself; the embedded Python gets what is piped in, if that was asked for by name. */
function pipedInput({ engine }: RunCommand): string | undefined {
  if (engine !== 'embedded' || process.stdin.isTTY) return undefined;
  try {
    return readFileSync(0, 'utf8');
  } catch {
    return undefined;
  }
}

/** Opened before the run: a path that cannot be written is said at once, not after a long run. */
function traceFile(path: string): (trace: Uint8Array) => void {
  const fd = openSync(path, 'w');
  return (trace) => {
    writeSync(fd, trace);
    closeSync(fd);
  };
}

function exitCode(
  { exit }: RunResult,
  stopped: string | undefined,
  name: string,
  screen: Screen,
  { translate: t }: Language,
): number {
  const say = (text: string) => screen.stderr.write(`coroscope: ${text}\n`);
  if (stopped === 'cancelled') return Exit.cancelled;
  if (stopped === 'killed') {
    say(t('{0} was killed.', name));
    return Exit.failed;
  }
  if (stopped !== undefined) return Exit.stopped;
  if (exit === 0) return Exit.good;
  say(t('{0} failed with exit code {1}.', name, exit ?? 1));
  return Exit.failed;
}
