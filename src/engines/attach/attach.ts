import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Translate } from '../../core/translate';
import { EngineError } from '../engine';
import { tracerFolder } from '../interpreter/tracer-folder';
import { notPermitted, pythonOf, tooOld } from './python-of';

export interface AttachRequest {
  readonly pid: number;
  /** Path of the trace; the process writes it. */
  readonly trace: string;
  /** Ends the record after so many seconds. */
  readonly seconds?: number;
  readonly arguments: boolean;
  /** False: what was asked of known libraries is not told in the names of waits. */
  readonly libraryCalls?: boolean;
  /** The `dist` folder. */
  readonly assets: string;
  readonly env: NodeJS.ProcessEnv;
  readonly translate: Translate;
}

/** What is known once the process records. */
export interface Attached {
  readonly loops: number;
  readonly version: string;
  readonly program: string;
  /** The Python that attached. */
  readonly python: string;
}

/** How it ended: the process was left, or it ended itself. */
export type AttachEnd = 'detached' | 'process';

/** Records a process until the time is over, `stop` is aborted, or the process ends. @throws EngineError */
export async function attach(
  request: AttachRequest,
  attached: (what: Attached) => void,
  stop: AbortSignal,
): Promise<AttachEnd> {
  const { pid, trace, seconds, env, translate: t } = request;
  const { command } = await pythonOf(pid, env, t);
  const args = [tracerFolder(request.assets), 'attach', '--trace', trace];
  if (seconds !== undefined) args.push('--for', String(seconds));
  if (!request.arguments) args.push('--no-arguments');
  if (request.libraryCalls === false) args.push('--no-library-calls');
  // A group of its own: Ctrl+C is for the command, which then says so.
  const child = spawn(command, [...args, String(pid)], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    detached: process.platform !== 'win32',
  });
  const end = () => child.stdin.end();
  child.stdin.on('error', () => {});
  if (stop.aborted) end();
  else stop.addEventListener('abort', end, { once: true });
  let errors = '';
  child.stderr.on('data', (data) => (errors += data));
  let ended: AttachEnd | undefined;
  let refused: { readonly refused: string; readonly reason?: string } | undefined;
  const failed = new Promise<never>((_, reject) => child.on('error', reject));
  const exited = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const read = async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const told = JSON.parse(line);
      if (told.attached) attached({ ...told.attached, python: command });
      else if (told.ended) ended = told.ended;
      else if (told.refused) refused = told;
    }
    await exited;
  };
  try {
    await Promise.race([read(), failed]);
  } finally {
    stop.removeEventListener('abort', end);
  }
  if (refused) throw new EngineError(refusal(request, refused.refused, refused.reason ?? ''));
  if (!ended)
    throw new EngineError(t('Attaching to process {0} failed: {1}', pid, errors.trim().split('\n').at(-1) ?? ''));
  return ended;
}

function refusal({ pid, trace, translate: t }: AttachRequest, why: string, reason: string): string {
  switch (why) {
    case 'gone':
      return t('There is no process {0}.', pid);
    case 'permission':
      return notPermitted(pid, t);
    case 'old':
      return tooOld(pid, reason, t);
    case 'disabled':
      return t(
        'Process {0} does not let itself be attached to: it was started with {1} or {2}. Start it without, or record from within: {3}.',
        pid,
        'PYTHON_DISABLE_REMOTE_DEBUG',
        '-X disable-remote-debug',
        'with coroscope.record("out.coroscope")',
      );
    case 'no loop':
      return t('No event loop of asyncio runs in process {0}.', pid);
    case 'recorded':
      return t('Process {0} is being recorded already.', pid);
    case 'busy':
      return t(
        'Process {0} did not answer for {1} s. Its main thread has to come to run Python code: it may be in a long call of a library or wait for another thread. Nothing was recorded.',
        pid,
        reason,
      );
    case 'no python':
      return t('Process {0} is no Python of a version that can be attached to: 3.14 or later.', pid);
    case 'other version':
      return t('Process {0} runs another version of Python. Put that one on the PATH. ({1})', pid, reason);
    case 'version':
      return t('Process {0} has another version of the package coroscope. Use the command of that version.', pid);
    case 'trace':
      return t('Process {0} cannot write {1}: {2}.', pid, trace, reason);
    default:
      return t('Attaching to process {0} failed: {1}', pid, reason);
  }
}
