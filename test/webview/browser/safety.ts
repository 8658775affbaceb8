import assert from 'node:assert/strict';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { crowd, hostile } from './scenes';

test('names that would be harmful as HTML are shown as text', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: hostile() });
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.click(canvas.x + 300, canvas.y + 48);
  await settle(page);
  await page.screenshot({ path: shot('hostile') });
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.title(), 'Coroscope');
  assert.ok((await textOf(page, '.names')).includes('<img src=x'));
  assert.ok((await textOf(page, '.output-pane')).includes('<img src=x'));
  assert.deepEqual(problems, []);
});

test('a crowd of tasks is drawn without any in the page but those in view', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: crowd(600, 20) });
  await page.screenshot({ path: shot('crowd') });
  await page.click('[data-tool=group]');
  await settle(page);
  assert.ok((await page.locator('.name').count()) < 60);
  await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 9000));
  await settle(page);
  assert.ok((await textOf(page, '.names')).includes('worker-330'));
  assert.ok((await textOf(page, '.names')).includes('Event loop'));
  await page.screenshot({ path: shot('crowd-scrolled') });
  assert.deepEqual(problems, []);
});
