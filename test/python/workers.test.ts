import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { coroscope } from '../cli/coroscope';
import { violations } from '../core/truths';

/** Servers that answer from several processes, as the system's own Python has them: each process is on the timeline. */
const python = process.env.COROSCOPE_LIBRARIES_PYTHON ?? '/usr/bin/python3';
const APP = `
import asyncio, os
from fastapi import FastAPI
app = FastAPI()

@app.get('/items/{id}')
async def item(id: int):
    await asyncio.sleep(0.01)
    return {'id': id, 'pid': os.getpid()}
`;

function has(modules: string): boolean {
  try {
    execFileSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Which process answers; undefined: none does yet. */
function ask(socketPath: string, id: number): Promise<number | undefined> {
  return new Promise((done) => {
    const asked = request({ socketPath, path: `/items/${id}` }, (answer) => {
      let text = '';
      answer.on('data', (data) => (text += data));
      answer.on('end', () => {
        const said = JSON.parse(text) as { id: number; pid: number };
        expect(said.id).toBe(id);
        done(said.pid);
      });
    });
    asked.on('error', () => done(undefined));
    asked.end();
  });
}

const servers = {
  'uvicorn --workers 2': {
    needs: 'uvicorn, fastapi',
    start: (socket: string) => ['-m', 'uvicorn', 'app:app', '--workers', '2', '--uds', socket],
    workers: 2,
  },
  'uvicorn --reload': {
    needs: 'uvicorn, fastapi',
    start: (socket: string) => ['-m', 'uvicorn', 'app:app', '--reload', '--uds', socket],
    workers: 1,
  },
  'gunicorn with two uvicorn workers': {
    needs: 'uvicorn, fastapi, gunicorn',
    start: (socket: string) => [
      ...['-m', 'gunicorn', 'app:app', '-w', '2', '-k', 'uvicorn.workers.UvicornWorker', '-b', `unix:${socket}`],
    ],
    workers: 2,
  },
};

describe.each(Object.entries(servers))('%s', (name, { needs, start, workers }) => {
  test('all workers are recorded, and each request once', async (context) => {
    if (!has(needs)) {
      const reason = `skipped: ${name}: ${python} has not all of ${needs}`;
      console.log(reason);
      context.skip(reason);
    }
    const folder = mkdtempSync(join(tmpdir(), 'coroscope-workers-'));
    const [socket, trace] = [join(folder, 'socket'), join(folder, 'out.coroscope')];
    writeFileSync(join(folder, 'app.py'), APP);
    const answered: number[] = [];
    let stop = () => {};
    let said = () => '';
    // A server that is not stopped stays for ever.
    onTestFinished(() => stop());
    const asking = async () => {
      // Until all are there; which of them answers is the system's choice.
      const started = () => said().split('Application startup complete').length - 1;
      for (let id = 0; answered.length < 100 || started() < workers; id += 20) {
        const pids = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(socket, id + i)));
        answered.push(...pids.filter((pid) => pid !== undefined));
        if (answered.length === 0) await new Promise((again) => setTimeout(again, 100));
      }
      stop();
    };
    const run = ['run', '--engine', python, '--follow-children', '--trace', trace, ...start(socket)];
    const ended = coroscope(run, {
      cwd: folder,
      act: (kill, _stdout, _pid, stderr) => {
        stop = () => kill('SIGINT');
        said = stderr;
      },
    });
    await Promise.race([asking(), ended]);
    const { stdout } = await ended;
    const timeline = readTimeline(readFileSync(trace));
    expect(stdout).toContain(`${timeline.processes.length} processes: the program (pid `);
    expect(violations(timeline)).toEqual([]);
    expect(timeline.errors.filter(({ kind }) => kind === 'tracer')).toEqual([]);
    const loops = new Map(timeline.processes.flatMap(({ pid, loops }) => loops.map((loop) => [loop, pid] as const)));
    const served = timeline.spans.filter(({ outcome }) => outcome === 'ended');
    const pids = served.map(({ task }) => loops.get(timeline.tasks.find(({ id }) => id === task)!.loop)!);
    expect(loops.size).toBe(workers);
    for (const { pid, ended, loops } of timeline.processes) {
      if (loops.length === 0) continue;
      const [recorded, asked] = [pids, answered].map((all) => all.filter((each) => each === pid).length);
      // Of one that was killed what came in its last moment may be missing.
      if (ended) expect(recorded).toBe(asked);
      else expect(recorded).toBeLessThanOrEqual(asked);
    }
    expect(served.length).toBeGreaterThan(0);
    expect(served.every(({ route, status }) => route === 'GET /items/{id}' && status === 200)).toBe(true);
  });
});
