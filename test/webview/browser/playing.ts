import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { blocking, crowd, gather } from './scenes';

const value = (page: Page) => page.getAttribute('.playhead', 'aria-valuenow');
const lit = (page: Page) =>
  page.$$eval('.sentence[aria-selected=true]', (all) => all.map((each) => each.querySelector('.number')!.textContent));
const standings = (page: Page) => page.$$eval('.standing', (all) => all.map((each) => `${each.textContent!.trim()}`));

test('the playhead steps from event to event; names, story and host follow', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  assert.deepEqual(await standings(page), ['', '', '']);
  await page.keyboard.press('.');
  await settle(page);
  assert.equal(await value(page), '1');
  // The first sentence tells of the loop.
  assert.deepEqual(await lit(page), ['2']);
  assert.deepEqual(await standings(page), ['running line 1', '', '']);
  for (const key of ['.', '.']) await page.keyboard.press(key);
  await settle(page);
  assert.deepEqual(await standings(page), ['suspended line 12', 'suspended line 2', 'running line 1']);
  await page.screenshot({ path: shot('playhead') });
  const told = (await posted()).filter(({ type }) => type === 'playhead').at(-1)!;
  assert.deepEqual(
    (told.places as { name: string; state: string; line: number }[]).map(({ name, state, line }) => [
      name,
      state,
      line,
    ]),
    [
      ['Task-3', 'running', 1],
      ['Task-1', 'suspended', 12],
      ['Task-2', 'suspended', 2],
    ],
  );
  assert.match(await textOf(page, '[aria-live]'), /^Event 3 of 11, 0 s\. Task-3 \(fetch\) starts\./);
  await page.keyboard.press(',');
  await settle(page);
  assert.equal(await value(page), '2');
  await page.keyboard.press('Escape');
  await settle(page);
  assert.deepEqual(await standings(page), ['', '', '']);
  assert.deepEqual((await posted()).at(-1), { type: 'playhead', places: null, turn: null });
});

test('its handle is a slider: keys step, a drag on the axis moves it', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.focus('.playhead');
  await page.keyboard.press('End');
  await settle(page);
  assert.equal(await value(page), '11');
  assert.match((await page.getAttribute('.playhead', 'aria-valuetext'))!, /^Event 11 of 11, 2 s\./);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('PageDown');
  await settle(page);
  assert.equal(await value(page), '1');
  const ruler = (await page.locator('.ruler').boundingBox())!;
  await page.mouse.move(ruler.x + 100, ruler.y + 12);
  await page.mouse.down();
  await page.mouse.move(ruler.x + ruler.width * 0.75, ruler.y + 12, { steps: 3 });
  await page.mouse.up();
  await settle(page);
  // In the second wait of the loop, half a second before its end.
  assert.equal(await value(page), '7');
  const line = (await page.getAttribute('.overlay .moment', 'x1'))!;
  assert.ok(Math.abs(Number(line) - ruler.width * 0.75) < 2, line);
});

test('going to a sentence takes the playhead there, Enter opens its line', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  await page.click('.sentence >> nth=6');
  await settle(page);
  assert.equal(await value(page), '6');
  assert.deepEqual((await posted()).at(-1)?.type, 'playhead');
  assert.ok((await posted()).some(({ type, line }) => type === 'open' && line === 2));
  await page.keyboard.press('ArrowDown');
  await settle(page);
  assert.equal(await value(page), '7');
  assert.deepEqual(await lit(page), ['8']);
});

test('it plays to the end and stops there; a key pauses it', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.click('[data-tool=steps]');
  await page.keyboard.press('p');
  const playing = async () => (await page.getAttribute('[data-tool=play]', 'title')) === 'Pause (P)';
  await settle(page);
  assert.ok(await playing());
  for (let i = 0; i < 4; i++) await page.keyboard.press('>');
  while (await playing()) await settle(page);
  assert.equal(await playing(), false);
  assert.equal(await value(page), '11');
  await page.keyboard.press('p');
  await page.keyboard.press('p');
  await settle(page);
  assert.equal(await playing(), false);
  assert.notEqual(await value(page), '11');
});

test('for those who asked for less motion it goes from event to event', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.click('[data-tool=steps]');
  await page.keyboard.press('>');
  await page.keyboard.press('p');
  const seen = new Set<number>();
  for (let i = 0; i < 25; i++) {
    seen.add(Number(await page.getAttribute('.overlay .moment', 'x1')));
    await settle(page);
  }
  const places = await page.evaluate(() => {
    const { width } = document.querySelector('.ruler')!.getBoundingClientRect();
    return Array.from({ length: 12 }, (_, i) => 18 + (i * (width - 36)) / 11);
  });
  const between = [...seen].filter((x) => x >= 0 && !places.some((place) => Math.abs(place - x) < 1));
  assert.deepEqual(between, []);
});

test('the overview shows the window, drags it, and takes keys', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(60, 20) });
  const strip = (await page.locator('.overview').boundingBox())!;
  const part = () => page.getAttribute('.overview', 'aria-valuetext');
  const whole = await part();
  assert.equal(await page.locator('.overview .selection').isVisible(), false);
  await page.mouse.move(strip.x + 200, strip.y + 20);
  await page.mouse.down();
  await page.mouse.move(strip.x + 300, strip.y + 20, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  const zoomed = await part();
  assert.notEqual(zoomed, whole);
  const box = (await page.locator('.overview .selection').boundingBox())!;
  assert.ok(Math.abs(box.x - strip.x - 200) < 3 && Math.abs(box.width - 100) < 4, JSON.stringify(box));
  await page.screenshot({ path: shot('overview') });
  await page.mouse.move(strip.x + 250, strip.y + 20);
  await page.mouse.down();
  await page.mouse.move(strip.x + 450, strip.y + 20, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  const moved = (await page.locator('.overview .selection').boundingBox())!;
  assert.ok(Math.abs(moved.x - box.x - 200) < 3 && Math.abs(moved.width - box.width) < 3, JSON.stringify(moved));
  await page.mouse.click(strip.x + 700, strip.y + 20);
  await settle(page);
  const there = (await page.locator('.overview .selection').boundingBox())!;
  assert.ok(Math.abs(there.x + there.width / 2 - strip.x - 700) < 4, JSON.stringify(there));
  await page.focus('.overview');
  let before = await part();
  for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']) {
    await page.keyboard.press(key);
    await settle(page);
    assert.notEqual(await part(), before, `${key} changes nothing`);
    before = await part();
  }
  await page.mouse.dblclick(strip.x + 20, strip.y + 20);
  await settle(page);
  assert.equal(await part(), whole);
});

test('the list of keys opens, keeps the focus, and gives it back', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.focus('.stage');
  await page.keyboard.press('?');
  await settle(page);
  await page.screenshot({ path: shot('keys') });
  const keys = await page.$$eval('.help kbd', (all) => all.map((key) => key.textContent));
  for (const key of ['W', 'A', 'S', 'D', '?', ',', '.']) assert.ok(keys.includes(key), key);
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement!.closest('dialog') !== null));
  }
  await page.keyboard.press('Escape');
  assert.ok(await page.evaluate(() => document.activeElement!.matches('.stage')));
  await page.click('[data-tool=help]');
  await page.click('.help [aria-label=Close]');
  assert.equal(await page.locator('.help').isVisible(), false);
});

test('findings lead to where they are', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: blocking() });
  assert.equal(await textOf(page, '#tab-findings .badge'), '1');
  await page.click('#tab-findings');
  await settle(page);
  assert.match(await textOf(page, '.finding'), /blocked the event loop for 2 s.*cost 1\.5 s.*to_thread/s);
  await page.click('.finding');
  await settle(page);
  await page.screenshot({ path: shot('findings') });
  assert.match(await textOf(page, '.detail-pane h3'), /Task-3 · running/);
  assert.ok((await posted()).some(({ type }) => type === 'open'));
});

test('tabs are walked by arrow keys', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.focus('#tab-story');
  await page.keyboard.press('ArrowRight');
  await settle(page);
  assert.equal(await page.locator('.output-pane').isVisible(), true);
  assert.equal(await page.evaluate(() => document.activeElement!.id), 'tab-output');
  await page.keyboard.press('End');
  await settle(page);
  assert.equal(await page.locator('.numbers-pane').isVisible(), true);
});
