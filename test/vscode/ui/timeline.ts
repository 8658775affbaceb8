import type { Frame } from 'playwright-core';
import { until } from '../checks';
import type { Workbench } from '../workbench/page';

/** The embedded Python takes seconds to load the first time, and more on a busy machine. */
export const PATIENCE = 180_000;

/** The timeline in a webview, as a test sees it. */
export class TimelinePage {
  private constructor(readonly frame: Frame) {}

  /** The one in the panel; the side bar has the compact one. */
  static async find(workbench: Workbench, compact = false, patience = PATIENCE): Promise<TimelinePage> {
    const selector = compact ? '.app.compact .names .name, .compact .names .name' : '.app:not(.compact) .names .name';
    return new TimelinePage(await workbench.webview(selector, patience));
  }

  /** Names of the lanes, from the top. */
  lanes(): Promise<string[]> {
    return this.frame.locator('.names .name .label').allTextContents();
  }

  /** Clicks into a lane, at a part of its length (0 … 1). */
  async clickLane(name: string, part: number): Promise<void> {
    const lane = await this.frame.locator('.names .name', { hasText: name }).first().boundingBox();
    const stage = await this.frame.locator('.stage').boundingBox();
    if (!lane || !stage) throw new Error(`the lane ${name} is not on the screen`);
    const page = this.frame.page();
    await page.mouse.move(stage.x + stage.width * part - 3, lane.y + lane.height / 2);
    await page.mouse.click(stage.x + stage.width * part, lane.y + lane.height / 2);
  }

  text(): Promise<string> {
    return this.frame.locator('body').innerText();
  }

  /** Whether the canvas shows more than its ground: the number of different colours on it. */
  colours(): Promise<number> {
    return until('a picture on the canvas', () =>
      this.frame
        .locator('canvas')
        .first()
        .evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set<number>();
          for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
          return seen.size > 4 ? seen.size : 0;
        }),
    );
  }
}
