import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTimeline } from '../../src/core/timeline/build';
import { coroscope } from '../cli/coroscope';
import { violations } from '../core/truths';
import { interpreters, program } from '../engines/here';

/** Pythons that someone else starts, with the variables that `coroscope env` prints. */
async function variables(trace: string): Promise<Record<string, string>> {
  const { code, stdout } = await coroscope(['env', trace]);
  expect(code).toBe(0);
  return Object.fromEntries(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

function recorded(folder: string, name: string) {
  const timeline = readTimeline(readFileSync(join(folder, name)));
  expect(violations(timeline)).toEqual([]);
  return timeline.tasks.map(({ coroutine }) => coroutine);
}

const SOURCE = `import asyncio, os, subprocess, sys
async def parent(): await asyncio.sleep(0.01)
async def child(): await asyncio.sleep(0.01)
if len(sys.argv) > 1:
    if sys.argv[1] == 'loop': asyncio.run(child())
    print(sys.argv[1])
else:
    asyncio.run(parent())
    for what in ('loop', 'none'):
        subprocess.run([sys.executable, __file__, what], check=True)
    print([path for path in sys.path if path.endswith('hook')])
`;

describe.each(interpreters)('$version', ({ command }) => {
  test('a program records itself, and each Python that it starts beside it; one without an event loop leaves nothing', async () => {
    const file = program(SOURCE);
    const folder = dirname(file);
    const bare = spawnSync(command, [file], { encoding: 'utf8', timeout: 30_000 });
    const env = { ...process.env, ...(await variables(join(folder, 'out.coroscope'))) };
    const { stdout, stderr } = spawnSync(command, [file], { env, encoding: 'utf8', timeout: 30_000 });
    expect([stdout, stderr]).toEqual([bare.stdout, '']);
    const traces = readdirSync(folder)
      .filter((name) => name.endsWith('.coroscope'))
      .sort();
    expect(traces).toEqual([expect.stringMatching(/^out-\d+\.coroscope$/), 'out.coroscope']);
    expect(traces.map((name) => recorded(folder, name)[0])).toEqual(['child', 'parent']);
  });

  test('what cannot be written is said once, and the program runs', async () => {
    const file = program("print('here')\n");
    const env = { ...process.env, ...(await variables(join(dirname(file), 'no', 'such', 'out.coroscope'))) };
    const { status, stdout, stderr } = spawnSync(command, [file], { env, encoding: 'utf8', timeout: 30_000 });
    expect([status, stdout]).toEqual([0, 'here\n']);
    expect(stderr).toMatch(/^coroscope: .*out\.coroscope cannot be written: .*This process is not recorded\.\n$/);
  });
});

const python = process.env.COROSCOPE_LIBRARIES_PYTHON ?? '/usr/bin/python3';
const APP = `import asyncio
async def app(scope, receive, send):
    if scope['type'] == 'lifespan':
        while True:
            kind = (await receive())['type']
            await send({'type': kind + '.complete'})
            if kind.endswith('shutdown'): return
    await asyncio.sleep(0.01)
    await send({'type': 'http.response.start', 'status': 200, 'headers': []})
    await send({'type': 'http.response.body', 'body': b'here'})
`;
const servers = {
  'uvicorn --workers 2': ['-m', 'uvicorn', 'program:app', '--workers', '2', '--uds'],
  gunicorn: ['-m', 'gunicorn', 'program:app', '-w', '2', '-k', 'uvicorn.workers.UvicornWorker', '-b'],
};

for (const [name, args] of Object.entries(servers)) {
  const there = spawnSync(python, ['-c', `import uvicorn, ${args[1]}`], { stdio: 'ignore' }).status === 0;
  if (!there) console.log(`skipped: ${name}: ${python} has no ${args[1]}`);
  test.skipIf(!there)(`${name}, as a service manager starts it: each worker has a trace in the folder`, async () => {
    const file = program(APP);
    const socket = join(mkdtempSync(join(tmpdir(), 'co-')), 's');
    const traces = mkdtempSync(join(tmpdir(), 'co-'));
    const address = name === 'gunicorn' ? `unix:${socket}` : socket;
    const env = { ...process.env, ...(await variables(`${traces}/`)) };
    const server = spawn(python, [...args, address], { env, cwd: dirname(file), stdio: 'ignore' });
    onTestFinished(() => void server.kill('SIGKILL'));
    const answers = () =>
      new Promise<boolean>((done) => {
        request({ socketPath: socket, path: '/asked-for' }, (answer) => {
          answer.resume().on('end', () => done(answer.statusCode === 200));
        })
          .on('error', () => done(false))
          .end();
      });
    const requests = () =>
      readdirSync(traces).filter((trace) => readFileSync(join(traces, trace)).includes('/asked-for')).length;
    while (!(await answers())) await new Promise((next) => setTimeout(next, 50));
    server.kill('SIGTERM');
    await once(server, 'exit');
    expect(requests()).toBe(1);
    for (const trace of readdirSync(traces)) recorded(traces, trace);
  });
}
