import assert from 'node:assert/strict';
import type { Checks } from '../checks';
import { soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** Code where people keep it: a Markdown note, a notebook, functions of a file, an unsaved text. */
export async function snippets(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const lenses = page.locator('.codelens-decoration a', { hasText: 'Visualize async' });
  const input = page.locator('.quick-input-widget:visible input').first();
  /** Whether the panel, if there is one, has such lanes. */
  const shows = async (what: RegExp) => {
    const panel = await TimelinePage.find(workbench, false, 200).catch(() => undefined);
    return panel !== undefined && what.test((await panel.lanes()).join('\n'));
  };
  const shown = async (what: RegExp) => until(`lanes with ${what}`, () => shows(what));

  await check('a lens stands above each block of a note that has async code', async () => {
    await workbench.openFile('notes.md');
    await until('four lenses', async () => (await lenses.count()) === 4, 180_000);
    await workbench.picture('note-lenses');
  });
  await check('a click on it runs the block, and the panel says what was done to it', async () => {
    await workbench.press(lenses.nth(1), () =>
      shows(/main\(\) Task-1[\s\S]*fetch\(.*\) Task-2[\s\S]*fetch\(.*\) Task-3/),
    );
    const timeline = await TimelinePage.find(workbench);
    await timeline.frame.locator('.notice.prepared summary').click();
    const text = (await timeline.frame.locator('.notice.prepared').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /Added the missing import asyncio/);
    assert.match(text, /Taken from block 1 \(line 6\): fetch/);
    assert.match(text, /Lines 20 to 23 look like program output/);
    await workbench.picture('note-run');
    await timeline.frame.locator('.notice.prepared li button', { hasText: 'notes.md:20' }).click();
    await until('the cursor in line 20', async () => (await workbench.cursor()).startsWith('Ln 20,'));
    return text;
  });
  await check('a click on a segment goes to the line of the note', async () => {
    const timeline = await TimelinePage.find(workbench);
    await timeline.clickLane('Task-2', 0.3);
    await until('the cursor in line 8', async () => (await workbench.cursorLines()).includes(8));
  });
  await check('a session at a prompt, inside of a list', async () => {
    await workbench.press(lenses.nth(2), () => shows(/<module> Task-1/));
    const timeline = await TimelinePage.find(workbench);
    await timeline.clickLane('Task-1', 0.5);
    await until('the cursor in line 8', async () => (await workbench.cursorLines()).includes(8));
  });
  await check('a fragment says in a sentence what is missing', async () => {
    const told = async () => {
      const pages = page.frames().map((frame) => frame.locator('.app:not(.compact) .blank:visible').allInnerTexts());
      return (await Promise.all(pages.map((texts) => texts.catch(() => [])))).flat().join();
    };
    await workbench.press(lenses.nth(3), async () => (await told()).includes('This is a fragment'));
    const text = await told();
    assert.match(text, /aws.*(is|are) not defined in this document/);
    await workbench.picture('note-fragment');
    return text.split('\n')[0];
  });
  await check('a title button runs the block that the cursor is in', async () => {
    await workbench.line('print(name').click();
    const button = page.locator('.editor-actions a[aria-label^="Visualize async"]').first();
    const question = page.locator('.quick-input-widget:visible', { hasText: 'How should fetch be called?' });
    await workbench.press(button, () => question.isVisible());
    await workbench.picture('ask-arguments');
    await input.fill('fetch("X", 4)');
    await page.keyboard.press('Enter');
    await shown(/^(?![\s\S]*Task-2)[\s\S]*fetch\(.*\) Task-1/);
  });
  await check('the call is remembered for the file', async () => {
    const question = page.locator('.quick-input-widget:visible', { hasText: 'How should fetch be called?' });
    await workbench.press(lenses.nth(0), () => question.isVisible());
    assert.equal(await input.inputValue(), 'fetch("X", 4)');
    await page.keyboard.press('Escape');
  });
  await check('lenses above the coroutine functions of a file; several are asked about', async () => {
    await workbench.openFile('pieces.py');
    await until('three lenses', async () => (await lenses.count()) === 3);
    await workbench.picture('file-lenses');
    await workbench.command('Coroscope: Visualize async');
    const pick = page.locator('.quick-input-widget:visible', { hasText: 'Which coroutine function should run?' });
    await pick.waitFor();
    await workbench.picture('ask-function');
    await page.keyboard.type('second');
    await page.keyboard.press('Enter');
    await shown(/second\(.*\) Task-1/);
  });
  await check('one function by its lens', async () => {
    await workbench.press(lenses.nth(1), () => shows(/first\(.*\) Task-1/));
  });
  await check('the function at the cursor', async () => {
    await workbench.line('await task("second"').click();
    await workbench.command('Visualize async: function at the cursor');
    await shown(/second\(.*\) Task-1/);
  });
  await check('lines that took part in the run of a selection are marked', async () => {
    await workbench.line('async def second').click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    const marked = () =>
      page
        .locator('.editor-instance .view-overlays .cdr')
        .evaluateAll((all) => all.filter((each) => getComputedStyle(each).borderLeftWidth === '2px').length);
    const button = page.locator('.editor-actions a[aria-label^="Visualize async"]').first();
    await workbench.press(button, async () => (await marked()) >= 4);
    await workbench.picture('part-lines');
  });
  await check('a cell of a notebook runs with what other cells define', async () => {
    await workbench.explorerRow('book.ipynb').dblclick();
    const cell = page.locator('.notebookOverlay .cell .view-line', { hasText: 'create_task' }).first();
    await cell.waitFor({ timeout: 180_000 });
    await cell.click();
    const inCells = page.locator('.notebookOverlay .codelens-decoration a', { hasText: 'Visualize async' });
    await soon(async () => (await inCells.count()) > 0);
    await workbench.picture('notebook');
    const note = `${await inCells.count()} lenses in cells`;
    await workbench.command('Coroscope: Visualize async');
    await shown(/<module> Task-1[\s\S]*work\(.*\) Task-2/);
    await workbench.picture('notebook-run');
    return note;
  });
  await check('the lens of another cell runs that cell', async () => {
    const other = page.locator('.notebookOverlay .codelens-decoration a', { hasText: 'Visualize async' }).first();
    const question = page.locator('.quick-input-widget:visible', { hasText: 'How should work be called?' });
    await workbench.press(other, () => question.isVisible());
    await page.keyboard.press('Escape');
  });
}
