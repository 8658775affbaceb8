import assert from 'node:assert/strict';
import type { Checks } from '../checks';
import type { Workbench } from '../workbench/page';

/** Before the first run. */
export async function fresh(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const bar = page.locator('.activitybar .action-label[aria-label^="Coroscope"]');

  await check('the side panel says what to do while there is no run', async () => {
    await bar.click({ force: true });
    await page.locator('.welcome-view a.monaco-button', { hasText: 'Open a Sample' }).waitFor();
    await workbench.webview('.blank:visible');
    await workbench.picture('side-panel-empty');
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
  });
  await check('the timeline has no commands before there is one', async () => {
    await workbench.openFile('breakfast.py');
    await bar.click({ force: true });
    await page.locator('.welcome-view a.monaco-button', { hasText: 'Visualize async' }).waitFor();
    await workbench.picture('side-panel-with-a-file');
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
    const offered = await workbench.offered('Coroscope');
    assert.ok(
      offered.some((title) => title.includes('Visualize async')),
      offered.join(),
    );
    assert.ok(!offered.some((title) => /Save Trace|Stop the Run|Export/.test(title)), offered.join());
  });
}
