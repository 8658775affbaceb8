import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findings } from './accessibility';
import { test } from './harness';
import { openPanel, received, settle, textOf, until } from './panel';
import { crowd, gather } from './scenes';
import { breakfast, laterBreakfast } from './scenes-compared';
import { type ThemeName, themes } from './themes';

export async function compareWith(page: Page, trace: Uint8Array | null, label = 'breakfast.py (12:03:11)') {
  const base64 = trace && Buffer.from(trace).toString('base64');
  await page.evaluate(
    ({ base64, label }) => {
      const bytes = base64 && Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      window.postMessage({ type: 'older', older: bytes ? { trace: bytes, label } : null });
    },
    { base64, label },
  );
  await received(page);
}

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`an older run stands below the lanes of this one in ${theme}`, async ({ browser, url, shot }) => {
    const { page, problems } = await openPanel(browser, url, { trace: laterBreakfast() }, { theme });
    await compareWith(page, breakfast());
    await page.screenshot({ path: shot(`compared-${theme}`) });
    await page.click('.name.ghost');
    await settle(page);
    assert.deepEqual(await findings(page), []);
    await page.click('.name.task >> nth=1');
    await settle(page);
    await page.screenshot({ path: shot(`compared-selected-${theme}`) });
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(problems, []);
  });
}

test('an older run that comes in parts stands there when all of it has come', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: laterBreakfast() });
  const bytes = breakfast();
  const send = async (from: number, until: number) => {
    const base64 = Buffer.from(bytes.subarray(from, until)).toString('base64');
    await page.evaluate(
      ({ base64, part }) => {
        const trace = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        window.postMessage({ type: 'older', older: { trace, label: 'breakfast.py', part } });
      },
      { base64, part: { from, length: bytes.length } },
    );
    await received(page);
  };
  // The first part of another run, which is never completed.
  await send(0, 64);
  await send(0, 100);
  assert.equal(await page.locator('.name.ghost').count(), 0);
  await send(100, bytes.length);
  assert.match(await textOf(page, '.compared'), /Compared with breakfast\.py.*3 s → 4 s/);
  assert.deepEqual(problems, []);
});

test('an older run is told where the pointer is, by keys and to a screen reader', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: laterBreakfast() });
  await compareWith(page, breakfast());
  assert.match(await textOf(page, '.compared'), /Compared with breakfast\.py \(12:03:11\).*3 s → 4 s \(\+1 s\)/);
  assert.match(await textOf(page, '.compared'), /3 tasks in both · 1 only in this run · 1 only in the earlier run/);
  assert.match(await textOf(page, '.legend'), /earlier run/);
  const rows = await page.$$eval('.name:is(.task, .ghost)', (all) => all.map((each) => each.textContent));
  assert.deepEqual(
    rows.map((row) => row?.trim()).filter((row) => /before|gone|new/.test(row ?? '')),
    ['before 3 s+1 s', 'before 2 s+2 s', 'before 3 s−500 ms', 'tea fry()newfinished', 'toastgone'],
  );
  const ghost = (await page.locator('.name.ghost').nth(1).boundingBox())!;
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.move(canvas.x + 200, ghost.y + 8);
  await settle(page);
  assert.match(await textOf(page, '.tooltip'), /eggs · earlier run.*breakfast\.py.*sleep 2 s.*2 s → 4 s \(\+2 s\)/s);
  await page.mouse.click(canvas.x + 200, ghost.y + 8);
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /eggs · earlier run/);
  assert.equal(await page.getAttribute('.name.ghost >> nth=1', 'aria-selected'), 'true');
  const figures = await page.$$eval('.differences tbody tr', (all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent).join(' | ')),
  );
  assert.equal(figures[0], 'took | 2 s | 4 s | +2 s');
  assert.deepEqual(
    figures.map((row) => row.split(' | ')[0]),
    ['took', 'running', 'ready', 'suspended', 'turns', 'outcome'],
  );
  const table = await page.$$eval('.unseen table:last-of-type tr', (all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent).join(' | ')),
  );
  assert.deepEqual(table, [
    'Task | Earlier run | This run | Difference',
    'Task-1 | 3 s | 4 s | +1 s',
    'eggs | 2 s | 4 s | +2 s',
    'bacon | 3 s | 2.5 s | −500 ms',
    'tea | – | 1 s | only in this run',
    'toast | 1 s | – | only in the earlier run',
  ]);
  // In the tree the keyboard reaches it as any lane.
  await page.locator('.name.task').nth(2).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /bacon · earlier run/);
});

test('an older run folds, zooms and filters with this one, on every axis', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: laterBreakfast() });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await compareWith(page, breakfast());
  for (const axis of ['squeezed', 'steps']) {
    await page.click(`[data-tool=${axis}]`);
    await settle(page);
    await page.screenshot({ path: shot(`compared-${axis}`) });
  }
  assert.match(await textOf(page, '.compared'), /each run from its own first step/);
  await page.keyboard.press('e');
  await settle(page);
  assert.equal(await page.locator('.name.ghost').count(), 1);
  await page.keyboard.press('e');
  for (const key of ['+', 'd', 'f']) await page.keyboard.press(key);
  await settle(page);
  assert.equal(await page.locator('.name.ghost').count(), 4);
  assert.deepEqual(problems, []);
});

test('an older run goes by key, by button and when another run is shown', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: laterBreakfast() });
  const ghosts = () => page.locator('.name.ghost').count();
  await compareWith(page, breakfast());
  await page.click('.name.ghost');
  await page.keyboard.press('x');
  await settle(page);
  assert.equal(await ghosts(), 0);
  assert.equal(await page.locator('.compared').isVisible(), false);
  assert.equal((await posted()).at(-1)?.type, 'alone');
  await compareWith(page, breakfast());
  assert.equal(await ghosts(), 4);
  await page.click('.compared button');
  await settle(page);
  assert.equal(await ghosts(), 0);
  await compareWith(page, breakfast());
  const status = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
  const trace = Buffer.from(gather()).toString('base64');
  await page.evaluate(
    ({ status, trace }) => {
      const bytes = Uint8Array.from(atob(trace), (letter) => letter.charCodeAt(0));
      window.postMessage({ type: 'status', status, trace: bytes });
    },
    { status, trace },
  );
  await until(page, () => document.querySelectorAll('.name.task').length === 3);
  assert.equal(await ghosts(), 0);
  await compareWith(page, new Uint8Array(64));
  assert.equal((await posted()).at(-1)?.type, 'failure');
  assert.equal(await ghosts(), 0);
});

test('many alike tasks of an older run are one lane', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: crowd(60, 4) });
  await compareWith(page, crowd(90, 4));
  await page.screenshot({ path: shot('compared-crowd') });
  const rows = await page.$$eval('.name.ghosts', (all) => all.map((each) => each.textContent?.trim()));
  assert.deepEqual(rows, ['before ×60same', 'worker() ×30gone']);
  await page.click('.name.ghosts');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /worker ×60 · earlier run/);
  assert.deepEqual(problems, []);
});
