import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WallLimit } from '../dialog';
import type { RunRequest, StopReason } from '../engine';

/** How long a child may take to write the end of its trace after it was asked to stop. */
const PATIENCE = 2_000;
/** How much later than the tracer itself the host enforces the limit of wall time: the tracer tells better where the program stood. */
const LATER = 250;
/** How long Python may take to start. */
const START = 10_000;

/** A file that tells the tracer why it gets a SIGTERM; one that comes from elsewhere finds none. */
export class StopFile {
  readonly path = join(tmpdir(), `coroscope-stop-${randomUUID()}`);

  say(reason: StopReason): void {
    writeFileSync(this.path, reason, { mode: 0o600 });
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/**
 * Ends a child when the signal aborts or its time is over: it is asked to (SIGTERM), then killed with all that it started. Ctrl+C is
 * passed on as it is.
 */
export function stopper(
  child: ChildProcess,
  { interrupt, kill, limits: { wallTime } }: Pick<RunRequest, 'interrupt' | 'kill' | 'limits'>,
  signal: AbortSignal,
  file: StopFile,
) {
  const over = () => stop('wall-time');
  let reason: StopReason | undefined;
  let killer: NodeJS.Timeout | undefined;
  const stop = (why: StopReason) => {
    if (reason) return;
    reason = why;
    file.say(why);
    child.kill('SIGTERM');
    killer = setTimeout(() => killAll(child), PATIENCE);
  };
  const cancel = () => stop('cancelled');
  // As from a terminal: the program gets it, and what it started. On Windows the console has told them already.
  const ask = () => signalAll(child, 'SIGINT');
  const end = () => {
    reason ??= 'cancelled';
    killAll(child);
  };
  const clock = new WallLimit(wallTime, over);
  let starting = wallTime > 0 ? setTimeout(over, wallTime * 1000 + START) : undefined;
  if (interrupt?.aborted) ask();
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  interrupt?.addEventListener('abort', ask);
  kill?.addEventListener('abort', end);
  return {
    /** The program begins: its time counts from here. */
    began() {
      if (!starting) return;
      clearTimeout(starting);
      starting = undefined;
      clock.go(LATER);
    },
    /** It waits for a person, or no longer: that is none of its time. */
    waits(on: boolean) {
      if (on) clock.stop();
      else clock.go(LATER);
    },
    /** Why the host ended it, if it did. */
    reason: () => reason,
    dispose() {
      clearTimeout(starting);
      clock.stop();
      clearTimeout(killer);
      signal.removeEventListener('abort', cancel);
      interrupt?.removeEventListener('abort', ask);
      kill?.removeEventListener('abort', end);
      file.remove();
      // What the program started does not outlive a run that was stopped.
      if (reason) killAll(child);
    },
  };
}

function killAll(child: ChildProcess): void {
  if (process.platform === 'win32') child.kill('SIGKILL');
  else signalAll(child, 'SIGKILL');
}

/** To the child and whatever is in its group. */
function signalAll(child: ChildProcess, signal: NodeJS.Signals): void {
  if (process.platform === 'win32' || child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}
