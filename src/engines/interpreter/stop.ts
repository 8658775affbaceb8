import type { ChildProcess } from 'node:child_process';
import type { Seconds } from '../../core/units';
import type { StopReason } from '../engine';

/** How long a child may take to write the end of its trace after it was asked to stop. */
const PATIENCE = 2_000;
/** How much later than the tracer itself the host enforces the limit of wall time: the tracer tells better where the program stood. */
const LATER = 250;
/** How long Python may take to start. */
const START = 10_000;

/** Ends a child when the signal aborts or its time is over: it is asked to (SIGTERM), then killed with all that it started. */
export function stopper(child: ChildProcess, signal: AbortSignal, wallTime: Seconds) {
  const over = () => stop('wall-time');
  let reason: StopReason | undefined;
  let killer: NodeJS.Timeout | undefined;
  const stop = (why: StopReason) => {
    if (reason) return;
    reason = why;
    child.kill('SIGTERM');
    killer = setTimeout(() => kill(child), PATIENCE);
  };
  const cancel = () => stop('cancelled');
  let timer = wallTime > 0 ? setTimeout(over, wallTime * 1000 + START) : undefined;
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel);
  return {
    /** The program begins: its time counts from here. */
    began() {
      if (!timer) return;
      clearTimeout(timer);
      timer = setTimeout(over, wallTime * 1000 + LATER);
    },
    /** Why the host ended it, if it did. */
    reason: () => reason,
    dispose() {
      clearTimeout(timer);
      clearTimeout(killer);
      signal.removeEventListener('abort', cancel);
      // What the program started does not outlive a run that was stopped.
      if (reason) kill(child);
    },
  };
}

function kill(child: ChildProcess): void {
  try {
    if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
