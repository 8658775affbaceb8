import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EmbeddedEngine } from '../../src/engines/embedded/engine';
import { whole } from '../whole';
import { dist, program, runs } from './here';
import { waysOut } from './ways-out';

/** Programs that try to escape the sandbox with one of its two layers switched off: the other layer must hold alone. */

const folder = mkdtempSync(join(tmpdir(), 'coroscope-test-'));
const after = { mark: join(folder, 'mark'), secret: join(folder, 'secret'), token: 'COROSCOPE_TEST_TOKEN', port: 0 };
const words = `s${Math.random().toString(36).slice(2)}`;
let calls = 0;
const server = createServer((socket) => {
  calls++;
  socket.destroy();
});
let signals = 0;
const signalled = () => signals++;

beforeAll(async () => {
  writeFileSync(after.secret, words);
  process.env[after.token] = words;
  process.on('SIGUSR2', signalled);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  after.port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  delete process.env[after.token];
  process.off('SIGUSR2', signalled);
  server.close();
});

/** What a program says; some take their Python down with them. */
async function tried(source: string, python: EmbeddedEngine): Promise<{ stdout: string; stderr: string }> {
  return runs(program(source), { engine: 'embedded', python }).catch((error: Error) => ({
    stdout: '',
    stderr: error.message,
  }));
}

describe.each([
  ['the process alone', { outer: true, inner: false }],
  ['the realm and Python alone', { outer: false, inner: true }],
  ['both', { outer: true, inner: true }],
  // Its Python makes the snapshot for those after it.
  ['the realm and Python alone, first of all', { outer: false, inner: true }],
])('%s', (name, layers) => {
  const cache = name.endsWith('first of all') ? mkdtempSync(join(tmpdir(), 'coroscope-test-')) : undefined;
  const python = new EmbeddedEngine(dist, (text) => text, { layers, cache });
  afterAll(() => python.dispose());

  test.each(Object.keys(waysOut(after)))('%s', async (way) => {
    // Load it first: a failure to load must not count as a refusal.
    await python.warm();
    const { stdout, stderr } = await tried(waysOut(after)[way], python);
    if (process.env.COROSCOPE_SHOW) console.log(`${way}\n${stdout}${stderr}`);
    expect(stdout + stderr).not.toContain(words);
    expect(existsSync(after.mark)).toBe(false);
    expect([calls, signals]).toEqual([0, 0]);
  });
});

test('without either they do get out: the programs are what they say', async () => {
  const python = new EmbeddedEngine(dist, (text) => text, { layers: { outer: false, inner: false } });
  const came: string[] = [];
  // Some start work that takes effect only while the next program runs; for these, the effect is seen at once.
  const atOnce = ['os.system', 'import js: process, require, fetch', 'ctypes: system, and Python functions of C'];
  const isEnough = () => came.length > 8 && atOnce.every((way) => came.includes(way));
  for (const [way, source] of Object.entries(waysOut(after))) {
    const before = calls + signals;
    if (!whole && isEnough()) break;
    await python.warm();
    const { stdout, stderr } = await tried(source, python);
    if (existsSync(after.mark) || (stdout + stderr).includes(words) || calls + signals > before) came.push(way);
    rmSync(after.mark, { force: true });
    if (process.env.COROSCOPE_SHOW) console.log(`${way}\n${stdout}${stderr}`);
  }
  python.dispose();
  expect(came).toEqual(expect.arrayContaining(atOnce));
  expect(came.length).toBeGreaterThan(8);
}, 300_000);
