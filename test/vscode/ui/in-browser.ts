import assert from 'node:assert/strict';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';
import { typeInstead } from './type-instead';

/** The extension where the extension host is a worker of the browser, and the workspace a virtual one: vscode.dev, github.dev. */
export async function inBrowser(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const timeline = () => TimelinePage.find(workbench);
  const shows = async (lane: string) => (await (await timeline()).lanes()).join().includes(lane);
  const summary = async () => (await timeline()).frame.locator('.summary').innerText();
  const box = page.locator('.quick-input-widget:visible');
  const toast = (text: string | RegExp) => page.locator('.notification-toast', { hasText: text });
  /** Takes what the dialog offers: a file beside the program. */
  const accept = async (name: string) => {
    const input = box.locator('input:visible');
    await until('the dialog', async () => (await input.inputValue()).endsWith(name));
    await until('the dialog gone', async () => {
      await input.press('Enter', { timeout: 2000 });
      return soon(async () => (await input.count()) === 0);
    });
  };

  await check('hover explains an await before any run', async () => {
    await workbench.openFile('breakfast.py');
    assert.match(await workbench.hover('plates = await', 'await', 'gather'), /creates 2 tasks, one for each coroutine/);
  });
  await check('right-click → Visualize async → the panel shows lanes', async () => {
    const began = Date.now();
    await workbench.contextMenu('async def main', 'Visualize async');
    await until('all lanes', async () => (await (await timeline()).lanes()).length >= 5);
    const took = Date.now() - began;
    assert.match((await (await timeline()).lanes()).join('\n'), /Event loop[\s\S]*Task-1[\s\S]*Task-2[\s\S]*Task-3/);
    await (await timeline()).colours();
    return `${took} ms from the click to the lanes, with the embedded Python loaded`;
  });
  await check('a click on a segment shows its line', async () => {
    await (await timeline()).clickLane('Task-2', 0.3);
    await until('the cursor in line 5', async () => (await workbench.cursorLines()).includes(5));
    // The code has the keyboard again: what is opened next opens beside the timeline.
    await workbench.line('async def main').click();
  });
  await check('a second run comes at once', async () => {
    const began = Date.now();
    await workbench.command('Coroscope: Visualize async');
    await until('the run in the output', async () => shows('Task-3'));
    return `${Date.now() - began} ms, with the way through the palette`;
  });
  await check('hover shows the last run', async () => {
    const text = await workbench.hover('plates = await', 'await', 'Last run');
    assert.match(text, /waited here once, for 3 s/);
  });
  await check('the views beside the code: tasks, and the runs so far', async () => {
    await page.locator('.activitybar .action-label[aria-label^="Coroscope"]').click({ force: true });
    await page.locator('.monaco-list-row', { hasText: "fry('eggs', 2)" }).first().waitFor();
    await page.locator('.pane-header', { hasText: 'Runs' }).waitFor();
    await workbench.pictures('browser', [
      ['light', 'Light Modern'],
      ['dark', 'Dark Modern'],
    ]);
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click({ force: true });
  });
  await check('a block of a note', async () => {
    await workbench.openFile('notes.md');
    const lens = page.locator('.codelens-decoration a', { hasText: 'Visualize async' }).nth(1);
    await workbench.press(lens, () => page.locator('.tab', { hasText: 'Timeline: notes.md' }).isVisible());
    await until('its lanes', async () => (await (await timeline()).lanes()).length > 1);
  });
  await check('a sample, and compared with the run before', async () => {
    await workbench.command('Coroscope: Open a Sample');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Timeout' }).first().click();
    await page.locator('.tab', { hasText: /Timeline: Untitled/ }).waitFor();
    await until('its lanes', async () => (await (await timeline()).lanes()).length > 2);
    await workbench.command('Coroscope: Visualize async');
    await workbench.command('Coroscope: Compare with Previous Run');
    await until('both runs', async () => /Compared with/.test(await (await timeline()).text()));
  });
  await check('a cell of a notebook', async () => {
    await workbench.explorerRow('book.ipynb').dblclick();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Open Notebook' }).click();
    await page.locator('.notebookOverlay .cell .view-line', { hasText: 'create_task' }).first().click();
    await workbench.command('Coroscope: Visualize async');
    await until('its lanes', async () => /work\(.*\) Task-2/.test((await (await timeline()).lanes()).join()));
    await workbench.picture('browser-notebook');
  });
  await check('a finding, with a quick fix that tries the change', async () => {
    await workbench.openFile('orders.py');
    await workbench.command('Coroscope: Visualize async');
    await until('the run', async () => /\b3 s/.test(await summary()));
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
    await entry.click();
    await until('the tried run', async () => /\b2 s/.test(await summary()));
  });
  await check('an endless program is stopped, and what it did until then is shown', async () => {
    await workbench.openFile('endless.py');
    await workbench.command('Coroscope: Visualize async');
    await toast('Running endless.py').waitFor();
    await until('its lanes', () => page.locator('.tab', { hasText: 'Timeline: endless.py' }).isVisible());
    await timeline();
    await toast('Running endless.py').locator('.monaco-button', { hasText: 'Cancel' }).click();
    return until('the notice', async () => {
      const shown = await (await timeline()).text();
      return /cancelled\. The timeline shows what was recorded/i.test(shown) && 'cancelled';
    });
  });
  await check('each input() is an input box, though no worker can wait for an answer', async () => {
    await workbench.openFile('greeting.py');
    await workbench.command('Coroscope: Visualize async');
    await box.getByText('Your name?').waitFor();
    await box.locator('input').fill('Ann');
    await box.locator('input').press('Enter');
    await box.getByText('After how many seconds?').waitFor();
    await box.locator('input').fill('3');
    await box.locator('input').press('Enter');
    await until('three seconds', async () => /\b3 s/.test(await summary()));
    await workbench.picture('browser-input');
  });
  await check('a program that runs anew with each answer has the same random numbers', async () => {
    await workbench.openFile('dice.py');
    await workbench.command('Coroscope: Visualize async');
    await box.getByText('Again?').waitFor();
    await box.locator('input').press('Enter');
    await until('the run', async () => /\b1 s/.test(await summary()));
    await workbench.command('Coroscope: Show Output');
    const output = page.locator('.panel .view-lines');
    const text = await until('the output', async () => {
      const shown = (await output.innerText()).replaceAll('\u00a0', ' ');
      return /still \d+/.test(shown) && shown;
    });
    await workbench.command('View: Hide Panel');
    const [, thrown, still] = /thrown (\d+)[\s\S]*still (\d+)/.exec(text) ?? [];
    assert.equal(still, thrown);
    assert.equal(text.match(/thrown/g)?.length, 1);
  });
  await check('live mode follows what is typed', async () => {
    await workbench.openFile('typed.py');
    await workbench.command('Coroscope: Visualize async');
    await until('the run', async () => shows('tea'));
    const { frame } = await timeline();
    await frame.locator('[data-tool=live]').click();
    await frame.locator('[data-tool=live][aria-pressed=true]').waitFor();
    await page.locator('.statusbar-item', { hasText: 'Live' }).waitFor();
    await typeInstead(workbench, ', 2)', ', 5)');
    await until('five seconds', async () => /\b5 s/.test(await summary()));
    await frame.locator('[data-tool=live]').click();
    await frame.locator('[data-tool=live][aria-pressed=false]').waitFor();
  });
  await check('a program that needs an interpreter is refused in one sentence', async () => {
    await workbench.openFile('waiter.py');
    await workbench.command('Coroscope: Visualize async');
    await toast(/interpreters need VS Code on the desktop/).waitFor();
  });
  await check('the timeline is saved as a trace, which opens as an editor of its own', async () => {
    await workbench.command('Notifications: Clear All Notifications');
    await workbench.openFile('constructs.py');
    await workbench.command('Coroscope: Visualize async');
    await until('the run', () => shows('sleeper'));
    await workbench.command('Coroscope: Save Trace');
    await accept('constructs.coroscope');
    await toast('constructs.coroscope was saved').locator('.monaco-button', { hasText: 'Open' }).click();
    await page.locator('.tab.active', { hasText: /^constructs\.coroscope/ }).waitFor();
    await until('its lanes', () => shows('sleeper'));
  });
  await check('the timeline is exported as a page', async () => {
    await page.locator('.tab', { hasText: 'Timeline: constructs.py' }).click();
    await workbench.command('Coroscope: Export Timeline as HTML');
    await accept('constructs.html');
    await toast('constructs.html was saved. To open it in a browser, download it').waitFor();
  });
  await check('F5 runs the file in the editor', async () => {
    await workbench.openFile('breakfast.py');
    await page.keyboard.press('F5');
    await page.locator('.repl', { hasText: 'breakfast.py ended with exit code 0.' }).waitFor();
    await workbench.openFile('endless.py');
    await page.keyboard.press('F5');
    await page.locator('.debug-toolbar').waitFor();
    await page.locator('.repl', { hasText: 'embedded Python' }).waitFor();
    await page.keyboard.press('Shift+F5');
    await page.locator('.repl', { hasText: 'endless.py was stopped.' }).waitFor();
    await workbench.command('View: Hide Panel');
  });
  await check('after a reload of the window the runs are still there', async () => {
    await page.reload();
    await workbench.explorerRow('breakfast.py').waitFor();
    await page.locator('.activitybar .action-label[aria-label^="Coroscope"]').click({ force: true });
    await page.locator('.monaco-list-row', { hasText: 'greeting.py' }).first().waitFor();
    await page.locator('.activitybar .action-label[aria-label^="Explorer"]').click({ force: true });
  });
}
