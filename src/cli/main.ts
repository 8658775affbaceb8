import { resolve } from 'node:path';
import { planNoteText } from '../core/trace/plan-notes';
import { TraceError } from '../core/trace/trace-error';
import type { Translate } from '../core/translate';
import { EngineError } from '../engines/engine';
import { type Command, readCommand } from './arguments';
import { attach } from './attach';
import { check } from './check';
import { compare } from './compare';
import { environment } from './environment';
import { Exit } from './exit';
import { fileErrorText } from './file-errors';
import { help } from './help';
import { languageOf } from './language';
import { UsageError } from './option-values';
import { OutputError } from './output';
import { withTraceFile } from './read-trace';
import { run } from './run';
import { say } from './say';
import type { Screen } from './screen';
import { show } from './show';
import type { Signals } from './signals';
import { stats } from './stats';
import { top } from './top';

/** The command. @returns its exit code; an error is reported on stderr in one message */
export async function main(
  argv: readonly string[],
  screen: Screen,
  assets: string,
  version: string,
  signals: Signals,
): Promise<number> {
  let command: Command;
  try {
    command = readCommand(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { translate: t } = languageOf(error.lang, screen.env);
    say(screen, `${t(error.message, ...error.holes)} ${t('For more, see {0}.', 'coroscope --help')}`);
    return Exit.usage;
  }
  if (command.kind === 'version') {
    screen.stdout.write(`${version}\n`);
    return Exit.good;
  }
  const language = languageOf(command.lang, screen.env);
  if (command.kind === 'help') {
    screen.stdout.write(help(language.translate));
    return Exit.good;
  }
  if (command.kind === 'env') {
    screen.stdout.write(environment(command.trace, screen.cwd, assets, screen.env));
    return Exit.good;
  }
  try {
    if (command.kind === 'run') return await run(command, screen, language, assets, signals);
    if (command.kind === 'check') return await check(command, screen, language, assets, version, signals);
    if (command.kind === 'stats') return await stats(command, screen, language, assets, signals);
    if (command.kind === 'attach') return await attach(command, screen, language, assets, signals);
    if (command.kind === 'top') return await top(command, screen, language, assets, signals);
    if (command.kind === 'compare') return await compare(command, screen, language, assets);
    const { meta } = await withTraceFile(resolve(screen.cwd, command.trace), (trace, until) =>
      show(trace, until, command, screen, language, assets, signals),
    );
    for (const note of meta.notes) say(screen, planNoteText(note, language.translate));
    return Exit.good;
  } catch (error) {
    say(screen, explain(error, language.translate, screen.env));
    return signals.interrupt.aborted || signals.end.aborted || signals.kill.aborted ? Exit.cancelled : Exit.broken;
  }
}

/** One message for any error, without a stack trace unless it was requested. */
export function explain(error: unknown, t: Translate, env: NodeJS.ProcessEnv): string {
  if (error instanceof EngineError) return error.message;
  if (error instanceof TraceError) return error.told(t);
  if (error instanceof OutputError) return fileErrorText(error.stream, error.reason, t);
  const { path, message, stack } = error as NodeJS.ErrnoException;
  if (path !== undefined) return fileErrorText(path, error, t);
  const words = error instanceof Error ? message : String(error);
  const said = t('Coroscope itself failed: {0}. This is a mistake in Coroscope, not in your program.', words);
  if (env.COROSCOPE_DEBUG) return `${said}\n${stack}`;
  return `${said} ${t('{0} shows where.', 'COROSCOPE_DEBUG=1')}`;
}
