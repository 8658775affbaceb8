import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Page } from 'playwright-core';
import { joined } from '../../src/core/joined';
import { buildLanes } from '../../src/core/lanes/lanes';
import { readTimeline } from '../../src/core/timeline/build';
import { openRoom, type Room } from '../webview/browser/harness';
import { openPanel, settle } from '../webview/browser/panel';
import { crowd, interloper } from '../webview/browser/scenes';
import { streamOf } from '../webview/browser/streams';
import { at, framesOf, recorded, type Times, told } from './frames';
import { eventedProfile, peerFigures } from './peer-viewer';
import { PROFILED, tellSlow } from './slow-frames';

/** The panel in a real Chromium: how much work a frame is at every zoom, how soon there is a picture, how it grows while a program runs. */

const SIZE = { width: 1600, height: 1000 };
const LEVELS = 30;
const DRIVE = { zoom: 'w', pan: ['d', 'd', 'a'], target: '.stage' } as const;
/** Of frames over the budget it is told what they did; the profile for that takes time itself. */
const why = process.argv.includes('--why');
const axes = ['time', 'squeezed', 'steps'] as const;

const workloads = [
  { label: '200 lanes', trace: () => crowd(200, 1667) },
  { label: '10,000 tasks', trace: () => crowd(10_000, 34) },
  { label: '5 lanes', trace: () => crowd(5, 66_667) },
];

/** Milliseconds from the message with the bytes, of a whole run or of the beginning of one, to the first picture, in the page. */
async function firstPicture(page: Page, trace: Uint8Array, grows = false): Promise<number> {
  const message = { base64: Buffer.from(trace).toString('base64'), grows };
  return page.evaluate(async ({ base64, grows }) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const status = { state: 'done', program: '/project/demo.py', engine: '', reason: '' };
    const began = performance.now();
    window.postMessage(grows ? { type: 'append', bytes } : { type: 'status', status, trace: bytes });
    await new Promise<void>((drawn) => {
      const look = () =>
        document.querySelector('.names .name') ? requestAnimationFrame(() => drawn()) : setTimeout(look, 1);
      look();
    });
    document.querySelector('canvas')!.getContext('2d')!.getImageData(0, 0, 1, 1);
    return performance.now() - began;
  }, message);
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function bytesASegment(trace: Uint8Array): { readonly segments: number; readonly bytes: number } {
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  const lanes = buildLanes(readTimeline(trace));
  const after = held();
  return { segments: lanes.timeline.segments.count, bytes: (after - before) / lanes.timeline.segments.count };
}

async function sizes(room: Room): Promise<void> {
  console.log(`| timeline | segments | first picture (s) | bytes a segment | axis | whole | middle | deep | all: p95 |
|---|---|---|---|---|---|---|---|---|`);
  for (const { label, trace: make } of workloads) {
    const trace = make();
    const { segments, bytes } = bytesASegment(trace);
    const { page } = await openPanel(room.browser, room.url, { status: { state: 'empty' } }, SIZE);
    const first = await firstPicture(page, trace);
    // Alike tasks stand in one lane at first: it is the lanes that are measured.
    const group = page.locator('[data-tool=group][aria-pressed=true]');
    if ((await group.count()) > 0) await group.click();
    for (const axis of axes) {
      await page.click(`[data-tool=${axis}]`);
      await page.click('[data-tool=fit]');
      await page.waitForTimeout(400);
      await settle(page);
      const levels = await framesOf(page, DRIVE, LEVELS);
      const parts = [levels.slice(0, 4), levels.slice(4, 16), levels.slice(16)].map((part) => told(part.flat()));
      const all = at(levels.flat(), 0.95).toFixed(1);
      const cells = [label, segments.toLocaleString('en'), (first / 1000).toFixed(2), bytes.toFixed(0), axis, ...parts];
      console.log(`| ${[...cells, `**${all}**`].join(' | ')} |`);
    }
    await page.close();
  }
}

/** 50,000 events a second: steps, and for one in three a callback and an idle wait. */
async function live(room: Room): Promise<void> {
  const SECONDS = 10;
  const EVERY = 20;
  const stream = { tasks: 200, steps: 600, batches: (SECONDS * 1000) / EVERY, timers: 3 };
  const [head, batch, ...rest] = streamOf(stream);
  const parts = rest.map((part) => Buffer.from(part).toString('base64'));
  const status = { state: 'running', program: '/project/demo.py', engine: 'Python 3.14' } as const;
  const { page } = await openPanel(room.browser, room.url, { status }, SIZE);
  // The first picture has a budget of its own: what is counted are the frames in which it grows.
  const first = await firstPicture(page, joined([head, batch]), true);
  await page.evaluate(() => {
    // A picture that was made over some frames is put onto the canvas as a whole.
    const { prototype } = CanvasRenderingContext2D;
    const draw = prototype.drawImage as (...given: unknown[]) => void;
    const counted = { pictures: 0 };
    Object.assign(window, { counted });
    prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: unknown[]) {
      counted.pictures++;
      draw.apply(this, given);
    };
  });
  let late = 0;
  const recording = await recorded(
    page,
    async () => {
      late = await page.evaluate(
        async ({ parts, every }) => {
          const all = parts.map((text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
          const began = performance.now();
          for (const [i, bytes] of all.entries()) {
            const wait = began + i * every - performance.now();
            if (wait > 0) await new Promise((next) => setTimeout(next, wait));
            window.postMessage({ type: 'append', bytes });
          }
          const late = performance.now() - began - all.length * every;
          await new Promise((next) => setTimeout(next, 300));
          return late;
        },
        { parts, every: EVERY },
      );
    },
    why ? PROFILED : [],
  );
  const pictures = await page.evaluate(() => (window as unknown as { counted: { pictures: number } }).counted.pictures);
  await page.close();
  const times = recording.frames.map(({ work }) => work);
  const rate = Math.round((stream.steps * (1 + 2 / stream.timers) * 1000) / EVERY);
  const over = times.filter((time) => time > 16.7).length;
  console.log(`
| live | first picture (s) | events a second | seconds | pictures a second | frames | work of a frame | frames over 16.7 ms | behind at the end (ms) |
|---|---|---|---|---|---|---|---|---|
| 200 tasks | ${(first / 1000).toFixed(2)} | ${rate.toLocaleString('en')} | ${SECONDS} | ${(pictures / SECONDS).toFixed(0)} | ${times.length} | ${told(times)} | ${over} | ${Math.max(0, late).toFixed(0)} |`);
  for (const line of tellSlow(recording, 16.7)) console.log(line);
}

/** One lane of a million segments, in both viewers. */
async function beside(room: Room): Promise<void> {
  const trace = interloper(333_333, -1);
  const { page } = await openPanel(room.browser, room.url, { status: { state: 'empty' } }, SIZE);
  const first = await firstPicture(page, trace);
  const own = (await framesOf(page, DRIVE, LEVELS)).flat();
  await page.close();
  const timeline = readTimeline(trace);
  const peer = await peerFigures(room.browser, eventedProfile(timeline, 0), LEVELS);
  if (!peer) return;
  const frames: Times = peer.frames.flat();
  const ratio = (a: number, b: number) => `${(a / b).toFixed(1)}×`;
  console.log(`
| one lane, ${timeline.segments.count.toLocaleString('en')} segments | first picture (s) | work of a frame: median / p95 / worst (ms) |
|---|---|---|
| Coroscope | ${(first / 1000).toFixed(2)} | ${told(own)} |
| speedscope | ${(peer.first / 1000).toFixed(2)} | ${told(frames)} |
| ratio (first, p95) | ${ratio(peer.first, first)} | ${ratio(at(frames, 0.95), at(own, 0.95))} |`);
}

const wanted = process.argv.slice(2).filter((argument) => argument !== '--why');
const room = await openRoom();
for (const [name, part] of Object.entries({ sizes, live, beside })) {
  if (wanted.length === 0 || wanted.includes(name)) await part(room);
}
await room.close();
