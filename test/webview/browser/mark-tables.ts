import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TraceStory } from '../../core/encode';
import { axTree, findings } from './accessibility';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { cut, gather } from './scenes';
import { oddlyNamed } from './scenes-hostile';
import { workshop } from './scenes-side-lanes';
import { type ThemeName, themes } from './themes';

const at = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).dataset.mark);
const rows = (page: Page, table: number) =>
  page.$$eval(
    '.tables table',
    (all, nth) =>
      [...all[nth].querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)),
    table,
  );

test('time limits, errors and log records are tables for a screen reader, and each row leads to its moment', async ({
  browser,
  url,
}) => {
  const { page, problems } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  const tables = async () =>
    (await axTree(page)).filter(({ role }) => role?.value === 'table').map(({ name }) => name?.value);
  assert.deepEqual((await tables()).slice(1), ['Time limits 1 to 2 of 2', 'Log records 1 to 2 of 2']);
  assert.deepEqual(await rows(page, 0), [
    ['0 s', 'Task-1 (main)', '2 s, done with 900 ms left', '2 s'],
    ['1.1 s', 'Task-1 (main)', '300 ms, ran out', '1.4 s'],
  ]);
  assert.deepEqual(
    (await rows(page, 1)).map((cells) => cells.slice(0, 3)),
    [
      ['60 ms', 'packer (pack)', 'INFO'],
      ['1.04 s', 'maker (make)', 'WARNING'],
    ],
  );
  // As a screen reader acts: by role and name, wherever it is.
  const link = (name: string) => page.getByRole('button', { name, exact: true });
  await link('Go to 1.1 s').dispatchEvent('click');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /Due at.*1\.4 s/s);
  assert.match(await textOf(page, '[aria-live]'), /Time limit · ran out/);
  assert.equal(await page.locator('.tables tr[aria-current=true]').count(), 1);
  // What else can be chosen is told in the table of its task, as before.
  assert.match((await tables())[0] ?? '', /of Task-1$/);
  await link('Go to 60 ms').dispatchEvent('click');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /opened the shop/);
  assert.deepEqual(problems, []);
});

test('the keyboard goes through them row by row, and back to the picture', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  await page.focus('.tables [data-mark="limit 0"]');
  assert.ok((await page.locator('.tables').boundingBox())!.height > 80);
  await page.keyboard.press('ArrowDown');
  assert.equal(await at(page), 'limit 1');
  await page.keyboard.press('ArrowDown');
  assert.equal(await at(page), 'limit 1');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /300 ms, ran out/);
  assert.equal(await at(page), 'limit 1');
  // One stop a table.
  await page.keyboard.press('Tab');
  assert.equal(await at(page), 'log 0');
  await page.keyboard.press('End');
  assert.equal(await at(page), 'log 1');
  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'stage');
  assert.ok((await page.locator('.tables').boundingBox())!.height < 5);
  // What is selected stays: that is the next Escape's.
  assert.match(await textOf(page, '.detail-pane'), /300 ms, ran out/);
});

test('thousands of log records are within reach, part by part', async ({ browser, url }) => {
  const story = new TraceStory();
  const main = story.task('main', 'main', 0);
  for (let i = 0; i < 1000; i++) story.log('INFO', `record ${i}`, i / 1000, main);
  story.done(main, 1).step(main, { start: 0, end: 1, cause: 'created' });
  const { page } = await openPanel(browser, url, { trace: story.bytes() });
  assert.equal((await rows(page, 0)).length, 200);
  for (let part = 0; part < 4; part++) await page.locator('.tables button.secondary').last().dispatchEvent('click');
  assert.equal((await rows(page, 0)).at(-1)?.[4], 'record 999');
  assert.equal(await at(page), 'log 800');
  assert.match(await textOf(page, '.tables caption'), /801 to 1000 of 1000/);
  // What is selected elsewhere is among the rows.
  await page.click('[data-pane=output]');
  await page.click('.output-pane [data-log="3"]');
  await settle(page);
  assert.equal(await page.locator('.tables tr[aria-current=true] [data-mark="log 3"]').count(), 1);
});

test('without any of them there is no table and no stop of the keyboard', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  assert.equal(await page.locator('.tables').isHidden(), true);
  assert.equal(await page.locator('.tables *').count(), 0);
});

test('in them hostile names are text', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: oddlyNamed() });
  assert.ok((await page.locator('.tables tbody tr').count()) > 0);
  assert.equal(await page.locator('.tables :is(img, script, b)').count(), 0);
  assert.deepEqual(problems, []);
});

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`tables of marks in ${theme}`, async ({ browser, url, shot }) => {
    for (const [name, trace] of Object.entries({ limits: workshop(), errors: cut() })) {
      const { page } = await openPanel(browser, url, { trace }, { theme, height: 900 });
      await page.focus('.tables [data-mark]');
      await page.keyboard.press('Enter');
      await settle(page);
      await page.screenshot({ path: shot(`tables-${name}-${theme}`) });
      assert.deepEqual(await findings(page), []);
    }
  });
}
