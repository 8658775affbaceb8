import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

/** What somebody meets who has only just installed it: the walkthrough, a sample, and which Python it was that ran. */
export async function firstSteps(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const quickPick = page.locator('.quick-input-widget:visible');
  const walkthrough = page.locator('.gettingStartedContainer');

  await check('the walkthrough leads through four steps, each with a picture', async () => {
    await workbench.command('Open Walkthrough');
    const entry = quickPick.locator('.monaco-list-row', { hasText: 'See how async code really runs' });
    const steps = walkthrough.locator('.getting-started-step');
    await workbench.press(entry, async () => (await steps.count()) === 4);
    for (const [number, title] of [
      'Open a sample',
      'Visualize it',
      'Step through it',
      'Find problems, and compare',
    ].entries()) {
      const step = steps.filter({ hasText: title });
      await workbench.press(step.locator('.step-title'), async () =>
        (await step.getAttribute('class'))?.includes('expanded'),
      );
      await workbench.picture(`walkthrough-${number + 1}`);
    }
  });
  await check('its button opens a sample that runs as it is', async () => {
    const step = walkthrough.locator('.getting-started-step', { hasText: 'Open a sample' });
    const button = step.locator('a.monaco-button, button', { hasText: 'Open a Sample' });
    await step.locator('.step-title').click();
    const pick = quickPick.locator('.monaco-list-row', { hasText: 'Why the output comes in that order' });
    await workbench.press(button, () => pick.isVisible());
    await workbench.picture('samples');
    // A list that loses the focus is gone, and has to be asked for again.
    await until(
      'the sample in an editor',
      async () => {
        if (!(await pick.isVisible())) await button.click({ timeout: 2000 });
        await pick.click({ timeout: 2000 });
        return until('it', () => workbench.line('async def').isVisible(), 5000);
      },
      PATIENCE,
    );
    const lanes = async () => (await (await TimelinePage.find(workbench)).lanes()).join();
    await until('its lanes', async () => /main\(\) Task-1/.test(await lanes()), PATIENCE);
    // The code and its picture, and nothing else.
    assert.equal(await page.locator('.editor-group-container').count(), 2);
    const kinds = await workbench
      .line('async def')
      .locator('span[class^=mtk]')
      .evaluateAll((all) => new Set(all.map((each) => each.className)).size);
    assert.ok(kinds > 1, 'the code is coloured');
    await workbench.picture('sample-run');
  });
  await check('the status of the language tells which Python ran, on which clock and up to where', async () => {
    await workbench.line('async def').click();
    const status = page.locator('.statusbar-item[id="status.languageStatus"] a').first();
    const shown = page.locator('.hover-language-status', { hasText: 'Coroscope' });
    await workbench.press(status, () => shown.first().isVisible());
    const text = (await shown.allInnerTexts()).join(' ').replace(/\s+/g, ' ');
    assert.match(text, /embedded Python 3\.\d+\.\d+ · virtual clock.*Coroscope.*Change/);
    assert.match(text, /default limits.*Coroscope.*Change/);
    await workbench.picture('language-status');
    await page.keyboard.press('Escape');
    return text;
  });
  await check('a hover leads to the page that tells more, at its heading', async () => {
    await workbench.openFile('breakfast.py');
    const more = page.locator('.monaco-hover:visible a', { hasText: 'More' }).first();
    const tab = page.locator('.tab', { hasText: 'Preview asyncio.md' });
    const atTop = async () => {
      const preview = await workbench.webview('h2#gather', 5000);
      const box = await preview.locator('h2#gather').boundingBox();
      if (box !== null && box.y > 0 && box.y < 400) return true;
      const sizes = await preview.evaluate(() => [scrollY, innerWidth, innerHeight, document.body.scrollHeight].join());
      throw new Error(`the heading is at ${JSON.stringify(box)}; scrolled, width, height, all: ${sizes}`);
    };
    await until('the page, with the heading at the top', async () => {
      // The hover closes when the pointer leaves it on the way to its link, as it does for a person: then it is opened once more.
      await workbench.hover('await asyncio.gather', 'await', 'More');
      await more.click({ timeout: 5000 }).catch(() => {});
      await tab.waitFor({ timeout: 10_000 });
      // VS Code's preview scrolls once, while it loads, and on a busy machine it seldom stays at the top: then it is opened once more.
      if (await soon(atTop, 15_000)) return true;
      await page.keyboard.press('ControlOrMeta+w');
      return atTop();
    });
    await workbench.picture('more');
    await page.keyboard.press('ControlOrMeta+w');
  });
  await check('another Python is chosen from a list, and remembered for the workspace', async () => {
    await workbench.command('Coroscope: Choose Python and Clock');
    const embedded = quickPick.locator('.monaco-list-row', { hasText: 'not for hostile code' });
    await embedded.waitFor();
    await workbench.picture('choose-python');
    const settings = join(workbench.folder, '.vscode', 'settings.json');
    const isSet = async () =>
      existsSync(settings) && /"coroscope\.engine": "embedded"/.test(readFileSync(settings, 'utf8'));
    await workbench.press(embedded, isSet);
  });
}
