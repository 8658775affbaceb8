import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

/** What outlives a run: files, and the window being reloaded. */
export async function keeping(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  /** Takes what the dialog offers: a file beside the program. */
  const accept = async (extension: string) => {
    const input = page.locator('.quick-input-widget input:visible');
    await until('the dialog', async () => (await input.inputValue()).endsWith(`constructs.${extension}`));
    await until('the dialog gone', async () => {
      await input.press('Enter', { timeout: 2000 });
      return soon(async () => (await input.count()) === 0);
    });
  };
  const shows = async (lane: string) => (await (await TimelinePage.find(workbench)).lanes()).join().includes(lane);
  const trace = join(workbench.folder, 'constructs.coroscope');
  const html = join(workbench.folder, 'constructs.html');

  await check('the timeline is saved as a trace', async () => {
    await workbench.openFile('constructs.py');
    await workbench.command('Coroscope: Visualize async');
    await page.locator('.tab', { hasText: 'Timeline: constructs.py' }).waitFor();
    await TimelinePage.find(workbench);
    await workbench.command('Coroscope: Save Trace');
    await accept('coroscope');
    // The file is there before it is written.
    const toast = page.locator('.notification-toast', { hasText: 'constructs.coroscope was saved' });
    await toast.locator('.monaco-button', { hasText: 'Open' }).waitFor();
    assert.equal(readFileSync(trace).subarray(1, 5).toString(), 'CORO');
    await workbench.picture('trace-saved');
  });
  await check('the timeline is exported as a page', async () => {
    await workbench.command('Coroscope: Export Timeline as HTML');
    await accept('html');
    // It is there before it is written.
    await until(
      'the page, to its end',
      async () => existsSync(html) && readFileSync(html, 'utf8').trimEnd().endsWith('</html>'),
    );
    assert.match(readFileSync(html, 'utf8'), /^<!DOCTYPE html>[\s\S]*coroscope-data/);
  });
  await check('after a reload of the window the panel shows the run again', async () => {
    await workbench.reload();
    await workbench.explorerRow('breakfast.py').waitFor({ timeout: 180_000 });
    const timeline = await TimelinePage.find(workbench);
    assert.match((await timeline.lanes()).join(), /Task-1.*sleeper/);
    await workbench.picture('after-reload');
  });
  await check('and it can be run live, since its file is known', async () => {
    await until('the toggle', async () => {
      const { frame } = await TimelinePage.find(workbench);
      return (await frame.locator('[data-tool=live][aria-pressed=false]').count()) > 0;
    });
  });
  await check('a trace is opened from the explorer', async () => {
    await workbench.openFile('breakfast.py');
    await workbench.command('Coroscope: Visualize async');
    await until('the other run', () => shows('Task-3'), PATIENCE);
    await workbench.explorerMenu('constructs.coroscope', 'Open Trace', () => shows('sleeper'));
  });
  await check('a trace opens as an editor of its own, like any other file', async () => {
    await workbench.explorerRow('constructs.coroscope').dblclick();
    await page.locator('.tab', { hasText: /^constructs\.coroscope/ }).waitFor();
    await until('its lanes', () => shows('sleeper'));
    await workbench.picture('trace-editor');
  });
  await check('a click on a bar of it shows the source beside it, never over it', async () => {
    const opened = await TimelinePage.find(workbench);
    await opened.clickLane('Task-1', 0.5);
    await page.locator('.tab.active', { hasText: /^constructs\.py/ }).waitFor();
    await page.locator('.tab.active', { hasText: /^constructs\.coroscope/ }).waitFor();
    await workbench.picture('trace-and-source');
  });
  await check('another trace stands behind it, by the menu of the explorer', async () => {
    copyFileSync(trace, join(workbench.folder, 'older.coroscope'));
    const bar = async () => {
      const bars = page.frames().map((frame) =>
        frame
          .locator('.compared:visible')
          .allInnerTexts()
          .catch(() => []),
      );
      return (await Promise.all(bars)).flat().join().replace(/\s+/g, ' ');
    };
    await workbench.explorerRow('older.coroscope').waitFor();
    await workbench.explorerRow('constructs.coroscope').click();
    await workbench.explorerRow('older.coroscope').click({ modifiers: ['ControlOrMeta'] });
    await workbench.explorerMenu('older.coroscope', 'Compare with Trace', async () =>
      /Compared with/.test(await bar()),
    );
    await workbench.picture('traces-compared');
    return bar();
  });
}
