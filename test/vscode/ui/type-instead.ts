import { soon, until } from '../checks';
import type { Workbench } from '../workbench/page';

/** Puts other text in the place of some, found as people find it: in the whole text it stands once. */
export async function typeInstead(workbench: Workbench, from: string, to: string): Promise<void> {
  const { page } = workbench;
  await until(`${to} typed`, async () => {
    if ((await workbench.line(to).count()) > 0) return true;
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+F');
    const field = page.locator('.find-widget.visible textarea').first();
    await field.fill(from, { timeout: 2000 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    // What was found is selected now.
    await page.keyboard.insertText(to);
    return soon(async () => (await workbench.line(to).count()) > 0, 2000);
  });
}
