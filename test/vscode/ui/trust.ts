import assert from 'node:assert/strict';
import type { Checks } from '../checks';
import type { Workbench } from '../workbench/page';

/** A workspace that is not trusted: nothing runs, and hovers explain all the same. */
export async function untrusted(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  await check('hover works in an untrusted workspace', async () => {
    await page.locator('.part.banner', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.openFile('breakfast.py');
    await workbench.hover('await asyncio.sleep', 'await', 'sets a timer');
  });
  await check('commands that run are not offered there, those that look are', async () => {
    const offered = (await workbench.offered('Coroscope:')).join();
    assert.match(offered, /Open Trace/);
    assert.match(offered, /Open a Sample/);
    assert.doesNotMatch(offered, /Choose Python/);
  });
  await check('nothing runs there, and it is said why', async () => {
    await workbench.contextMenu('async def main', 'Visualize async');
    const toast = page.locator('.notification-toast', { hasText: 'needs a workspace that you trust' });
    await toast.waitFor();
    await workbench.picture('untrusted');
    assert.equal(await page.locator('.tab', { hasText: 'Timeline' }).count(), 0);
    await toast.locator('.monaco-button', { hasText: 'Manage Workspace Trust' }).click();
  });
  await check('the side panel says so too, with its link in view', async () => {
    await page.locator('.monaco-modal-editor-block .codicon-close').first().click();
    await page.locator('.monaco-modal-editor-block').waitFor({ state: 'hidden' });
    await page.locator('.activitybar .action-label[aria-label^="Coroscope"]').click({ force: true });
    await page.locator('.welcome-view', { hasText: 'Restricted Mode' }).waitFor();
    const view = await workbench.webview('.app.compact .blank button:visible');
    assert.match(await view.locator('.blank').innerText(), /Restricted Mode[\s\S]*Manage Workspace Trust/);
    await workbench.picture('untrusted-side-panel');
    await view.locator('.blank button').click();
  });
  await check('once trusted, it runs', async () => {
    await page
      .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ })
      .first()
      .click();
    await page.locator('.part.banner').waitFor({ state: 'hidden' });
    await page.locator('.monaco-modal-editor-block .codicon-close').first().click();
    await page.locator('.monaco-modal-editor-block').waitFor({ state: 'hidden' });
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
    await page.locator('.tab', { hasText: 'breakfast.py' }).click();
    await workbench.contextMenu('async def main', 'Visualize async');
    await page.locator('.tab', { hasText: 'Timeline: breakfast.py' }).waitFor();
  });
}
