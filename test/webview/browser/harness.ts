import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../chromium';
import { report } from '../../report';
import { gather, polling, pollingShapes } from './scenes';
import { gatherSources } from './scenes-source';
import { type PageServer, serve } from './serve';
import { release } from './warm-page';

/** A small runner: tests share a browser and a server, each opens pages of its own. */
export interface Room {
  readonly browser: Browser;
  readonly url: string;
  /** Where to put a screenshot. */
  shot(name: string): string;
  close(): Promise<void>;
}

type Test = (room: Room) => Promise<void>;

const tests: [name: string, test: Test][] = [];

export function test(name: string, body: Test): void {
  tests.push([name, body]);
}

const BUNDLE = process.env.COROSCOPE_WEBVIEW ?? 'dist/webview';
/** Browsers. */
const AT_ONCE = Number(process.env.JOBS ?? availableParallelism());
const SHOTS = 'test-results/webview';
/** Pages that `--html` would write. */
const EXPORTED = new Map([
  ['gather', { trace: gather() }],
  ['polling', { trace: polling(), shapes: pollingShapes }],
  ['with-source', { trace: gather(), sources: gatherSources() }],
]);

/** A browser and a server of the bundle. */
export async function openRoom(): Promise<Room> {
  if (!existsSync(`${BUNDLE}/main.js`)) throw new Error(`${BUNDLE} is missing: run \`npm run build\` first.`);
  mkdirSync(SHOTS, { recursive: true });
  const server = await serve(BUNDLE, EXPORTED);
  const executablePath = findChromium();
  if (!executablePath)
    throw new Error('No Chromium found: install one, or name it in the environment variable CHROMIUM.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return {
    browser,
    url: server.url,
    shot: (name) => `${SHOTS}/${name}.png`,
    async close() {
      await browser.close();
      await closed(server);
    },
  };
}

/** Runs those whose name contains `filter`, in as many browsers as there are processors, and tells how many passed. @returns how many failed. */
export async function runAll(filter = ''): Promise<number> {
  const queue = tests.filter(([name]) => name.includes(filter));
  const passes: boolean[] = [];
  const work = async () => {
    const room = await openRoom();
    try {
      for (let next = queue.shift(); next; next = queue.shift()) passes.push(await runOne(room, ...next));
    } finally {
      await room.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, work));
  const passed = passes.filter(Boolean).length;
  console.log(`${passed} passed, ${passes.length - passed} failed`);
  return passes.length - passed;
}

async function runOne(room: Room, name: string, body: Test): Promise<boolean> {
  const start = performance.now();
  const told = { file: 'test/webview/browser', name };
  const seconds = () => (performance.now() - start) / 1000;
  try {
    await body(room);
    console.log(`  ok    ${name} (${Math.round(seconds() * 1000)} ms)`);
    report({ ...told, seconds: seconds(), outcome: 'passed' });
    return true;
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.log(`  FAIL  ${name}\n${why}`);
    const again = `npm run test:webview -- '${name.replaceAll("'", "'\\''")}'`;
    report({ ...told, seconds: seconds(), outcome: 'failed', why, again });
    return false;
  } finally {
    await release(room.browser);
  }
}

async function closed(server: PageServer): Promise<void> {
  await Promise.race([server.close(), new Promise((late) => setTimeout(late, 1000))]);
}
