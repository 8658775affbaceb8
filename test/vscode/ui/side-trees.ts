import assert from 'node:assert/strict';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** The trees of tasks and of findings: they follow the playhead, and lead to moments and lines. */
export async function sideTrees(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const pane = (name: string) => page.locator(`.pane:has(.pane-header[aria-label^="${name}"])`);
  const tasks = pane('Tasks').locator('.monaco-list-row');
  const findings = pane('Findings').locator('.monaco-list-row');
  // The badge lies on it, and passes the click on.
  const open = () => page.locator('.activitybar .action-label[aria-label^="Coroscope"]').click({ force: true });
  const said = async (rows: typeof tasks) => (await rows.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));

  await check('tasks stand in their groups, findings in their kinds, with a count on the view', async () => {
    await workbench.openFile('mistakes.py');
    await workbench.command('Coroscope: Visualize async');
    await TimelinePage.find(workbench);
    await open();
    await until('the tasks', async () => (await tasks.count()) === 4, 180_000);
    assert.match(
      (await said(tasks)).join(' | '),
      /^main\(\) ?Task-1 .*\| ?gather ?2 tasks .*\| ?fetch\(.*?\) ?Task-2 .*\| ?parse\(.*?\) ?Task-3 /,
    );
    const text = await until('the findings', async () => {
      const shown = (await said(findings)).join(' | ');
      return /never awaited/.test(shown) && /blocked event loop/.test(shown) && shown;
    });
    assert.match(text, /coroutine 'fetch' was never awaited/);
    assert.match(text, /blocked the event loop for 1 s/);
    await page
      .locator('.activitybar .action-item', { has: page.locator('.action-label[aria-label^="Coroscope"]') })
      .locator('.badge-content', { hasText: '2' })
      .waitFor();
    await workbench.picture('side-trees');
  });
  await check('a click on a finding goes to its line, and to its moment in the timeline', async () => {
    await until('line 12', async () => {
      await findings.filter({ hasText: 'blocked the event loop' }).first().click({ timeout: 3000 });
      return soon(async () => /^Ln 1[12],/.test(await workbench.cursor()));
    });
    await until('the states at that moment', async () =>
      /parse\(.*?\) ?Task-3 · running/.test((await said(tasks)).join(' | ')),
    );
    await workbench.picture('side-trees-moment');
  });
  await check('the tree of tasks follows the playhead', async () => {
    const timeline = await TimelinePage.find(workbench);
    const stage = timeline.frame.locator('.stage');
    await stage.focus();
    let key = ',';
    await until('the suspended ones', async () => {
      const shown = (await said(tasks)).join(' | ');
      if (/fetch\(.*?\) ?Task-2 · sleep 1 s/.test(shown) && /parse\(.*?\) ?Task-3 · sleep 0\.5 s/.test(shown))
        return true;
      // The tree follows after a moment: on a slow machine several steps may have gone by, and it turns back at the ends.
      if (/not created yet/.test(shown)) key = '.';
      if (/fetch\(.*?\) ?Task-2 · done/.test(shown)) key = ',';
      await stage.press(key);
      await soon(async () => (await said(tasks)).join(' | ') !== shown, 1000);
      return false;
    });
    const label = await tasks.filter({ hasText: 'Task-2' }).first().getAttribute('aria-label');
    assert.match(label ?? '', /^fetch\(.*?\), Task-2, suspended, waits for sleep 1 s/);
    await workbench.picture('side-trees-playing');
    await until('what became of them', async () => {
      // The first takes away the selection, the next the playhead.
      await stage.press('Escape');
      return soon(async () => /fetch\(.*?\) ?Task-2 · 1/.test((await said(tasks)).join(' | ')), 2000);
    });
  });
  await workbench.pictures('side-trees', [
    ['light-modern', 'Light Modern'],
    ['dark-high-contrast', 'Dark High Contrast'],
    ['dark-modern', 'Dark Modern'],
  ]);
  await check('findings are copied as text', async () => {
    await until('the clipboard', async () => {
      await pane('Findings').locator('.pane-header').hover();
      await pane('Findings').locator('.pane-header .codicon-copy').click({ timeout: 2000 });
      return soon(async () => {
        const text = await page.evaluate(() => navigator.clipboard.readText());
        return /never awaited · mistakes\.py:16/.test(text) && /blocked event loop · mistakes\.py:1\d/.test(text);
      });
    });
  });
  await check('a run without findings says so', async () => {
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click();
    await workbench.openFile('breakfast.py');
    await workbench.command('Coroscope: Visualize async');
    await open();
    await pane('Findings').locator('.message', { hasText: 'No problems found' }).waitFor();
    await workbench.picture('side-trees-nothing');
  });
}
