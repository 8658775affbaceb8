import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { statsOf } from '../../../src/core/stats/stats';
import { readTimeline } from '../../../src/core/timeline/build';
import { formatDuration } from '../../../src/core/units';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { gather } from './scenes';

const timeline = readTimeline(gather());
const stats = statsOf(timeline);

const columns = (page: Page, column: string) => page.locator(`.numbers td.of-${column}`).allTextContents();
const rows = (page: Page) => page.locator('.numbers tbody tr[role=row]');
const names = (page: Page) => page.locator('.numbers tbody th.of-name .what').allTextContents();
const numbersTab = (page: Page) => page.click('.tab[data-pane=numbers]');

/** Of a duration as it is shown. */
function seconds(text: string): number {
  const [number, unit] = text.split(' ');
  return Number(number) / { s: 1, ms: 1e3, µs: 1e6, ns: 1e9 }[unit]!;
}

/** Drags with Shift over a part of the picture, from and to given as shares of its width. */
async function drag(page: Page, from: number, to: number): Promise<void> {
  const box = (await page.locator('.stage canvas').boundingBox())!;
  const [y, x] = [box.y + box.height / 2, (share: number) => box.x + share * box.width];
  await page.keyboard.down('Shift');
  await page.mouse.move(x(from), y);
  await page.mouse.down();
  await page.mouse.move(x((from + to) / 2), y);
  await page.mouse.move(x(to), y);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await settle(page);
}

test('numbers: the same as those of the command, sorted by any column', async ({ browser, url, shot }) => {
  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    const { page, problems } = await openPanel(browser, url, { trace: gather() }, { theme });
    await numbersTab(page);
    await settle(page);
    assert.deepEqual(
      await names(page),
      stats.site.map(({ name }) => name),
    );
    assert.deepEqual(
      await columns(page, 'suspended'),
      stats.site.map(({ suspended }) => formatDuration(suspended)),
    );
    assert.deepEqual(await columns(page, 'running'), [], 'an await site does not run');
    await page.selectOption('[data-tool=table]', 'task');
    await settle(page);
    assert.deepEqual(
      await columns(page, 'count'),
      stats.task.map(({ count }) => String(count)),
    );
    await page.click('[data-tool=sort-name]');
    await settle(page);
    const sorted = stats.task
      .map(({ name }) => name)
      .toSorted((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    assert.deepEqual(await names(page), sorted);
    await page.click('[data-tool=sort-name]');
    await settle(page);
    assert.deepEqual(await names(page), sorted.toReversed());
    assert.equal(await page.getAttribute('.numbers th.of-name[aria-sort]', 'aria-sort'), 'descending');
    await rows(page).first().click();
    await settle(page);
    await page.screenshot({ path: shot(`numbers-${theme}`) });
    assert.deepEqual(problems, []);
    await page.close();
  }
});

test('numbers: a row shows its waits by length, selects the longest, and opens its line', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  await numbersTab(page);
  await settle(page);
  await rows(page).first().click();
  await settle(page);
  assert.equal(await page.locator('.ring.selected').count(), 1);
  const counts = await page.locator('.histogram .count').allTextContents();
  assert.equal(
    counts.reduce((sum, count) => sum + Number(count), 0),
    stats.site[0].count,
  );
  const opened = (await posted()).filter(({ type }) => type === 'open');
  assert.deepEqual(
    opened.map(({ line, focus }) => [line, focus]),
    [[stats.site[0].line, false]],
  );
  // By keyboard: the next row, and its line with the focus.
  await page.keyboard.press('ArrowDown');
  await settle(page);
  assert.equal(await rows(page).nth(1).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  assert.deepEqual((await posted()).filter(({ type }) => type === 'open').at(-1)?.focus, true);
});

test('numbers: Shift and a drag choose a range; Escape brings the whole run back', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: gather() }, { theme: 'light' });
  await drag(page, 0.3, 0.7);
  assert.equal(await page.getAttribute('.tab[data-pane=numbers]', 'aria-selected'), 'true');
  assert.equal(await page.locator('rect.range').count(), 1);
  const [, told] = /\((.*)\)/.exec(await textOf(page, '.totals strong'))!;
  const length = seconds(told);
  assert.ok(Math.abs(length / timeline.duration - 0.4) < 0.03, `${length} of ${timeline.duration}`);
  // Totals are cut at the range; waits are as long as they were.
  const inside = (await columns(page, 'suspended')).map(seconds).reduce((sum, each) => sum + each, 0);
  const all = stats.site.reduce((sum, { suspended }) => sum + suspended, 0);
  assert.ok(inside > 0 && inside < all, `${inside} of ${all}`);
  assert.deepEqual(new Set(await columns(page, 'max')).has(formatDuration(stats.site[0].max)), true);
  await page.screenshot({ path: shot('numbers-range') });
  await page.locator('.stage').focus();
  await page.keyboard.press('Escape');
  await settle(page);
  assert.equal(await page.locator('rect.range').count(), 0);
  assert.match(await textOf(page, '.totals strong'), /^Whole run/);
  assert.deepEqual(problems, []);
});

test('numbers: they follow what is in view', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await numbersTab(page);
  await page.check('[data-tool=in-view]');
  await settle(page);
  assert.match(await textOf(page, '.totals strong'), /^Whole run/);
  await page.locator('.stage').focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press('w');
  await settle(page);
  assert.match(await textOf(page, '.totals strong'), /^\S+ m?s to /);
  assert.equal(await page.locator('rect.range').count(), 0);
  await page.keyboard.press('f');
  await settle(page);
  assert.match(await textOf(page, '.totals strong'), /^Whole run/);
});

test('numbers: N shows those of the selection', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.locator('.names .name', { hasText: 'Task-2' }).first().click();
  await page.keyboard.press('n');
  await settle(page);
  assert.equal(await page.locator('rect.range').count(), 1);
  assert.equal(await page.getAttribute('.tab[data-pane=numbers]', 'aria-selected'), 'true');
});

test('numbers: in a narrow panel the names stay readable', async ({ browser, url, shot }) => {
  for (const width of [360, 541]) {
    const { page } = await openPanel(browser, url, { trace: gather() }, { width, theme: 'light' });
    await numbersTab(page);
    await settle(page);
    await rows(page).first().click();
    await settle(page);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
    const box = (await page.locator('.numbers tbody th.of-name').first().boundingBox())!;
    assert.ok(box.width >= 100, `${box.width}`);
    await page.screenshot({ path: shot(`numbers-${width}`) });
    await page.close();
  }
});

test('numbers: the table is copied as CSV', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  await numbersTab(page);
  await settle(page);
  await page.click('[data-tool=copy]');
  await page.locator('.numbers-bar [role=status]', { hasText: 'Copied.' }).waitFor();
  const csv = String((await posted()).find(({ type }) => type === 'copy')?.text);
  assert.equal(csv.split('\r\n').length, stats.site.length + 2);
  assert.match(csv, /^name,file,line,column,count,/);
});
