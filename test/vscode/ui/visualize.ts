import assert from 'node:assert/strict';
import type { Checks } from '../checks';
import { until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** From a right-click to a line of source: what a user does first. */
export async function visualizing(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  let timeline: TimelinePage;

  await check('hover explains an await before any run', async () => {
    await workbench.openFile('breakfast.py');
    const text = await workbench.hover('plates = await', 'await', '`gather`'.replaceAll('`', ''));
    assert.match(text, /creates 2 tasks, one for each coroutine/);
    assert.doesNotMatch(text, /Last run/);
    await workbench.picture('hover-before-run');
    return text;
  });
  await check('right-click → Visualize async → the panel shows lanes', async () => {
    const began = Date.now();
    await workbench.contextMenu('async def main', 'Visualize async');
    timeline = await TimelinePage.find(workbench);
    const took = Date.now() - began;
    await until('all lanes', async () => (await timeline.lanes()).length >= 5);
    const lanes = await timeline.lanes();
    assert.match(lanes.join('\n'), /Event loop[\s\S]*Task-1[\s\S]*Task-2[\s\S]*Task-3/);
    await timeline.colours();
    await workbench.picture('timeline-dark');
    return `${lanes.length} lanes, ${took} ms from the click to the first picture (cold)`;
  });
  await check('it opened beside the code, which kept its place', async () => {
    const groups = await page.locator('.editor-group-container').count();
    assert.equal(groups, 2);
    await page.locator('.tab', { hasText: 'Timeline: breakfast.py' }).waitFor();
  });
  await check('a click on a segment shows its line, and keys still go to the timeline', async () => {
    await timeline.clickLane('Task-2', 0.3);
    await until('the cursor in line 5', async () => (await workbench.cursorLines()).includes(5));
    await workbench.picture('click-to-source');
    await page.keyboard.press('?');
    await timeline.frame.locator('dialog[open]').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.tab.dirty').count(), 0, 'nothing was typed into the code');
  });
  await check('Enter goes there', async () => {
    await page.keyboard.press('Enter');
    return until('the cursor in line 5', async () => {
      const cursor = await workbench.cursor();
      return cursor.startsWith('Ln 5,') && cursor;
    });
  });
  await check('the click used the editor that was open', async () => {
    assert.equal(await page.locator('.tab', { hasText: /^breakfast\.py$/ }).count(), 1);
    assert.equal(await page.locator('.editor-group-container').count(), 2);
  });
  await check('the program’s output is in the panel', async () => {
    await timeline.frame.locator('[role=tab][data-pane=output]').click();
    await until('the output', async () => /served/.test(await timeline.text()));
  });
  await check('the program’s output is in the output channel, with the engine and why', async () => {
    await workbench.command('Coroscope: Show Output');
    const panel = page.locator('.part.panel .view-lines');
    await until('the output', async () => /served/.test(await panel.innerText()));
    const text = (await panel.innerText()).replaceAll('\u00a0', ' ');
    assert.match(text, /embedded Python 3\.\d+/);
    assert.match(text, /has everything this program needs/);
    await workbench.picture('output-channel');
    await workbench.command('View: Hide Panel');
  });
  await check('hover tells what the line did in the run', async () => {
    const text = await workbench.hover('await asyncio.sleep', 'await', /waited here[\s\S]*Woken by/);
    assert.match(text, /waited here 2 times, 5 s in all, 3 s at the longest/);
    assert.match(text, /Woken by its own timer/);
    await workbench.picture('hover-after-run');
    return text.split('\n').at(-1);
  });
  await check('the link in the hover shows the task in the timeline', async () => {
    await workbench.hover('await asyncio.sleep', 'await', 'Show in Timeline');
    await page.locator('.monaco-hover:visible a', { hasText: 'Show in Timeline' }).first().click();
    await until('the task’s details', async () => /bacon|fry/.test(await timeline.text()));
  });
  await check('after an edit the hover says that the run is of the file as it was', async () => {
    await workbench.line('import asyncio').click({ position: { x: 30, y: 8 } });
    await page.keyboard.press('Home');
    await page.keyboard.type('# an edit\n');
    const text = await workbench.hover('await asyncio.sleep', 'await', /waited here[\s\S]*has changed since/);
    assert.match(text, /waited here 2 times/);
  });
  await check('unsaved text is what runs, in the same panel', async () => {
    await workbench.line('plates = await').click({ position: { x: 30, y: 8 } });
    await page.keyboard.press('End');
    await page.keyboard.type('\nawait asyncio.sleep(7)');
    const began = Date.now();
    await workbench.contextMenu('async def main', 'Visualize async');
    timeline = await TimelinePage.find(workbench);
    const text = await workbench.hover('await asyncio.sleep(7)', 'await', /waited here[\s\S]*for 7 s/);
    assert.match(text, /once, for 7 s/);
    assert.equal(await page.locator('.tab', { hasText: 'Timeline' }).count(), 1);
    return `${Date.now() - began} ms`;
  });
  await check('names that a program chooses are text, in the panel and in hovers', async () => {
    await page.keyboard.press('Escape');
    await workbench.openFile('names.py');
    await workbench.command('Coroscope: Visualize async');
    timeline = await TimelinePage.find(workbench);
    await until('the lane', async () => (await timeline.lanes()).some((lane) => lane.includes('<img src=x')));
    assert.equal(await timeline.frame.locator('img').count(), 0);
    // A lens that comes late moves the lines down, and what is hovered over is the line above.
    await workbench.hover('await asyncio.create_task', 'await', /Last run[\s\S]*<img src=x onerror/);
    // The picture of the line is ours; it shows the name too, and an image runs nothing.
    const theirs =
      '.monaco-hover:visible :is(img:not([src^="data:image/svg+xml"]), a[href*="quit"], a[data-href*="quit"])';
    assert.equal(await page.locator(theirs).count(), 0);
    await workbench.picture('hover-names');
  });
  await check('a syntax error is told once, with its line', async () => {
    await workbench.openFile('broken.py');
    await workbench.command('Coroscope: Visualize async');
    const frame = await workbench.webview('.notice.error, .blank:not(:empty), .problem');
    const text = await until('the error', async () => {
      const shown = await frame.locator('body').innerText();
      return /SyntaxError|invalid syntax/i.test(shown) && shown;
    });
    await workbench.picture('syntax-error');
    return text.replace(/\s+/g, ' ').slice(0, 160);
  });
}
