import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { planNoteText } from '../core/trace/plan-notes';
import { TraceError } from '../core/trace/trace-error';
import type { Translate } from '../core/translate';
import { EngineError } from '../engines/engine';
import { type Command, readCommand, UsageError } from './arguments';
import { compare } from './compare';
import { Exit } from './exit';
import { help } from './help';
import { languageOf } from './language';
import { present } from './present';
import { run } from './run';
import { say } from './say';
import type { Screen } from './screen';
import type { Stops } from './stops';

/** The command. @returns its exit code; whatever goes wrong is said on stderr in one message */
export async function main(
  argv: readonly string[],
  screen: Screen,
  assets: string,
  version: string,
  stops: Stops,
): Promise<number> {
  let command: Command;
  try {
    command = readCommand(argv);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { translate: t } = languageOf(error.lang, screen.env);
    say(screen, `${t(error.message, ...error.holes)} ${t('{0} tells more.', 'coroscope --help')}`);
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
  try {
    if (command.kind === 'run') return await run(command, screen, language, assets, stops);
    if (command.kind === 'compare') return compare(command, screen, language, assets);
    const trace = new Uint8Array(readFileSync(resolve(screen.cwd, command.trace)));
    const { meta } = present(trace, command, screen, language, assets);
    for (const note of meta.notes) say(screen, planNoteText(note, language.translate));
    return Exit.good;
  } catch (error) {
    say(screen, explain(error, language.translate));
    return stops.end.aborted || stops.kill.aborted ? Exit.cancelled : Exit.broken;
  }
}

function explain(error: unknown, t: Translate): string {
  if (error instanceof EngineError) return error.message;
  if (error instanceof TraceError) return error.told(t);
  const { code, path, message } = error as NodeJS.ErrnoException;
  if (path === undefined) return error instanceof Error ? (error.stack ?? message) : String(error);
  if (code === 'ENOENT') return t('There is no file {0}.', path);
  if (code === 'EISDIR') return t('{0} is a folder.', path);
  return t('{0} cannot be read or written: {1}', path, message);
}
