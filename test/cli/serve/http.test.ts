import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { GrowingTrace } from '../../../src/cli/serve/growing-trace';
import { hasBrowser } from '../../../src/cli/serve/open-browser';
import type { Standing } from '../../../src/cli/serve/served';
import { TraceServer } from '../../../src/cli/serve/server';
import { inMemory } from '../../../src/core/trace/source';
import { allInterpreters, dist, interpreters, program } from '../../engines/here';
import { coroscope, scratch } from '../coroscope';
import { ask, type ServedRun, served } from './served-run';

const engine = interpreters.at(-1)?.command ?? '';
const run = ['run', '--engine', engine, '--clock', 'real', '--serve'];
const ENDLESS = `
import asyncio
async def main():
    n = 0
    while True:
        await asyncio.create_task(asyncio.sleep(0.02), name=f'short-{n}')
        n += 1
asyncio.run(main())
`;
const SHORT = 'import asyncio, sys\nasyncio.run(asyncio.sleep(0.1))\nsys.exit(5)';

const runs: ServedRun[] = [];
afterEach(async () => {
  for (const each of runs.splice(0)) {
    each.child.kill('SIGKILL');
    await each.ended;
  }
});
async function serving(args: readonly string[], cwd?: string): Promise<ServedRun> {
  const made = await served(args, cwd);
  runs.push(made);
  return made;
}

const standings = (events: string) =>
  [...events.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json) as Standing);
/** The events up to when the trace has so many bytes, or is complete. */
async function grown({ port, token }: ServedRun, least: number): Promise<Standing[]> {
  const enough = (body: string) => standings(body).some(({ length, complete }) => complete || length > least);
  return standings((await ask(port, `/${token}/events`, { enough })).body.toString());
}
const complete = (run: ServedRun) => grown(run, Number.POSITIVE_INFINITY);

describe.skipIf(engine === '')('who may ask', () => {
  let shared: ServedRun;
  beforeAll(async () => {
    shared = await served([...run, program(ENDLESS)]);
    await grown(shared, 100);
  });
  afterAll(async () => {
    shared.child.kill('SIGTERM');
    await shared.ended;
  });
  const PAGES = [
    '',
    'about',
    'sources',
    'events',
    'trace?from=0&to=16',
    'main.js',
    'serve.js',
    'main.css',
    'codicon.ttf',
  ];

  test.each(PAGES)('with the token, and as the page itself: %s', async (page) => {
    const { port, token } = shared;
    const { status, headers } = await ask(port, `/${token}/${page}`, { enough: () => true });
    expect(status).toBe(200);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each(PAGES)('without the right token all addresses are alike: %s', async (page) => {
    const { port, token } = shared;
    const other = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    const wrong = [
      `/${page}`,
      `//${page}`,
      `/${other}/${page}`,
      `/${token}x/${page}`,
      `/${token.slice(1)}/${page}`,
      `/x/${token}/${page}`,
    ];
    const first = await ask(port, '/nothing');
    for (const path of [...wrong, `/open/${token}`, `/${token}`, `/${token.toLowerCase()}/${page}`]) {
      const { status, body } = await ask(port, path);
      expect([path, status, body.length]).toEqual([path, 404, first.body.length]);
    }
  });

  test.each([
    [{ host: 'evil.example' }, 421],
    [{ host: 'evil.example:PORT' }, 421],
    [{ host: 'localhost:PORT' }, 421],
    [{ host: '127.0.0.1' }, 421],
    [{ host: '127.0.0.1:1' }, 421],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
  ])('a page of elsewhere may not: %j', async (headers, expected) => {
    const { port, token } = shared;
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(port))]),
    );
    for (const page of ['', 'events', 'trace?from=0&to=16'])
      expect((await ask(port, `/${token}/${page}`, { headers: sent })).status).toBe(expected);
  });

  test('nothing is changed by a request that is not of the page', async () => {
    const { port, token } = shared;
    const stop = `/${token}/stop`;
    const status = async (method: string, headers = {}) => (await ask(port, stop, { method, headers })).status;
    expect(await status('GET')).toBe(404);
    expect(await status('POST')).toBe(403);
    expect(await status('POST', { origin: 'https://evil.example' })).toBe(403);
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH']) expect(await status(method)).toBe(405);
    const own = { origin: `http://127.0.0.1:${port}` };
    expect((await ask(port, `/${token.slice(1)}/stop`, { method: 'POST', headers: own })).status).toBe(404);
    expect((await ask(port, `/${token}/about`, { method: 'POST', headers: own })).status).toBe(404);
    expect(shared.child.exitCode).toBe(null);
  });

  test('no file but those of the page', async () => {
    const { port, token } = shared;
    for (const path of [
      '../cli.js',
      '..%2fcli.js',
      '%2e%2e/cli.js',
      'main.js/',
      'main.js.map',
      'constructor',
      '__proto__',
      '.',
      'trace/..',
      'main.js%00',
    ]) {
      const { status } = await ask(port, `/${token}/${path}`);
      expect([path, status]).toEqual([path, path === '.' || path === 'trace/..' ? 200 : 404]);
    }
    for (const range of [
      '',
      '?from=0',
      '?from=0&to=999999999999',
      '?from=-1&to=2',
      '?from=5&to=2',
      '?from=a&to=b',
      '?from=0x1&to=16',
      '?from=1e3&to=2e3',
    ])
      expect([range, (await ask(port, `/${token}/trace${range}`)).status]).toEqual([range, 416]);
  });

  test('it listens on the loopback address alone', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((each) => each && !each.internal && each.family === 'IPv4')
      .map((each) => each!.address);
    const refused = (host: string) =>
      new Promise<boolean>((resolve) => {
        const socket = connect(shared.port, host, () => {
          socket.destroy();
          resolve(false);
        }).on('error', () => resolve(true));
      });
    // Of 127.0.0.0/8 too, only this one.
    for (const host of [...others, '127.0.0.2']) expect([host, await refused(host)]).toEqual([host, true]);
    expect(await refused('127.0.0.1')).toBe(false);
  });
});

describe.skipIf(engine === '')('what is served', () => {
  test('the trace as it grows, byte for byte; then it stays until Ctrl+C, with the exit code of the program', async () => {
    const trace = join(scratch(), 'out.coroscope');
    const made = await serving([...run, '--trace', trace, program(SHORT)]);
    const { port, token, until, child, ended, said } = made;
    const all = await complete(made);
    expect(all.map(({ length }) => length)).toEqual(all.map(({ length }) => length).sort((a, b) => a - b));
    expect(all.at(-1)).toMatchObject({ status: { state: 'done' }, complete: true, changed: false });
    const { length } = all.at(-1)!;
    const { body } = await ask(port, `/${token}/trace?from=0&to=${length}`);
    expect(body.equals(readFileSync(trace))).toBe(true);
    await until('The timeline stays there until Ctrl+C.');
    expect(said().stdout).toContain('In time');
    expect(child.exitCode).toBe(null);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
  });

  test('a program that is killed: its record has another end than it had before', async () => {
    const file = program(
      'import asyncio, os\nasync def main():\n    await asyncio.sleep(0.2)\n    os.kill(os.getpid(), 9)\nasyncio.run(main())',
    );
    expect((await complete(await serving([...run, file]))).at(-1)).toMatchObject({ complete: true, changed: true });
  });

  test('the button Stop ends the program as a cancelled one', async () => {
    const made = await serving([...run, program(ENDLESS)]);
    const { port, token, until, child, ended } = made;
    const headers = { origin: `http://127.0.0.1:${port}` };
    await grown(made, 500);
    expect((await ask(port, `/${token}/stop`, { method: 'POST', headers })).status).toBe(204);
    await until('The timeline stays there until Ctrl+C.');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });

  test('show --serve: of a trace, only sources of the folder where it is opened', async () => {
    const [folder, elsewhere] = [scratch(), scratch()];
    const file = program(SHORT);
    const trace = join(folder, 'a.coroscope');
    await coroscope(['run', '--engine', engine, '--trace', trace, file]);
    for (const [cwd, count] of [
      [elsewhere, 0],
      [join(file, '..'), 1],
    ] as const) {
      const { port, token, child, ended } = await serving(['show', '--serve', trace], cwd);
      const { sources } = JSON.parse((await ask(port, `/${token}/sources`)).body.toString());
      expect(sources).toHaveLength(count);
      child.kill('SIGINT');
      expect(await ended).toBe(0);
    }
  });

  test('a run of which only the end is kept has no trace that grows', async () => {
    const { code, stderr } = await coroscope(['run', '--serve', '--keep', '5s', program(SHORT)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Write --serve or --keep, not both.')]);
  });

  const attachable = allInterpreters.find(({ version }) => Number(version.split('.')[1]) >= 14)?.command;
  test.skipIf(!attachable)('attach --serve: what the process does; Stop leaves it', async () => {
    const target = spawn(attachable!, [program(ENDLESS)], { stdio: 'ignore' });
    try {
      const made = await serving(['attach', '--serve', String(target.pid)]);
      const { port, token, until, child, ended, said } = made;
      expect((await grown(made, 5_000))[0]).toMatchObject({
        status: { state: 'running', program: `pid ${target.pid}` },
      });
      await ask(port, `/${token}/stop`, { method: 'POST', headers: { origin: `http://127.0.0.1:${port}` } });
      await until('The timeline stays there until Ctrl+C.');
      expect(said().stderr).toContain('goes on, unrecorded.');
      const { standing } = JSON.parse((await ask(port, `/${token}/about`)).body.toString());
      expect(standing).toMatchObject({ complete: true, status: { state: 'done' } });
      child.kill('SIGINT');
      expect(await ended).toBe(0);
      expect(target.exitCode).toBe(null);
    } finally {
      target.kill('SIGKILL');
    }
  });
});

test('the address with which the browser is opened leads there once', async () => {
  const trace = new GrowingTrace('/x.py', inMemory(new Uint8Array(8)), () => ({ sources: [], shapes: [] }));
  const language = { locale: 'ko', words: { Stop: '중지' } };
  const server = new TraceServer(trace, { assets: dist, title: '</title><script>x', root: '/', language, stop() {} });
  await server.listen();
  const { port, pathname } = new URL(server.ticket());
  expect((await ask(Number(port), `${pathname}x`)).status).toBe(404);
  const { status, headers } = await ask(Number(port), pathname);
  expect([status, headers.location]).toEqual([303, new URL(server.url).pathname]);
  expect((await ask(Number(port), pathname)).status).toBe(404);
  const page = (await ask(Number(port), new URL(server.url).pathname)).body.toString();
  expect(page).toContain('<html lang="ko">');
  expect(page).toContain('<title>&lt;/title&gt;&lt;script&gt;x</title>');
  server.close();
});

test('a browser is opened where somebody sits before one', () => {
  const at = (env: NodeJS.ProcessEnv, isTTY = true, platform: NodeJS.Platform = 'linux') =>
    hasBrowser({ env, cwd: '/', stdout: { write() {} }, stderr: { write() {}, isTTY } }, platform);
  expect(at({ DISPLAY: ':0' })).toBe(true);
  expect(at({ WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(at({}, true, 'darwin')).toBe(true);
  expect(at({})).toBe(false);
  expect(at({ DISPLAY: ':0' }, false)).toBe(false);
  for (const env of [{ CI: '1' }, { SSH_CONNECTION: '::1 1 ::1 22' }, { BROWSER: 'none' }])
    expect(at({ DISPLAY: ':0', ...env })).toBe(false);
});
