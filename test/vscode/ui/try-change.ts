import assert from 'node:assert/strict';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

/** A finding that a change of the text would mend: the change is tried, both runs are shown, and it is written. */
export async function tryChange(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const frame = async () => (await TimelinePage.find(workbench)).frame;
  const summary = async () => (await frame()).locator('.summary').innerText();
  const takes = (time: RegExp) => until(`a run of ${time}`, async () => time.test(await summary()), PATIENCE);
  const toast = page.locator('.notification-toast', { hasText: 'Tried on the virtual clock' });

  const begun = await check('awaits one after another are a finding with a quick fix', async () => {
    await workbench.openFile('orders.py');
    await workbench.command('Coroscope: Visualize async');
    await takes(/\b3 s/);
    const pane = (await frame()).locator('.findings-pane');
    await (await frame()).locator('#tab-findings').click();
    await until(
      'the finding in the panel',
      async () => /awaits 2 calls one after another/.test(await pane.innerText()),
      PATIENCE,
    );
    const marked = page.locator('.editor-instance .squiggly-info');
    await until('the mark', async () => (await marked.count()) > 0, PATIENCE);
    const entry = page.locator('.action-widget .monaco-list-row', { hasText: 'Try awaiting these calls together' });
    await until('the quick fix', async () => {
      if (await entry.isVisible()) return true;
      await page.keyboard.press('Escape');
      await workbench.line('user = await fetch').click();
      await page.keyboard.press('Home');
      for (let i = 0; i < 13; i++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Control+.');
      await entry.waitFor({ timeout: 5000 });
      return true;
    });
    await workbench.picture('try-quick-fix');
    await entry.click();
  });
  // Nothing of what follows means anything without it.
  if (!begun) return;
  await check('both runs stand on one axis, and it is said what came of it', async () => {
    await toast.waitFor({ timeout: PATIENCE });
    const told = (await toast.innerText()).replace(/\s+/g, ' ');
    assert.match(told, /with the change, the program takes 2 s instead of 3 s\. It prints the same\./);
    await takes(/\b2 s/);
    await until('the old run', async () =>
      /as it is written/.test(await (await frame()).locator('.compared').innerText()),
    );
    // Nothing is written before somebody says so.
    assert.equal(await workbench.line('TaskGroup').count(), 0);
    await workbench.pictures('tried', [
      ['light', 'Light Modern'],
      ['high-contrast', 'Dark High Contrast'],
      ['dark', 'Dark Modern'],
    ]);
  });
  await check('the change is written with a click', async () => {
    await toast.locator('.monaco-button', { hasText: 'Apply the Change' }).click();
    await workbench.line('async with asyncio.TaskGroup() as task_group:').waitFor();
    await workbench.command('Coroscope: Visualize async');
    await takes(/\b2 s/);
    await workbench.picture('tried-applied');
  });
}
