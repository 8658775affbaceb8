import type { Page } from 'playwright-core';

/** Milliseconds of work of frames: script and drawing, until the pixels could be read. */
export type Times = readonly number[];

export interface Drive {
  /** Keys that zoom in once, and that pan there and back. */
  readonly zoom: string;
  readonly pan: readonly string[];
  /** Where keys are dispatched. */
  readonly target: string;
}

/** Zooms in from the whole picture as far as it goes, and pans at every level. @returns the times of each level. */
export async function framesOf(page: Page, { zoom, pan, target }: Drive, levels: number): Promise<Times[]> {
  return clocked(page, () =>
    page.evaluate(
      async ({ zoom, pan, target, levels }) => {
        const element = target === 'window' ? window : document.querySelector(target)!;
        const { ask, mark } = (window as unknown as Clocked).clocked;
        for (let level = 0; level < levels; level++) {
          mark(level);
          for (const key of [...pan, zoom]) {
            for (const type of ['keydown', 'keypress', 'keyup'])
              element.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true }));
            await new Promise((next) => ask(() => ask(next)));
          }
        }
      },
      { zoom, pan, target, levels },
    ),
  );
}

interface Clocked {
  readonly clocked: { ask(callback: (time: number) => void): void; mark(level: number): void };
}

/**
 * What frames cost while `act` goes on, by level: CPU time of the page's own thread, as the browser traces it. By the wall clock a busy
 * machine looks like a slow program.
 */
export async function clocked(page: Page, act: () => Promise<unknown>): Promise<Times[]> {
  const { frames } = await recorded(page, act);
  const times: number[][] = [];
  for (const { level, work } of frames) {
    times[level] ??= [];
    times[level].push(work);
  }
  return times.filter(Boolean);
}

/** A frame of the page. */
export interface Fired {
  readonly level: number;
  /** Milliseconds of CPU. */
  readonly work: number;
  readonly event: TraceEvent;
}

export interface Recording {
  readonly frames: readonly Fired[];
  /** All that the browser traced, in order. */
  readonly events: readonly TraceEvent[];
}

/** @param more categories that are to be traced besides. */
export async function recorded(
  page: Page,
  act: () => Promise<unknown>,
  more: readonly string[] = [],
): Promise<Recording> {
  await page.evaluate(() => {
    const ask = window.requestAnimationFrame.bind(window);
    const levels: number[] = [];
    let level = 0;
    const finish = () => {
      for (const canvas of document.querySelectorAll('canvas')) {
        const gl = canvas.getContext('webgl');
        if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
        else canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
      }
    };
    const asked = (own: boolean, callback: FrameRequestCallback) =>
      ask((time) => {
        levels.push(own ? level : -1);
        callback(time);
        if (own) finish();
      });
    window.requestAnimationFrame = (callback) => asked(true, callback);
    const clock = { ask: (callback: FrameRequestCallback) => asked(false, callback), levels };
    Object.assign(window, { clocked: { ...clock, mark: (next: number) => (level = next) } });
  });
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['devtools.timeline', ...more] });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const levels = await page.evaluate(() => (window as unknown as { clocked: { levels: number[] } }).clocked.levels);
  const events = trace.traceEvents.sort((a, b) => a.ts - b.ts);
  const fired = events.filter(({ name, ph }) => name === 'FireAnimationFrame' && ph === 'X').slice(-levels.length);
  const frames = fired.flatMap((event, i) =>
    levels[i] < 0 ? [] : [{ level: levels[i], work: (event.tdur ?? event.dur) / 1000, event }],
  );
  return { frames, events };
}

export interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  /** Microseconds by the wall clock, and of CPU. */
  readonly dur: number;
  readonly tdur?: number;
  readonly args?: { readonly [name: string]: unknown };
}

export function at(times: Times, share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** `median / p95 / worst`, in milliseconds. */
export function told(times: Times): string {
  return [0.5, 0.95, 1].map((share) => at(times, share).toFixed(1)).join(' / ');
}
