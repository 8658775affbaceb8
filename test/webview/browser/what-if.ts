import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Change } from '../../../src/core/trace/change';
import { findings } from './accessibility';
import { test } from './harness';
import { openPanel, type Panel, settle, textOf, until } from './panel';
import { gather } from './scenes';
import { type ThemeName, themes } from './themes';

/** The sleep of Task-3, which is 2 s long. */
const SLEEP: Omit<Change, 'to'> = {
  file: '/project/demo.py',
  line: 2,
  column: 10,
  task: {
    name: 'Task-3',
    path: [
      ['main', 1],
      ['fetch', 2],
    ],
  },
  visit: 1,
};

async function available(page: Page, available = true): Promise<void> {
  await page.evaluate((live) => window.postMessage({ type: 'live', live }), { on: false, available, note: null });
  await settle(page);
}

const changesOf = async ({ posted }: Panel) => (await posted()).findLast(({ type }) => type === 'whatIf')?.changes;

/** Where the bar of Task-3 ends, in the window: the loop's lane, two rows of Task-1, two of Task-2 and its own. */
async function endOfBar(page: Page): Promise<{ x: number; y: number; second: number }> {
  const canvas = (await page.locator('canvas').boundingBox())!;
  const name = (await page.locator('.name.task').filter({ hasText: 'Task-3' }).boundingBox())!;
  const second = (canvas.width - 36) / 2;
  return { x: canvas.x + 18 + 2 * second, y: name.y + name.height / 2, second };
}

test('the end of a sleep is dragged: the time is told on the way, and the host is asked', async ({
  browser,
  url,
  shot,
}) => {
  const panel = await openPanel(browser, url, { trace: gather() });
  const { page } = panel;
  await available(page);
  const { x, y, second } = await endOfBar(page);
  await page.mouse.move(x - 1, y);
  await until(page, () => document.querySelector('.stage')!.classList.contains('on-grip'));
  await page.mouse.down();
  await page.mouse.move(x - second / 4, y, { steps: 4 });
  await page.mouse.move(x - second / 2, y, { steps: 4 });
  assert.match(await textOf(page, '.what-if-label'), /^2 s → 1\.5 s/);
  await page.screenshot({ path: shot('what-if-drag') });
  await page.mouse.up();
  await settle(page);
  assert.deepEqual(await changesOf(panel), [{ ...SLEEP, to: 1.5 }]);
  // A drag is no click, and moves nothing.
  assert.equal(await page.locator('.ring.selected').count(), 0);
  assert.equal(await page.locator('.what-if-label:not([hidden])').count(), 0);
  assert.deepEqual(panel.problems, []);
});

test('held at the edge of the picture, a wait goes on growing', async ({ browser, url, shot }) => {
  const panel = await openPanel(browser, url, { trace: gather() });
  const { page } = panel;
  await available(page);
  const { x, y } = await endOfBar(page);
  await page.mouse.move(x - 1, y);
  await until(page, () => document.querySelector('.stage')!.classList.contains('on-grip'));
  await page.mouse.down();
  await page.mouse.move(1199, y, { steps: 4 });
  // Longer than the whole picture is wide.
  await until(page, () => {
    const [, to] = /→ ([\d.]+) s/.exec(document.querySelector('.what-if-label')!.textContent!) ?? [];
    return Number(to) > 4;
  });
  await page.screenshot({ path: shot('what-if-edge') });
  const label = (await page.locator('.what-if-label').boundingBox())!;
  assert.ok(label.x + label.width <= 1200);
  await page.mouse.move(x - 40, y);
  await settle(page);
  assert.match(await textOf(page, '.what-if-label'), /^2 s → 1\.\d+ s/);
  await page.mouse.up();
});

test('Escape leaves it as it was; with Shift it is each time at that line', async ({ browser, url }) => {
  const panel = await openPanel(browser, url, { trace: gather() });
  const { page } = panel;
  await available(page);
  const { x, y, second } = await endOfBar(page);
  await page.mouse.move(x - 1, y);
  await page.mouse.down();
  await page.mouse.move(x - second, y, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await settle(page);
  assert.equal(await changesOf(panel), undefined);
  await page.mouse.move(x - 1, y);
  await page.keyboard.down('Shift');
  await page.mouse.down();
  await page.mouse.move(x - second, y, { steps: 3 });
  assert.match(await textOf(page, '.what-if-label'), /2 s → 1 s.*each time at line 2/);
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await settle(page);
  assert.deepEqual(await changesOf(panel), [{ ...SLEEP, task: null, visit: null, to: 1 }]);
});

test('by keyboard: I, a time, Enter', async ({ browser, url, shot }) => {
  const panel = await openPanel(browser, url, { trace: gather() });
  const { page } = panel;
  await available(page);
  await page.click('.name.task >> nth=2');
  await page.focus('.stage');
  await page.keyboard.press('i');
  await until(page, () => document.querySelector('.what-if-hint') !== null);
  // Created, running, suspended.
  await page.keyboard.press('Home');
  for (let tries = 0; tries < 5 && (await page.locator('[data-tool=what-if-time]').count()) === 0; tries++) {
    await page.keyboard.press('ArrowRight');
    await settle(page);
  }
  await page.keyboard.press('i');
  await until(page, () => (document.activeElement as HTMLElement).dataset.tool === 'what-if-time');
  await page.screenshot({ path: shot('what-if-form') });
  await page.keyboard.type('soon');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.equal(await page.getAttribute('[data-tool=what-if-time]', 'aria-invalid'), 'true');
  assert.equal(await changesOf(panel), undefined);
  await page.fill('[data-tool=what-if-time]', '250 ms');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.deepEqual(await changesOf(panel), [{ ...SLEEP, to: 0.25 }]);
});

test('what is typed stays when the pane is drawn again, also between two keys', async ({ browser, url }) => {
  const panel = await openPanel(browser, url, { trace: gather() });
  const { page } = panel;
  await available(page);
  await page.click('.name.task >> nth=2');
  await page.focus('.stage');
  await page.keyboard.press('Home');
  for (let tries = 0; tries < 5 && (await page.locator('[data-tool=what-if-time]').count()) === 0; tries++) {
    await page.keyboard.press('ArrowRight');
    await settle(page);
  }
  // Both before the next frame.
  await page.evaluate(() => {
    const key = new KeyboardEvent('keydown', { key: 'i', bubbles: true, cancelable: true });
    document.querySelector('.stage')!.dispatchEvent(key);
    document.querySelector<HTMLInputElement>('[data-tool=what-if-time]')!.value = '4 s';
  });
  await until(page, () => (document.activeElement as HTMLElement).dataset.tool === 'what-if-time');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.deepEqual(await changesOf(panel), [{ ...SLEEP, to: 4 }]);
});

test('not offered where nothing can be run; on the real clock it is said why', async ({ browser, url }) => {
  for (const clock of ['virtual', 'real'] as const) {
    const panel = await openPanel(browser, url, { trace: gather(2, { clock }) });
    const { page } = panel;
    await available(page, clock === 'real');
    const { x, y } = await endOfBar(page);
    await page.mouse.move(x - 40, y);
    await page.mouse.move(x - 1, y);
    await settle(page);
    assert.equal(await page.locator('.stage.on-grip').count(), 0);
    await page.mouse.click(x - 40, y);
    await settle(page);
    assert.equal(await page.locator('[data-tool=what-if-time]').count(), 0);
    assert.equal(await page.locator('[data-tool=what-if-virtual]').count(), clock === 'real' ? 1 : 0);
    if (clock === 'real') {
      await page.click('[data-tool=what-if-virtual]');
      assert.deepEqual((await panel.posted()).at(-1), { type: 'run', clock: 'virtual' });
    }
    await page.close();
  }
});

const lost: Change = { ...SLEEP, line: 9, task: null, to: 3 };

for (const theme of Object.keys(themes) as ThemeName[])
  test(`what was changed is told, marked, and taken back in ${theme}`, async ({ browser, url, shot }) => {
    const changed: Change = { ...SLEEP, to: 5 };
    const panel = await openPanel(browser, url, { trace: gather(5, { changes: [changed, lost] }) }, { theme });
    const { page } = panel;
    await available(page);
    const chips = () => page.locator('.what-ifs .chip').allTextContents();
    assert.deepEqual(await chips(), [
      'line 2 in Task-3 (fetch) takes 5 s',
      'line 9, time 1, takes 3 s: never waited there',
    ]);
    assert.equal(await page.locator('.legend .sample.changed').count(), 1);
    const { x, y } = await endOfBar(page);
    await page.mouse.move(x - 60, y);
    await until(page, () => /changed by you: 2 s → 5 s/.test(document.querySelector('.tooltip')!.textContent!));
    await page.mouse.click(x - 60, y);
    await settle(page);
    assert.match(await textOf(page, '.detail-pane dl'), /sleep 5 s · changed by you: 2 s → 5 s/);
    await page.screenshot({ path: shot(`what-if-${theme}`) });
    assert.deepEqual(await findings(page), []);
    await page.click('[data-tool=what-if-back] >> nth=1');
    assert.deepEqual(await changesOf(panel), [changed]);
    await page.click('[data-tool=what-if-reset]');
    assert.deepEqual(await changesOf(panel), []);
    assert.deepEqual(panel.problems, []);
  });
