import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Timeline } from '../../src/core/timeline/model';
import { framesOf, type Times } from './frames';

/** speedscope, a viewer of profiles that npm has: installed when it is first measured, apart from the project's own packages. */

const VERSION = '1.23.1';
const FOLDER = resolve(process.env.COROSCOPE_PEERS ?? 'node_modules/.cache/coroscope-bench');
const RELEASE = join(FOLDER, 'node_modules/speedscope/dist/release');
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.json': 'application/json',
};

export interface PeerFigures {
  /** Milliseconds from asking for the file to the first picture. */
  readonly first: number;
  readonly frames: readonly Times[];
}

/** @returns undefined, and why on the console, if it cannot be installed. */
export async function peerFigures(browser: Browser, profile: string, levels: number): Promise<PeerFigures | undefined> {
  if (!existsSync(RELEASE)) {
    mkdirSync(FOLDER, { recursive: true });
    const args = [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefix',
      FOLDER,
      `speedscope@${VERSION}`,
    ];
    const { status } = spawnSync('npm', args, { stdio: 'ignore', shell: process.platform === 'win32' });
    if (status !== 0) {
      console.log('skipped: speedscope could not be installed');
      return undefined;
    }
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/profile.json') return response.writeHead(200, { 'content-type': TYPES['.json'] }).end(profile);
    const file = join(RELEASE, path === '/' ? 'index.html' : path.replace(/[^\w.-]/g, ''));
    if (!existsSync(file)) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'text/plain' }).end(readFileSync(file));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as { port: number };
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  try {
    const began = performance.now();
    const url = encodeURIComponent(`http://127.0.0.1:${port}/profile.json`);
    await page.goto(`http://127.0.0.1:${port}/#profileURL=${url}`);
    await page.waitForSelector('canvas', { timeout: 120_000 });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const first = performance.now() - began;
    const frames = await framesOf(page, { zoom: '+', pan: ['d', 'd', 'a'], target: 'window' }, levels);
    return { first, frames };
  } finally {
    await page.close();
    server.close();
  }
}

/** One lane of a timeline as an evented profile: each segment is a frame that opens and closes. */
export function eventedProfile({ segments, tasks, duration }: Timeline, task: number): string {
  const { first, count } = tasks[task];
  const events: string[] = [];
  for (let row = first; row < first + count; row++) {
    const frame = segments.state[row];
    events.push(`{"type":"O","frame":${frame},"at":${segments.start[row]}}`);
    events.push(`{"type":"C","frame":${frame},"at":${segments.end[row]}}`);
  }
  const frames = JSON.stringify(['ready', 'running', 'suspended'].map((name) => ({ name })));
  return (
    `{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":${frames}},` +
    `"profiles":[{"type":"evented","name":"lane","unit":"seconds","startValue":0,"endValue":${duration},"events":[${events.join(',')}]}]}`
  );
}
