import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TraceStory } from '../../core/encode';
import { test } from './harness';
import { openPanel, settle, until } from './panel';
import { gather } from './scenes';

/** Six calls that differ in their last argument only, and a crowd of tasks. */
function calls(address: string): Uint8Array {
  const story = new TraceStory('/project/demo.py', 'virtual');
  const main = story.task('Task-1', 'main', 0);
  for (let i = 0; i < 6; i++) story.called(story.task(`Task-${i + 2}`, 'fetch', 0, main, 12), `'${address}', ${i}`);
  for (let i = 0; i < 60; i++) {
    const task = story.task(`crowd-${i}`, 'work_on_what_comes', 0, main, 14);
    story.group(task, 'gather');
    if (i % 20 === 0) story.failed(task, 1, 'ValueError: no', 'work_on_what_comes:14:4');
  }
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:12:4'], wait: ['sleep', 'sleep 1 s', {}] });
  story.done(main, 1).step(main, { start: 1, cause: 'timer' });
  return story.bytes();
}

const columnWidth = (page: Page) => page.$eval('.names', (names) => (names as HTMLElement).offsetWidth);

/** Names of tasks as they are seen: what is cut off is left out. */
const cutNames = (page: Page) =>
  page.$$eval('.name.task .text', (all) =>
    all.flatMap((text) => {
      const parts = [...text.children] as HTMLElement[];
      return parts.some((part) => part.scrollWidth > part.clientWidth + 1) ? [text.textContent] : [];
    }),
  );

test('the column of names is as wide as its names, up to 45% of the picture', async ({ browser, url, shot }) => {
  const short = await openPanel(browser, url, { trace: calls('apple') }, { width: 540 });
  assert.deepEqual(await cutNames(short.page), []);
  assert.ok((await columnWidth(short.page)) <= 0.45 * 540);
  await short.page.screenshot({ path: shot('names-540') });
  for (const width of [360, 541, 1200]) {
    const { page, problems } = await openPanel(
      browser,
      url,
      { trace: calls('https://example.com/api/v2/items/of/this/shop') },
      { width },
    );
    const taken = await columnWidth(page);
    assert.ok(taken <= 0.45 * width + 1, `${taken} of ${width}`);
    // The end of each is seen whole: that is what tells them apart.
    const ends = await page.$$eval('.name.task .text:not(.quiet) .name-end', (all) =>
      all.map((end) => end.scrollWidth <= end.clientWidth + 1 && end.textContent),
    );
    assert.equal(new Set(ends).size, 6, String(ends));
    const edge = (await page.locator('.names').boundingBox())!;
    const count = (await page.locator('.name.group .count').boundingBox())!;
    assert.equal(await page.textContent('.name.group .count'), '×60');
    assert.match((await page.textContent('.name.group .failures')) ?? '', /^33 of these tasks failed$/);
    const failures = (await page.locator('.name.group .failures').boundingBox())!;
    assert.ok(failures.x + failures.width <= edge.x + edge.width, 'so is that of failures');
    assert.ok(count.x + count.width <= edge.x + edge.width, 'the count is in view');
    assert.deepEqual(problems, []);
    await page.screenshot({ path: shot(`names-${width}`) });
    await page.close();
  }
});

test('the column of names is resized by dragging, by keyboard, and fits its names at a double-click', async ({
  browser,
  url,
}) => {
  const { page } = await openPanel(browser, url, { trace: gather() }, { width: 800 });
  const fitted = await columnWidth(page);
  const sash = page.getByRole('separator', { name: 'Width of the names column' });
  const box = (await sash.boundingBox())!;
  await page.mouse.move(box.x + 2, box.y + 120);
  await page.mouse.down();
  await page.mouse.move(box.x + 102, box.y + 120, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  assert.equal(await columnWidth(page), fitted + 100);
  const stage = (await page.locator('.stage canvas').boundingBox())!;
  assert.equal(Math.round(stage.x), fitted + 100);
  assert.equal(Math.round(stage.x + stage.width), 800);

  await sash.focus();
  await page.keyboard.press('ArrowLeft');
  await settle(page);
  assert.equal(await columnWidth(page), fitted + 84);
  assert.equal(await sash.getAttribute('aria-valuenow'), String(Math.round((100 * (fitted + 84)) / 800)));
  await page.keyboard.press('End');
  await settle(page);
  assert.equal(await columnWidth(page), 600);
  await page.keyboard.press('Home');
  await settle(page);
  assert.equal(await columnWidth(page), 96);
  // Kept over a reload of the page.
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await page.reload();
  await until(page, () => document.querySelector('.names .name') !== null);
  await settle(page);
  assert.equal(await columnWidth(page), 96);

  await page.locator('.names-sash').dblclick({ position: { x: 2, y: 150 } });
  await settle(page);
  assert.equal(await columnWidth(page), fitted);
});

test('at the playhead names keep their ends, also in the side bar', async ({ browser, url, shot }) => {
  const trace = calls('https://example.com/api/v2/items/of/this/shop');
  const { page } = await openPanel(browser, url, { trace, compact: true }, { width: 300, theme: 'light' });
  await page.keyboard.press('.');
  await until(page, () => document.querySelector('.with-standings .standing .codicon') !== null);
  const ends = await page.$$eval('.name.task .text:not(.quiet) .name-end', (all) =>
    all.map((end) => end.clientWidth > 12 && end.textContent),
  );
  assert.equal(new Set(ends).size, 6, String(ends));
  await page.screenshot({ path: shot('names-side-bar') });
});
