import { mkdirSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

const THEMES = [
  ['light', 'Light Modern'],
  ['dark', 'Dark Modern'],
] as const;

/** What the pictures need to find, in each language of the UI. */
const WORDS = {
  en: { images: 'docs/images', visualize: 'Coroscope: Visualize async', gather: 'creates 3 tasks' },
  ko: { images: 'docs/images/ko', visualize: 'Coroscope: 비동기 실행 시각화', gather: '태스크 3개' },
} as const;

/**
 * The pictures of README and docs: `npm run pictures` takes them in the real workbench, from the samples, so that they
 * show what a user gets. It is no test: look at what it made before you commit it.
 */
export function gallery(language: keyof typeof WORDS): (workbench: Workbench, checks: Checks) => Promise<void> {
  const words = WORDS[language];
  return async (workbench, checks) => {
    const { page } = workbench;
    const check = (name: string, work: () => Promise<unknown>) =>
      checks.check(name, work, (file) => workbench.picture(file));
    const shoot = async (name: string, prepare: () => Promise<unknown> = async () => {}) => {
      mkdirSync(words.images, { recursive: true });
      for (const [end, theme] of THEMES) {
        await workbench.theme(theme);
        await prepare();
        await workbench.settled();
        await page.screenshot({ path: `${words.images}/${name}-${end}.png` });
      }
    };
    const frame = async () => (await TimelinePage.find(workbench)).frame;
    const isShown = async (part: Locator) => (await part.count()) > 0 && (await part.first().isVisible());
    const visualize = async (file: string, lane: RegExp) => {
      await page.keyboard.press('Control+Alt+Shift+F9');
      await workbench.openFile(file);
      // Code and picture only, as wide as a README shows them.
      if (await isShown(page.locator('.part.sidebar'))) await page.keyboard.press('Control+b');
      await workbench.line('import asyncio').click();
      await workbench.command(words.visualize);
      await until(
        `the lanes of ${file}`,
        async () => lane.test((await (await TimelinePage.find(workbench)).lanes()).join()),
        PATIENCE,
      );
      await (await TimelinePage.find(workbench)).colours();
    };
    const inTime = async () => {
      // A tooltip of the button that the mouse rests on would cover it.
      await page.mouse.move(640, 780);
      const time = (await frame()).locator('[data-tool=time]');
      await workbench.press(time, async () => (await time.getAttribute('aria-pressed')) === 'true');
    };

    await page.setViewportSize({ width: 1280, height: 800 });

    await check('a small program and its timeline', async () => {
      await visualize('breakfast.py', /toast/);
      const panel = await frame();
      await panel.locator('.stage').focus();
      // To the step in which the first of the sleeps is over.
      await panel.locator('[data-tool=on]').click();
      for (let step = 0; step < 5; step++) await panel.locator('[data-tool=on]').click();
      await shoot('timeline');
    });
    await check('the hover over an await', async () => {
      await shoot('hover', () => workbench.hover('await asyncio.gather', 'await', words.gather));
      await page.mouse.move(8, 8);
    });
    await check('a call that holds the event loop', async () => {
      await visualize('blocking.py', /ticker/);
      await inTime();
      await (await TimelinePage.find(workbench)).clickLane('rude', 0.6);
      await (await frame()).locator('[role=tab][data-pane=findings]').click();
      await shoot('blocking');
    });
    await check('a sleep that took longer, beside the run before', async () => {
      await visualize('breakfast.py', /toast/);
      await inTime();
      const panel = await frame();
      const field = panel.locator('[data-tool=what-if-time]');
      await until(
        'the new run',
        async () => {
          if ((await panel.locator('.what-ifs .chip').count()) > 0) return true;
          await (await TimelinePage.find(workbench)).clickLane("fry('eggs', 2)", 0.3);
          await page.keyboard.press('i');
          await field.fill('5 s', { timeout: 2000 });
          await field.press('Enter', { timeout: 2000 });
          return soon(async () => (await panel.locator('.what-ifs .chip').count()) > 0);
        },
        PATIENCE,
      );
      await until('it', async () => /\b5 ?(s|초)/.test(await panel.locator('.summary').innerText()), PATIENCE);
      await shoot('compared');
    });
  };
}
