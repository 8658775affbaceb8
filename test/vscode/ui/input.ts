import assert from 'node:assert/strict';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

/** A program that reads from the keyboard. */
export async function input(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const box = page.locator('.quick-input-widget:visible');
  const question = async (text: string) => {
    await box.getByText(text).waitFor({ timeout: PATIENCE });
    return box.locator('input');
  };
  const summary = async () => (await TimelinePage.find(workbench)).frame.locator('.summary').innerText();

  await check('each input() is an input box with its prompt, and takes no time', async () => {
    await workbench.openFile('greeting.py');
    await workbench.command('Coroscope: Visualize async');
    const name = await question('Your name?');
    await box.getByText('Input for greeting.py').waitFor();
    await workbench.picture('input');
    await name.fill('Ann');
    await name.press('Enter');
    const seconds = await question('After how many seconds?');
    await seconds.fill('3');
    await seconds.press('Enter');
    await until('three seconds', async () => /\b3 s/.test(await summary()), PATIENCE);
    assert.match((await (await TimelinePage.find(workbench)).lanes()).join(), /main/);
    await workbench.picture('after-input');
  });
  await check('a run of the same program offers what was answered', async () => {
    await workbench.command('Coroscope: Visualize async');
    const name = await question('Your name?');
    assert.equal(await name.inputValue(), 'Ann');
    await name.press('Enter');
    const seconds = await question('After how many seconds?');
    assert.equal(await seconds.inputValue(), '3');
    await seconds.fill('4');
    await seconds.press('Enter');
    await until('four seconds', async () => /\b4 s/.test(await summary()), PATIENCE);
  });
  await check('live mode gives the same answers, and asks nothing', async () => {
    const { frame } = await TimelinePage.find(workbench);
    const on = frame.locator('[data-tool=live][aria-pressed=true]');
    await until('live mode', async () => {
      if ((await on.count()) > 0) return true;
      await frame.locator('[data-tool=live]').click({ timeout: 2000 });
      await on.waitFor({ timeout: 20_000 });
      return true;
    });
    await workbench.line('await asyncio.sleep(seconds)').click();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.insertText(' * 2');
    await until('eight seconds', async () => /\b8 s/.test(await summary()), PATIENCE);
    assert.equal(await box.count(), 0);
  });
  await check('Escape ends the input, as Ctrl+D does in a terminal', async () => {
    await workbench.command('Coroscope: Visualize async');
    await question('Your name?');
    await page.keyboard.press('Escape');
    const { frame } = await TimelinePage.find(workbench);
    await until('the failure', async () => /EOFError/.test(await frame.locator('body').innerText()), PATIENCE);
    await workbench.picture('input-ended');
  });
}
