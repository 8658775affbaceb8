import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, settle, textOf, until } from './panel';
import { crowd, gather } from './scenes';

const ticks = (page: Page) => page.$$eval('.axis text', (texts) => texts.map((text) => text.textContent).join(' '));

async function canvasOf(page: Page) {
  return (await page.locator('canvas').boundingBox())!;
}

test('the wheel zooms at the pointer, dragging pans, Fit shows everything again', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const whole = await ticks(page);
  const canvas = await canvasOf(page);
  await page.mouse.move(canvas.x + 480, canvas.y + 50);
  await page.mouse.wheel(0, -600);
  await settle(page);
  const zoomed = await ticks(page);
  assert.notEqual(zoomed, whole);
  await page.mouse.down();
  await page.mouse.move(canvas.x + 300, canvas.y + 50, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  const panned = await ticks(page);
  assert.notEqual(panned, zoomed);
  await page.click('[data-tool=fit]');
  await settle(page);
  assert.equal(await ticks(page), whole);
});

test('dragging does not select', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  const canvas = await canvasOf(page);
  await page.mouse.move(canvas.x + 200, canvas.y + 50);
  await page.mouse.down();
  await page.mouse.move(canvas.x + 320, canvas.y + 50, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  assert.deepEqual(
    (await posted()).map(({ type }) => type),
    ['ready'],
  );
});

test('the picture can never be lost', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const canvas = await canvasOf(page);
  await page.mouse.move(canvas.x + 300, canvas.y + 50);
  for (let i = 0; i < 60; i++) await page.mouse.wheel(0, -1000);
  await settle(page);
  assert.match(await ticks(page), /s/);
  for (let i = 0; i < 8; i++) {
    await page.mouse.down();
    await page.mouse.move(canvas.x + 3000, canvas.y + 50);
    await page.mouse.up();
    await page.mouse.move(canvas.x + 300, canvas.y + 50);
  }
  for (let i = 0; i < 60; i++) await page.mouse.wheel(0, 1000);
  await settle(page);
  assert.match(await ticks(page), /^0 s.*2\.0 s$/);
});

test('sideways wheel pans, with Shift it scrolls the lanes', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(80, 3) });
  await page.click('[data-tool=group]');
  await settle(page);
  const canvas = await canvasOf(page);
  await page.focus('.stage');
  await page.keyboard.press('w');
  await settle(page);
  const before = await ticks(page);
  await page.mouse.move(canvas.x + 300, canvas.y + 100);
  await page.mouse.wheel(200, 0);
  await settle(page);
  assert.notEqual(await ticks(page), before);
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, 300);
  await page.keyboard.up('Shift');
  await settle(page);
  assert.ok((await page.locator('.scroller').evaluate((element) => element.scrollTop)) > 0);
});

test('a double-click goes to the line; with Alt it zooms to the segment', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  const before = await ticks(page);
  const canvas = await canvasOf(page);
  const opened = async () => (await posted()).filter(({ type }) => type === 'open').map(({ focus }) => focus);
  await page.mouse.dblclick(canvas.x + 200, canvas.y + 34 + 28 + 14);
  await settle(page);
  assert.deepEqual(await opened(), [false, true]);
  assert.equal(await ticks(page), before);
  await page.keyboard.down('Alt');
  await page.mouse.dblclick(canvas.x + 200, canvas.y + 34 + 28 + 14);
  await page.keyboard.up('Alt');
  await settle(page);
  assert.notEqual(await ticks(page), before);
  assert.deepEqual(await opened(), [false, true, false]);
  await page.screenshot({ path: shot('zoomed') });
});

test('the keyboard walks over segments and lanes', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  const title = () => textOf(page, '.detail-pane h3');
  await page.focus('.stage');
  const walk = async (key: string) => {
    await page.keyboard.press(key);
    await settle(page);
    return title();
  };
  assert.equal(await walk('ArrowRight'), 'Task-1 · running');
  assert.equal(await walk('ArrowRight'), 'Task-1 · suspended');
  assert.equal(await walk('ArrowDown'), 'Task-2 · running');
  assert.equal(await walk('End'), 'Task-2 · running');
  assert.equal(await walk('ArrowLeft'), 'Task-2 · suspended');
  await page.screenshot({ path: shot('keyboard') });
  assert.match(await textOf(page, '[aria-live]'), /Task-2 · suspended.*sleep 1 s/);
  await page.keyboard.press('Enter');
  const last = (await posted()).at(-1);
  assert.deepEqual([last?.type, last?.focus], ['open', true]);
  await page.keyboard.press('Escape');
  await settle(page);
  assert.equal(await page.locator('.ring.selected').count(), 0);
});

test('the keyboard comes back into the picture, unless it was elsewhere in the page', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const where = () => page.evaluate(() => document.activeElement!.className);
  /** As the editor takes the keyboard, and gives it back. */
  const away = () => page.evaluate(() => window.dispatchEvent(new FocusEvent('blur')));
  const back = () => page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
  const nowhere = () => page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await nowhere();
  await away();
  await back();
  assert.match(await where(), /stage/);
  await page.keyboard.press('End');
  await settle(page);
  assert.equal(await page.locator('.ring.selected').count(), 1, 'its keys work there');

  await page.focus('#tab-story');
  await away();
  await back();
  assert.match(await where(), /tab/);
});

test('the keyboard that came before there was a picture goes into it', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { status: { state: 'empty' } });
  await page.evaluate(() => window.dispatchEvent(new FocusEvent('focus')));
  await page.evaluate(
    (bytes) => {
      const status = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
      window.postMessage({ type: 'status', status, trace: Uint8Array.from(bytes) }, '*');
    },
    [...gather()],
  );
  await until(page, () => document.querySelector('.names .name') !== null);
  await settle(page);
  assert.match(await page.evaluate(() => document.activeElement!.className), /stage/);
});

test('letters and signs zoom, pan and fit', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.focus('.stage');
  let before = await ticks(page);
  for (const key of ['+', 'd', 'a', '-', 'w', 'w', 'Shift+ArrowRight', 'f', 't']) {
    await page.keyboard.press(key);
    // Without a gap that is worth folding two of the axes are the same.
    if (key === 't') await page.keyboard.press(key);
    await settle(page);
    const after = await ticks(page);
    assert.notEqual(after, before, `${key} changes nothing`);
    before = after;
  }
});

test('the tree is walked, folded and opened by keys alone', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.key);
  await page.locator('.name.loop').focus();
  const press = async (key: string) => {
    await page.keyboard.press(key);
    await settle(page);
    return focused();
  };
  assert.equal(await press('ArrowDown'), 'task 0');
  assert.equal(await press('ArrowRight'), 'task 1');
  assert.equal(await press('ArrowLeft'), 'task 0');
  await press('ArrowLeft');
  assert.equal(await page.locator('.name.task').count(), 1);
  await press('ArrowRight');
  assert.equal(await press('ArrowDown'), 'task 1');
  const rows = await page.locator('.name').count();
  await press('c');
  assert.equal(await page.locator('.name').count(), rows - 2);
  await press(' ');
  assert.match(await textOf(page, '.detail-pane h3'), /Task-2/);
  assert.equal(await focused(), 'task 1');
});

test('everything that can be used is reached with Tab, and the focus is seen', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const reached: string[] = [];
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab');
    const { name, visible } = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      const style = getComputedStyle(element);
      const inner = element.firstElementChild && getComputedStyle(element.firstElementChild);
      const outlined = style.outlineStyle !== 'none' || inner?.outlineStyle !== 'none' || element.matches('.sash');
      const name = element.dataset.tool ?? (element.className || element.tagName);
      return { name, visible: outlined || element === document.body };
    });
    reached.push(name);
    assert.ok(visible, `${name} shows no focus`);
  }
  for (const place of [
    'time',
    'squeezed',
    'steps',
    'out',
    'in',
    'fit',
    'coroutines',
    'stage',
    'sash',
    'overview',
    'playhead away',
    'play',
    'help',
    'tab',
    'sentence',
  ]) {
    assert.ok(reached.includes(place), `${place} is not reached: ${reached}`);
  }
});

test('the sash moves by keys', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const height = () => page.locator('.panes').evaluate((element) => (element as HTMLElement).offsetHeight);
  await page.focus('.sash');
  await page.keyboard.press('ArrowDown');
  const before = await height();
  await page.keyboard.press('ArrowUp');
  assert.ok((await height()) > before);
});
