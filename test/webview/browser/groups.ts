import assert from 'node:assert/strict';
import { findings } from './accessibility';
import { test } from './harness';
import { openPanel, received, settle, textOf } from './panel';
import { crowd } from './scenes';
import { type ThemeName, themes } from './themes';

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`five hundred tasks make a picture in ${theme}`, async ({ browser, url, shot }) => {
    const { page, problems } = await openPanel(browser, url, { trace: crowd(500, 20) }, { theme, height: 560 });
    await page.screenshot({ path: shot(`crowd-${theme}`) });
    assert.equal(await page.locator('.name').count(), 3);
    await page.click('.name.group');
    await settle(page);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(problems, []);
  });
}

test('a group is told by pointer, opens by keyboard and is a table', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(500, 20) }, { height: 560 });
  const row = (await page.locator('.name.group').boundingBox())!;
  const canvas = (await page.locator('canvas').boundingBox())!;
  assert.match(await textOf(page, '.name.group'), /worker\(\).*×500/);
  await page.mouse.move(canvas.x + 400, row.y + 20);
  await settle(page);
  assert.match(await textOf(page, '.tooltip'), /worker\(\) ×500.*Here: \d+ running, \d+ ready, \d+ suspended/s);
  await page.screenshot({ path: shot('crowd-hover') });
  await page.mouse.click(canvas.x + 400, row.y + 20);
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /Longest wait for its turn/);
  assert.match(await textOf(page, 'table caption'), /1 to 200 of 500 of worker\(\)/);
  await page.locator('.name.group').focus();
  await page.keyboard.press('ArrowRight');
  await settle(page);
  assert.equal(await page.locator('.name.group').getAttribute('aria-expanded'), 'true');
  assert.equal(await page.locator('.name.task').nth(1).getAttribute('aria-level'), '3');
  await page.screenshot({ path: shot('crowd-open') });
  await page.keyboard.press('ArrowLeft');
  await settle(page);
  assert.equal(await page.locator('.name.task').count(), 1);
});

test('what leads to a member opens its group', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(500, 5) }, { height: 560 });
  await page.evaluate(() => window.postMessage({ type: 'reveal', task: 400 }));
  await received(page);
  assert.match(await textOf(page, '.detail-pane h3'), /worker-398/);
  assert.equal(await page.locator('.name.task[aria-selected=true]').count(), 1);
});
