import { buildLanes } from '../../src/core/lanes';
import { readTimeline } from '../../src/core/timeline';
import { openRoom, type Room } from '../webview/browser/harness';
import { openPanel, settle } from '../webview/browser/panel';
import { crowd } from '../webview/browser/scenes';

/**
 * How much work a frame of the timeline is, in a real Chromium: zooming in from the whole picture to the closest, panning at every zoom.
 * A frame counts from the call of its callback until its pixels can be read, so that drawing is part of it.
 */

interface Frames {
  readonly label: string;
  readonly segments: number;
  readonly decode: number;
  readonly open: number;
  readonly times: readonly number[];
}

const workloads = [
  { label: '200 lanes', tasks: 200, segments: 100_000 },
  { label: '5 lanes', tasks: 5, segments: 100_000 },
  { label: '200 lanes', tasks: 200, segments: 1_000_000 },
];

async function measure(room: Room, { label, tasks, segments }: (typeof workloads)[number]): Promise<Frames> {
  const trace = crowd(tasks, Math.round(segments / 3 / tasks));
  const before = performance.now();
  const lanes = buildLanes(readTimeline(trace));
  const decode = performance.now() - before;
  const opened = performance.now();
  const { page } = await openPanel(room.browser, room.url, { trace }, { width: 1600, height: 1000 });
  const open = performance.now() - opened;
  await settle(page);
  const times = await page.evaluate(async () => {
    const stage = document.querySelector<HTMLElement>('.stage')!;
    const context = document.querySelector('canvas')!.getContext('2d')!;
    const ask = window.requestAnimationFrame.bind(window);
    const taken: number[] = [];
    window.requestAnimationFrame = (callback) =>
      ask((time) => {
        const start = performance.now();
        callback(time);
        context.getImageData(0, 0, 1, 1);
        taken.push(performance.now() - start);
      });
    const press = async (key: string) => {
      stage.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      await new Promise((next) => ask(() => ask(next)));
    };
    for (let zoom = 0; zoom < 36; zoom++) {
      for (const key of ['d', 'd', 'a', 'w']) await press(key);
    }
    return taken;
  });
  await page.close();
  return { label, segments: lanes.timeline.segments.count, decode, open, times };
}

const room = await openRoom();
const rows: string[][] = [['timeline', 'segments', 'decode', 'open', 'frame p50', 'p95', 'worst']];
for (const workload of workloads) {
  const { label, segments, decode, open, times } = await measure(room, workload);
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    `${sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1)} ms`;
  rows.push([label, String(segments), `${decode.toFixed(0)} ms`, `${open.toFixed(0)} ms`, at(0.5), at(0.95), at(1)]);
}
await room.close();
const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column])).join('  '));
