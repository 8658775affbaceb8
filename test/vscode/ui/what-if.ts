import assert from 'node:assert/strict';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

/** What if a sleep took another time: its end is dragged in the panel, or the time is written, and the program runs again. */
export async function whatIf(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const frame = async () => (await TimelinePage.find(workbench)).frame;
  const summary = async () => (await frame()).locator('.summary').innerText();
  const chips = async () => (await frame()).locator('.what-ifs .chip').allInnerTexts();
  const takes = (time: RegExp) => until(`a run of ${time}`, async () => time.test(await summary()), PATIENCE);

  const begun = await check('the program runs once, as it is written', async () => {
    await workbench.openFile('typed.py');
    await workbench.command('Coroscope: Visualize async');
    await takes(/\b2 s/);
    assert.deepEqual(await chips(), []);
    // A small program opens on its steps, where nothing is as wide as it takes.
    const time = (await frame()).locator('[data-tool=time]');
    await workbench.press(time, async () => (await time.getAttribute('aria-pressed')) === 'true');
  });
  // Nothing of what follows means anything without it.
  if (!begun) return;
  await check('the end of a bar is dragged, and the picture is that of the new run', async () => {
    await until(
      'the new run',
      async () => {
        if ((await chips()).length > 0) return true;
        const panel = await frame();
        const lane = await panel.locator('.names .name.task', { hasText: 'egg' }).first().boundingBox();
        const stage = await panel.locator('.stage').boundingBox();
        if (!lane || !stage) return false;
        // The longest bar ends where the picture does, but for the room for marks.
        const [x, y] = [stage.x + stage.width - 18, lane.y + lane.height / 2];
        await page.mouse.move(x - 60, y);
        await page.mouse.move(x - 2, y);
        if ((await panel.locator('.stage.on-grip').count()) === 0) return false;
        await page.mouse.down();
        const second = (stage.width - 36) / 2;
        await page.mouse.move(x - second / 4, y, { steps: 5 });
        await page.mouse.move(x - second / 2, y, { steps: 5 });
        await workbench.picture('what-if-drag');
        await page.mouse.up();
        return soon(async () => (await chips()).length > 0);
      },
      PATIENCE,
    );
    await takes(/\b1\.5 s/);
    assert.match((await chips()).join(), /line 5 in egg takes 1\.5 s/);
    // The run as it was stays behind.
    await until('the old run', async () =>
      /as it is written/.test(await (await frame()).locator('.compared').innerText()),
    );
    await workbench.picture('what-if');
  });
  await check('another change beside it, by keyboard', async () => {
    const panel = await frame();
    const field = panel.locator('[data-tool=what-if-time]');
    await until(
      'the run with both',
      async () => {
        if ((await chips()).length > 1) return true;
        await panel.locator('.names .name.task', { hasText: 'tea' }).first().click({ timeout: 2000 });
        await panel.locator('.stage').focus({ timeout: 2000 });
        await page.keyboard.press('Home');
        for (let tries = 0; tries < 5 && (await field.count()) === 0; tries++) {
          await page.keyboard.press('ArrowRight');
          await soon(async () => (await field.count()) > 0, 500);
        }
        await page.keyboard.press('i');
        await field.fill('4 s', { timeout: 2000 });
        await field.press('Enter', { timeout: 2000 });
        return soon(async () => (await chips()).length > 1);
      },
      PATIENCE,
    );
    await takes(/\b4 s/);
    await workbench.pictures('what-if', [
      ['light', 'Light Modern'],
      ['high-contrast', 'Dark High Contrast'],
      ['dark', 'Dark Modern'],
    ]);
  });
  await check('changes survive another run; each can be taken back, and all at once', async () => {
    const both = async () => {
      const told = (await chips()).join();
      return /line 6 in egg/.test(told) && /line 6 in tea/.test(told);
    };
    await until(
      'both changes, a line further down',
      async () => {
        if (await both()) return true;
        await page.locator('.editor-instance .view-lines').first().click({ timeout: 2000 });
        if ((await workbench.line('# breakfast').count()) === 0) {
          await page.keyboard.press('Control+Home');
          await page.keyboard.insertText('# breakfast\n');
          await soon(async () => (await workbench.line('# breakfast').count()) > 0);
        }
        await workbench.command('Coroscope: Visualize async');
        return soon(both, 20_000);
      },
      PATIENCE,
    );
    await takes(/\b4 s/);
    await until(
      'one change',
      async () => {
        if ((await chips()).length < 2) return true;
        await (await frame()).locator('[data-tool=what-if-back]').last().click({ timeout: 2000 });
        return soon(async () => (await chips()).length < 2);
      },
      PATIENCE,
    );
    await takes(/\b1\.5 s/);
    await until(
      'no change',
      async () => {
        if ((await chips()).length === 0) return true;
        await (await frame()).locator('[data-tool=what-if-reset]').click({ timeout: 2000 });
        return soon(async () => (await chips()).length === 0);
      },
      PATIENCE,
    );
    await takes(/\b2 s/);
    await until('no old run', async () => !(await (await frame()).locator('.compared').isVisible()));
  });
}
