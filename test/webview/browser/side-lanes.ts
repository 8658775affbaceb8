import assert from 'node:assert/strict';
import { findings } from './accessibility';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { factory, workshop } from './scenes-side-lanes';
import { type ThemeName, themes } from './themes';

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`jobs, locks and queues in ${theme}`, async ({ browser, url, shot }) => {
    const { page, problems } = await openPanel(browser, url, { trace: workshop() }, { theme, height: 900 });
    await page.screenshot({ path: shot(`beside-${theme}`) });
    await page.click('.name.side >> text=bench');
    await settle(page);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(problems, []);
  });
}

test('a lane beside the tasks is selected by pointer and walked along by keyboard', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  const canvas = (await page.locator('canvas').boundingBox())!;
  const row = (await page.locator('.name.side', { hasText: 'bench' }).boundingBox())!;
  await page.mouse.move(canvas.x + 120, row.y + 12);
  await settle(page);
  assert.match(await textOf(page, '.tooltip'), /bench · lock.*Held by.*maker/s);
  await page.mouse.click(canvas.x + 120, row.y + 12);
  await settle(page);
  assert.equal(await textOf(page, '.detail-pane h3'), 'bench · lock');
  assert.equal(await page.locator('.ring.selected').count(), 1);
  assert.equal((await posted()).at(-1)?.type, 'open');
  assert.match(await textOf(page, 'table caption'), /1 to 2 of 2 of bench lock/);
  await page.screenshot({ path: shot('beside-selected') });
  await page.focus('.stage');
  await page.keyboard.press('ArrowRight');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /Held by.*packer/s);
  await page.keyboard.press('ArrowDown');
  await settle(page);
  assert.equal(await textOf(page, '.detail-pane h3'), 'open · event');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /cutter --fast/);
});

test('a link leads from a job to the task it woke', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  await page.click('.name.side >> text=asyncio_0');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /saw · thread/);
  await page.click('.detail-pane dt:has-text("Woke") + dd button');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /maker · ready/);
});

test('sections fold away and come back, by pointer and keyboard', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  const sides = () => page.locator('.name.side').count();
  assert.equal(await sides(), 6);
  const heading = page.locator('.name.section', { hasText: 'Locks and events' });
  assert.equal(await heading.getAttribute('aria-expanded'), 'true');
  await heading.click();
  await settle(page);
  assert.equal(await sides(), 4);
  assert.equal(await heading.getAttribute('aria-expanded'), 'false');
  await heading.focus();
  await page.keyboard.press('ArrowRight');
  await settle(page);
  assert.equal(await sides(), 6);
});

test('twenty thousand uses of a queue are drawn at any zoom', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: factory(20_000) }, { height: 700 });
  await page.screenshot({ path: shot('factory') });
  await page.focus('.stage');
  for (let i = 0; i < 12; i++) await page.keyboard.press('+');
  await settle(page);
  await page.screenshot({ path: shot('factory-close') });
  assert.deepEqual(problems, []);
});
