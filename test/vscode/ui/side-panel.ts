import assert from 'node:assert/strict';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** The activity-bar container: the timeline in a view, and the tree of tasks. */
export async function sidePanel(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const bar = page.locator('.activitybar .action-label[aria-label^="Coroscope"]');
  const rows = page.locator('.pane:has(.pane-header[aria-label^="Tasks"]) .monaco-list-row');

  await check('after a run the tree lists the tasks under their parents', async () => {
    await workbench.openFile('constructs.py');
    await page.locator('.editor-actions .codicon-pulse').first().waitFor();
    await workbench.command('Coroscope: Visualize async');
    await TimelinePage.find(workbench);
    await bar.click({ force: true });
    await until('the rows', async () => (await rows.count()) === 2);
    const texts = await rows.allInnerTexts();
    assert.match(texts[0].replace(/\s+/g, ' '), /main\(\) ?Task-1 · 2\.5 s/);
    assert.match(texts[1].replace(/\s+/g, ' '), /sleep\(.*\) ?sleeper · 1 s/);
  });
  await check('the same timeline stands in the view, compact', async () => {
    const side = await TimelinePage.find(workbench, true);
    await side.colours();
    assert.match((await side.lanes()).join(), /Event loop.*Task-1/);
    await workbench.picture('side-panel');
  });
  await check('a click in the tree goes to the line that made the task', async () => {
    await rows.filter({ hasText: 'sleeper' }).click();
    await until('line 15', async () => (await workbench.cursor()).startsWith('Ln 15,'));
  });
  await check('the tree can be copied as text', async () => {
    await page.locator('.pane-header[aria-label^="Tasks"]').hover();
    await page.locator('.pane-header[aria-label^="Tasks"]').locator('.codicon-copy').click();
    const text = await until('the clipboard', () => page.evaluate(() => navigator.clipboard.readText()));
    assert.match(text, /^main\(\) · Task-1 · done · 2\.5 s/);
    assert.match(text, /^ {2}sleep\(.*\) · sleeper · done/m);
  });
  await check('after being hidden the view shows the timeline again', async () => {
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
    await workbench.explorerRow('breakfast.py').waitFor();
    await bar.click({ force: true });
    const side = await TimelinePage.find(workbench, true);
    assert.match((await side.lanes()).join(), /Task-1/);
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
  });
  await check('hover on async for and async with', async () => {
    const inFor = await workbench.hover('async for n in', 'async', /generator.*Last run/);
    assert.match(inFor, /async generator/);
    assert.match(inFor, /waited here 3 times, 1\.5 s in all/);
    const inWith = await workbench.hover('async with lock', 'with', /is a lock.*Last run/);
    assert.match(inWith, /is a lock/);
    assert.match(inWith, /Nothing suspended here/);
    const task = await workbench.hover('print(await task)', 'await', /is a task.*Last run/);
    assert.match(task, /is a task that runs asyncio\.sleep\(\), created on line 15/);
    await workbench.picture('hover-constructs');
  });
}
