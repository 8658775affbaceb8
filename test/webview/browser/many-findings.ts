import assert from 'node:assert/strict';
import { test } from './harness';
import { openPanel, settle, textOf, until } from './panel';
import { crowd } from './scenes';

test('of very many findings some are shown, and the others on request, by keyboard too', async ({
  browser,
  url,
  shot,
}) => {
  const { page, problems } = await openPanel(browser, url, { trace: crowd(450, 2) });
  await page.click('[data-pane=findings]');
  await settle(page);
  const lines = page.locator('.findings-pane [role=option]');
  assert.equal(await lines.count(), 100);
  assert.equal(await textOf(page, '[data-pane=findings] .badge'), '451');
  const more = page.locator('.findings-pane .body > button');
  assert.equal(await more.textContent(), 'and 351 more');
  await more.focus();
  await page.keyboard.press('Enter');
  await until(page, () => document.querySelectorAll('.findings-pane [role=option]').length === 400);
  // What was asked for is where one goes on reading.
  assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.index), '100');
  assert.equal(await more.textContent(), 'and 51 more');
  await more.scrollIntoViewIfNeeded();
  await page.screenshot({ path: shot('many-findings') });
  await more.click();
  assert.equal(await lines.count(), 451);
  assert.equal(await more.count(), 0);
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.index), '399');
  assert.deepEqual(problems, []);
});
