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
  return page.evaluate(
    async ({ zoom, pan, target, levels }) => {
      const element = target === 'window' ? window : document.querySelector(target)!;
      const canvases = [...document.querySelectorAll('canvas')];
      const ask = window.requestAnimationFrame.bind(window);
      let taken: number[] = [];
      const finish = () => {
        for (const canvas of canvases) {
          const gl = canvas.getContext('webgl') as WebGLRenderingContext | null;
          if (gl) gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
          else (canvas.getContext('2d') as CanvasRenderingContext2D | null)?.getImageData(0, 0, 1, 1);
        }
      };
      window.requestAnimationFrame = (callback) =>
        ask((time) => {
          const start = performance.now();
          callback(time);
          finish();
          taken.push(performance.now() - start);
        });
      const press = async (key: string) => {
        element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        element.dispatchEvent(new KeyboardEvent('keypress', { key, bubbles: true }));
        element.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
        await new Promise((next) => ask(() => ask(next)));
      };
      const all: number[][] = [];
      for (let level = 0; level < levels; level++) {
        taken = [];
        for (const key of [...pan, zoom]) await press(key);
        all.push(taken);
      }
      window.requestAnimationFrame = ask;
      return all;
    },
    { zoom, pan, target, levels },
  );
}

export function at(times: Times, share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** `median / p95 / worst`, in milliseconds. */
export function told(times: Times): string {
  return [0.5, 0.95, 1].map((share) => at(times, share).toFixed(1)).join(' / ');
}
