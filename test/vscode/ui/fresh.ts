import assert from 'node:assert/strict';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';

/** Before the first run. */
export async function fresh(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const bar = page.locator('.activitybar .action-label[aria-label="Coroscope"]');

  await check('the side panel says what to do while there is no run', async () => {
    await bar.click();
    await page.locator('.welcome-view a.monaco-button', { hasText: 'Visualize async' }).waitFor();
    await workbench.webview('.blank:visible');
    await workbench.picture('side-panel-empty');
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
  });
  await check('the timeline has no commands before there is one', async () => {
    await workbench.openFile('breakfast.py');
    const offered = await workbench.offered('Coroscope');
    assert.ok(
      offered.some((title) => title.includes('Visualize async')),
      offered.join(),
    );
    assert.ok(!offered.some((title) => /Save Trace|Cancel the Run|Export/.test(title)), offered.join());
  });
  await check('activation', async () => {
    await workbench.command('Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Coroscope' });
    const text = await until('the time', async () => /Activation: \d+ms/.exec(await row.innerText())?.[0]);
    await workbench.picture('activation');
    await page.locator('.tab.active .codicon-close').click();
    // No bound: it is a shared machine. The figure is for whoever reads it.
    return text;
  });
}
