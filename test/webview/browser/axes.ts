import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, settle, textOf, until } from './panel';
import { blocking, cleanedUp, gather, patient } from './scenes';

const pressed = (page: Page) =>
  page.$$eval('.segments [aria-pressed=true]', (all) => all.map((button) => (button as HTMLElement).dataset.tool));
const TRAVELLED = 400;

test('three axes are one click apart, and one key', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: patient() });
  for (const tool of ['squeezed', 'steps', 'time']) {
    await page.click(`[data-tool=${tool}]`);
    await settle(page);
    assert.deepEqual(await pressed(page), [tool]);
  }
  await page.focus('.stage');
  for (const tool of ['squeezed', 'steps', 'time']) {
    await page.keyboard.press('t');
    await settle(page);
    assert.deepEqual(await pressed(page), [tool]);
  }
});

test('folded time is marked, with its real length at the axis and in the tooltip', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: patient() });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await page.locator('.axis .fold').count(), 0);
  await page.click('[data-tool=squeezed]');
  await settle(page);
  assert.deepEqual(await page.$$eval('.axis .fold text', (all) => all.map((each) => each.textContent)), [
    '2 s',
    '60 s',
    '10 min',
  ]);
  assert.match(await textOf(page, '.axis .fold title'), /nothing ran for 2 s/);
  const fold = (await page.locator('.axis .fold rect').first().boundingBox())!;
  await page.mouse.move(fold.x + 10, fold.y + 34 + 24 + 14);
  await settle(page);
  assert.match(await textOf(page, '.tooltip'), /Folded: nothing ran for 2 s/);
  await page.screenshot({ path: shot('squeezed') });
  assert.deepEqual(problems, []);
});

test('another axis shows what was in the centre', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: patient() });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.click('[data-tool=squeezed]');
  await settle(page);
  const stage = (await page.locator('.stage').boundingBox())!;
  // To the second run of the poller, behind the first fold.
  await page.keyboard.down('Alt');
  await page.mouse.dblclick(stage.x + 380, stage.y + 34 + 28 + 14);
  await page.keyboard.up('Alt');
  await settle(page);
  const title = async () => {
    await page.mouse.click(stage.x + stage.width / 2, stage.y + 34 + 28 + 14);
    await settle(page);
    return textOf(page, '.detail-pane');
  };
  const before = await title();
  assert.match(before, /poller · running/);
  for (const tool of ['time', 'squeezed', 'steps']) {
    await page.click(`[data-tool=${tool}]`);
    await settle(page);
    assert.equal(await title(), before, tool);
  }
});

test('boxes travel to their places on another axis, unless less motion is wanted', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() }, { alone: true });
  // How far they are depends on the clock, and not on how many frames a busy machine draws.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  assert.ok((await picturesOnTheWay(page, 'steps')) > 2);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await picturesOnTheWay(page, 'time'), 1);
});

/** How many different pictures are seen between the click and the end, of one every 40 ms of the page's own time. */
async function picturesOnTheWay(page: Page, tool: string): Promise<number> {
  await page.click(`[data-tool=${tool}]`);
  const pictures = new Set<string>();
  for (let at = 0; at < TRAVELLED; at += 40) {
    await page.clock.runFor(40);
    pictures.add(await page.evaluate(() => document.querySelector('canvas')!.toDataURL()));
  }
  return pictures.size;
}

test('a small program opens on its order; each axis explains itself until that was read', async ({
  browser,
  url,
  shot,
}) => {
  const newcomer = { trace: gather(), axis: null, dismissed: [] } as const;
  const { page, posted } = await openPanel(browser, url, newcomer, { width: 900 });
  const pressed = (axis: string) => page.getAttribute(`[data-tool=${axis}]`, 'aria-pressed');
  assert.equal(await pressed('steps'), 'true');
  assert.match(await textOf(page, '.hint'), /^Steps · .*equally wide.*Time$/);
  await page.screenshot({ path: shot('first-steps') });
  await page.click('.hint [data-tool=hint]');
  await settle(page);
  assert.equal(await pressed('time'), 'true');
  assert.match(await textOf(page, '.hint'), /^Time · .*thin lines.*Steps$/);
  await page.click('.hint .tool');
  await settle(page);
  assert.equal(await page.locator('.hint').isVisible(), false);
  const dismissed = (await posted()).filter(({ type }) => type === 'dismiss');
  assert.deepEqual(
    dismissed.map(({ hint }) => hint),
    ['time'],
  );
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('stage')));
  // What was chosen holds for other runs, and over a reload.
  await page.reload();
  await until(page, () => document.querySelector('.names .name') !== null);
  assert.equal(await pressed('time'), 'true');
});

test('where only tasks were followed it is said once, after what the axis shows', async ({ browser, url, shot }) => {
  const trace = gather(2, { clock: 'real', detail: 'tasks' });
  const { page, posted } = await openPanel(
    browser,
    url,
    { trace, dismissed: ['time'] },
    { width: 900, theme: 'light' },
  );
  assert.match(await textOf(page, '.hint'), /^Coroutines inside tasks are not drawn here/);
  await page.screenshot({ path: shot('tasks-only') });
  await page.click('.hint .tool');
  await settle(page);
  assert.equal(await page.locator('.hint').isVisible(), false);
  assert.deepEqual((await posted()).find(({ type }) => type === 'dismiss')?.hint, 'tasks');
});

test('what blocks the loop opens as long as it took', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: blocking(), axis: null });
  assert.equal(await page.getAttribute('[data-tool=time]', 'aria-pressed'), 'true');
  assert.equal(await page.locator('.hint').isVisible(), false);
});

test('what asyncio does to clean up has no place on the axis of steps until libraries are shown', async ({
  browser,
  url,
}) => {
  const { page, problems } = await openPanel(browser, url, { trace: cleanedUp(), axis: 'steps' });
  const ticks = () => page.$$eval('.axis .tick text', (all) => all.map((each) => Number(each.textContent)));
  const events = () => page.getAttribute('.playhead', 'aria-valuemax');
  assert.equal(Math.max(...(await ticks())), 4);
  assert.equal(await events(), '4');
  await page.focus('.stage');
  await page.keyboard.press('l');
  await settle(page);
  assert.ok(Math.max(...(await ticks())) >= 8);
  assert.equal(await events(), '9');
  assert.deepEqual(problems, []);
});
