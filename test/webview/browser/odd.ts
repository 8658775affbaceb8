import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findings } from './accessibility';
import { test } from './harness';
import { openFind, openPanel, received, settle, textOf } from './panel';
import { crowd, gather, instant } from './scenes';
import { nothing, oddlyNamed, oddNames, threeDays, unlike } from './scenes-hostile';
import { workshop } from './scenes-side-lanes';

/** Goes over the whole picture: points everywhere, clicks, walks, changes the axis, zooms. */
async function roam(page: Page): Promise<void> {
  const canvas = (await page.locator('canvas').first().boundingBox())!;
  for (let y = 8; y < Math.min(canvas.height, 460); y += 23) {
    await page.mouse.move(canvas.x + 60 + ((y * 37) % 700), canvas.y + y);
    if (y % 2 === 0) await page.mouse.click(canvas.x + 60 + ((y * 37) % 700), canvas.y + y);
  }
  await page.focus('.stage');
  for (const key of [
    'ArrowDown',
    'ArrowRight',
    'End',
    'ArrowUp',
    'z',
    't',
    't',
    'c',
    'e',
    'e',
    'g',
    'g',
    'r',
    'r',
    'l',
    'l',
    '+',
    '+',
    'f',
  ])
    await page.keyboard.press(key);
  await settle(page);
}

test('odd names are text everywhere, and on one line', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: oddlyNamed() }, { height: 1000 });
  await page.screenshot({ path: shot('odd-names') });
  const row = await page.locator('.name.task').nth(1).boundingBox();
  for (const name of await page.locator('.names .name').all()) {
    const box = (await name.boundingBox())!;
    assert.ok(box.height <= 53 && box.width <= row!.width + 1, 'a name spills');
  }
  await roam(page);
  assert.equal(await page.title(), 'Coroscope');
  assert.equal(await page.locator('img, script:not([nonce])').count(), 0);
  assert.ok((await textOf(page, '.names')).includes(oddNames.html));
  await openFind(page);
  await page.keyboard.type('<img');
  await page.keyboard.press('Enter');
  await settle(page);
  await page.screenshot({ path: shot('odd-names-found') });
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(problems, []);
});

test('ten thousand letters do not make the page wider', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: oddlyNamed() }, { height: 1000, width: 900 });
  await page.click('.name.task >> text=begin xxx');
  await settle(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(wide, 900);
  const pane = (await page.locator('.detail-pane').boundingBox())!;
  assert.ok(pane.x + pane.width <= 901);
});

test('a trace of nothing says so', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: nothing() });
  await page.screenshot({ path: shot('nothing') });
  assert.match(await textOf(page, '.blank'), /No timeline was recorded/);
  await page.keyboard.press('Control+f');
  for (const key of ['ArrowRight', 'g', 'e', 'r', 'v', 'l', '/', '.', 'p']) await page.keyboard.press(key);
  assert.deepEqual(problems, []);
});

test('one task without any time is a picture', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: instant() });
  assert.equal(await page.locator('.name.task').count(), 1);
  await roam(page);
  assert.deepEqual(problems, []);
});

test('a nanosecond and three days stand in one picture', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: threeDays() });
  await page.screenshot({ path: shot('three-days') });
  const canvas = (await page.locator('canvas').first().boundingBox())!;
  await page.mouse.click(canvas.x + 18, canvas.y + 48);
  await settle(page);
  assert.match(await textOf(page, '.detail-pane'), /1 ns/);
  await page.keyboard.press('z');
  await settle(page);
  await page.screenshot({ path: shot('three-days-close') });
  const ticks = await page.$$eval('.axis text', (texts) => texts.map((text) => text.textContent ?? ''));
  assert.ok(ticks.length > 1 && new Set(ticks).size === ticks.length, `ticks ${ticks}`);
  assert.ok(ticks.every((tick) => !/NaN|Infinity/.test(tick)));
  await roam(page);
  assert.deepEqual(problems, []);
});

test('ten thousand tasks are lanes, and few of them in the page', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: unlike(10_000) });
  assert.ok((await page.locator('.name').count()) < 80);
  await page.locator('.scroller').evaluate((element) => element.scrollTo(0, 1e9));
  await settle(page);
  await page.screenshot({ path: shot('ten-thousand') });
  assert.ok((await textOf(page, '.names')).includes('t9999'));
  await openFind(page);
  await page.keyboard.type('t5000');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.match(await textOf(page, '.name[aria-selected=true]'), /t5000/);
  await roam(page);
  assert.deepEqual(problems, []);
});

test('ten thousand alike tasks are one lane, and open', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: crowd(10_000, 2) });
  assert.equal(await page.locator('.name.group').count(), 1);
  await page.locator('.name.group').focus();
  await page.keyboard.press('ArrowRight');
  await settle(page);
  assert.ok((await page.locator('.name').count()) < 80);
  assert.deepEqual(problems, []);
});

test('every part of a picture can be pointed at', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: workshop() }, { height: 900 });
  await roam(page);
  assert.deepEqual(problems, []);
});

test('messages that are none are reported, and nothing else happens', async ({ browser, url }) => {
  const { page, posted, problems } = await openPanel(browser, url, { trace: gather() });
  const before = (await posted()).length;
  const bad: unknown[] = [
    null,
    42,
    'hydrate',
    [],
    {},
    { type: 'hydrate' },
    { type: 'status', status: { state: 'done' }, trace: null },
    { type: 'status', status: { state: 'nonsense' }, trace: null },
    { type: 'cursor', file: 1, line: 'x' },
    { type: 'reveal', task: 'all' },
    { type: '__proto__', constructor: { prototype: {} } },
    { type: 'hydrate', locale: 'en', words: { a: 1 }, status: { state: 'empty' }, trace: 'AAAA', root: '', compact: 0 },
  ];
  for (const message of bad) await page.evaluate((data) => window.postMessage(data), message);
  await received(page);
  const failures = (await posted()).slice(before).filter(({ type }) => type === 'failure');
  assert.equal(failures.length, bad.length);
  assert.equal(await page.locator('.name.task').count(), 3);
  // These are messages, but about nothing that there is.
  for (const message of [
    { type: 'reveal', task: 1e9 },
    { type: 'reveal', task: -1 },
    { type: 'reveal', task: 0.5 },
    { type: 'cursor', file: '', line: -5 },
    { type: 'cursor', file: '/project/demo.py', line: Number.MAX_SAFE_INTEGER },
  ])
    await page.evaluate((data) => window.postMessage(data), message);
  await received(page);
  assert.equal(await page.locator('.name.task').count(), 3);
  assert.deepEqual(problems, []);
});

test('damaged traces give one message, and the next good one is shown', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: gather() });
  const good = workshop();
  const send = async (bytes: Uint8Array) => {
    await page.evaluate((base64) => {
      const trace = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const status = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
      window.postMessage({ type: 'status', status, trace });
    }, Buffer.from(bytes).toString('base64'));
    await received(page);
  };
  let random = 7;
  const next = (below: number) => {
    random = (random * 1103515245 + 12345) % 2147483648;
    return random % below;
  };
  for (let round = 0; round < 30; round++) {
    const bytes = good.slice(0, round % 3 === 0 ? next(good.length) : good.length);
    for (let i = 0; i < round % 7; i++) bytes[16 + next(Math.max(1, bytes.length - 16))] = next(256);
    await send(bytes);
    assert.deepEqual(problems, [], `round ${round}`);
  }
  await send(good);
  assert.equal(await page.locator('.name.task').count(), 3);
  assert.equal(await page.locator('.name.side').count(), 6);
  await roam(page);
  assert.deepEqual(problems, []);
});
