import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { Translate } from '../../core/translate';
import { EngineError } from '../engine';
import { candidates } from '../interpreter/discovery';
import { type Interpreter, probe } from '../interpreter/probe';

/** The first version that lets itself be asked by another process. */
const FIRST_MINOR = 14;

/**
 * A Python of the version of a process: on Linux its own executable, elsewhere the first new enough on the PATH.
 * @throws EngineError where there is none
 */
export async function pythonOf(pid: number, env: NodeJS.ProcessEnv, t: Translate): Promise<Interpreter> {
  sayIfGone(pid, t);
  for (const command of commandsFor(pid, env, t)) {
    const found = await probe(command, env);
    if (found.kind !== 'good') continue;
    const { version } = found.interpreter;
    if (Number(version.split('.')[1]) >= FIRST_MINOR) return found.interpreter;
    if (process.platform === 'linux') throw new EngineError(tooOld(pid, version, t));
  }
  throw new EngineError(
    t(
      'Attaching to process {0} needs Python 3.14 or later, of the version that the process runs. None was found.',
      pid,
    ),
  );
}

export function tooOld(pid: number, version: string, t: Translate): string {
  return t(
    'Process {0} runs Python {1}. Coroscope attaches to Python 3.14 and later. In an older one, record from within: {2}.',
    pid,
    version,
    'with coroscope.record("out.coroscope")',
  );
}

function sayIfGone(pid: number, t: Translate): void {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') throw new EngineError(t('There is no process {0}.', pid));
  }
}

function commandsFor(pid: number, env: NodeJS.ProcessEnv, t: Translate): string[] {
  if (process.platform !== 'linux') return onPath(env);
  let executable: string;
  try {
    executable = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new EngineError(t('There is no process {0}.', pid));
    throw new EngineError(notPermitted(pid, t));
  }
  if (/^(python|pypy)[\d.]*t?d?$/.test(basename(executable))) return [executable];
  const name = embedded(pid);
  if (name === undefined) throw new EngineError(t('Process {0} is no Python: it runs {1}.', pid, executable));
  return onPath(env).filter((path) => basename(path) === name);
}

/** `python3.14` for a program that has CPython as a library. */
function embedded(pid: number): string | undefined {
  try {
    const [, version] = /\/libpython(3\.\d+t?)\./.exec(readFileSync(`/proc/${pid}/maps`, 'latin1')) ?? [];
    return version && `python${version}`;
  } catch {
    return undefined;
  }
}

function onPath(env: NodeJS.ProcessEnv): string[] {
  return candidates({ env, platform: process.platform, folder: '/' }).map(({ command }) => command);
}

export function notPermitted(pid: number, t: Translate): string {
  const how =
    process.platform === 'linux'
      ? t(
          'It has to be one of your own, and /proc/sys/kernel/yama/ptrace_scope has to be 0; or run the command with sudo.',
        )
      : process.platform === 'darwin'
        ? t('On macOS the command has to be run with sudo.')
        : t('The command has to be run as an administrator.');
  return `${t('The system does not let you attach to process {0}.', pid)} ${how}`;
}
