import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('module.py', import.meta.url));
const tracer = resolve(fileURLToPath(new URL('../../src/python/coroscope', import.meta.url)));
const PATIENCE = 300_000;

/** Runs one module in a process of its own. @returns test id → outcome and why */
export async function outcomes(python, name, traced) {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-transparency-'));
  const results = join(folder, 'results');
  const before = traced ? [tracer, 'run', '--clock', 'real', '--trace', join(folder, 'trace.coroscope')] : [];
  const { status, stderr } = await execute(python.command, [...before, script, name, results], folder);
  const found = read(results);
  const ended = found.delete('');
  if (!ended) {
    // The process died or hung: the test that was running is the one to look at.
    const running = [...found].find(([, { outcome }]) => outcome === 'started')?.[0] ?? `${name} (no test)`;
    found.set(running, {
      outcome: status === undefined ? 'hangs' : `ends the process (${status})`,
      why: stderr.slice(-2000),
    });
  }
  // If the tracer had switched itself off, passing would prove nothing.
  const failure = traced ? tracerFailure(join(folder, 'trace.coroscope')) : '';
  found.set(`${name} (recorded to its end)`, { outcome: failure === '' ? 'ok' : 'fail', why: failure });
  rmSync(folder, { recursive: true, force: true });
  return found;
}

function tracerFailure(file) {
  let trace = '';
  try {
    trace = readFileSync(file, 'latin1');
  } catch {
    return 'There is no trace.';
  }
  const at = trace.indexOf('{\\"reason\\": \\"tracer\\"');
  if (at >= 0) return `The tracer failed and took itself out: ${trace.slice(at, at + 500)}`;
  return trace.slice(-200).includes('END ') ? '' : 'The trace has no end.';
}

function read(file) {
  const found = new Map();
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // The module died before its first line.
  }
  for (const line of text.split('\n')) {
    if (line === '' || !line.endsWith(']')) continue;
    const [id, outcome, , why = ''] = JSON.parse(line);
    found.set(id.replace('test.test_asyncio.', ''), { outcome, why });
  }
  return found;
}

function execute(command, args, cwd) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
    });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr = (stderr + data).slice(-10_000);
    });
    let status;
    const timer = setTimeout(() => stop(child), PATIENCE);
    child.on('exit', (code, signal) => {
      status = signal === 'SIGKILL' ? undefined : (code ?? signal);
      clearTimeout(timer);
      // Children that a killed test left behind would hold the pipe open.
      stop(child);
    });
    child.on('close', () => done({ status, stderr }));
    child.on('error', () => done({ status: 'not started', stderr }));
  });
}

function stop(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
