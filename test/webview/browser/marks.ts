import assert from 'node:assert/strict';
import { findings } from './accessibility';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { crowd } from './scenes';
import { workshop } from './scenes-side-lanes';
import { type ThemeName, themes } from './themes';

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`all wake-ups and time limits in ${theme}`, async ({ browser, url, shot }) => {
    const { page, problems } = await openPanel(browser, url, { trace: workshop() }, { theme, height: 900 });
    await page.click('[data-tool=arrows]');
    await settle(page);
    await page.screenshot({ path: shot(`arrows-${theme}`) });
    assert.ok((await page.locator('.wake.all').count()) >= 4);
    assert.equal(await page.locator('.frame-note').isVisible(), false);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(problems, []);
  });
}

test('a time limit is told where its mark is pointed at', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  const canvas = (await page.locator('canvas').boundingBox())!;
  const row = (await page.locator('.name.task').first().boundingBox())!;
  // Due at 1.4 s of 1.6 s, with room of 18 pixels at both ends.
  const x = canvas.x + 18 + ((canvas.width - 36) * 1.4) / 1.6;
  await page.mouse.move(x, row.y + row.height - 6);
  await settle(page);
  await page.screenshot({ path: shot('limit') });
  assert.match(await textOf(page, '.tooltip'), /Time limit · ran out.*300 ms, ran out/s);
  await page.mouse.click(x, row.y + row.height - 6);
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /Due at.*1\.4 s/s);
  assert.match(await textOf(page, '.legend'), /time limit ran out/);
});

test('where not all wake-ups can be drawn, it is said how many there are', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(40, 60) }, { height: 900 });
  await page.click('[data-tool=arrows]');
  await settle(page);
  await page.screenshot({ path: shot('arrows-crowd') });
  const drawn = await page.locator('.wake.all').count();
  assert.ok(drawn <= 160);
  const [, told, all] = /^(\d+) of (\d+) wake-ups in view are drawn/.exec(await textOf(page, '.frame-note'))!;
  assert.equal(Number(told), drawn);
  assert.ok(Number(all) > 2 * drawn, all);
  await page.focus('.stage');
  for (let i = 0; i < 30; i++) await page.keyboard.press('w');
  await settle(page);
  assert.equal(await page.locator('.frame-note').isVisible(), false);
  await page.click('[data-tool=arrows]');
  await settle(page);
  assert.equal(await page.locator('.wake.all').count(), 0);
});
