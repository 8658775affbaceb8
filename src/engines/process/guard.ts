import { spawn } from 'node:child_process';

/** How long the program may take to end by itself when its host is gone (s). */
const PATIENCE = 2;

/**
 * Ends a process, with all that is in its group, when this one is gone, however that came: a small process waits for the end of a pipe
 * that only this one holds.
 * @param pid on POSIX the leader of a group of its own
 * @returns takes the guard away; to be called as soon as the process has ended
 */
export function guard(pid: number): () => void {
  const [command, args] = process.platform === 'win32' ? windows(pid) : posix(pid);
  const child = spawn(command, args, {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Outside of this group and of its terminal: what ends this process must not end the guard.
    detached: true,
    windowsHide: true,
    ...(process.versions.electron ? { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } } : {}),
  });
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  (child.stdin as unknown as { unref(): void }).unref();
  child.unref();
  return () => child.kill('SIGKILL');
}

function posix(pid: number): [string, string[]] {
  const script = 'read -r _; kill -TERM "-$1"; sleep "$2"; kill -KILL "-$1"';
  return ['/bin/sh', ['-c', script, 'coroscope-guard', String(pid), String(PATIENCE)]];
}

function windows(pid: number): [string, string[]] {
  const script = `process.stdin.resume().on('close', () => require('child_process').execFile('taskkill', ['/T', '/F', '/PID', '${pid}']))`;
  return [process.execPath, ['-e', script]];
}
