import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { readTimeline } from '../../../src/core/timeline/build';
import { translator } from '../../../src/core/translate';
import { pathOfAsked } from '../../../src/core/why/span-path';
import { endOfProgram } from '../../../src/core/why/target';
import { pathLines } from '../../../src/core/why/words';
import { test } from './harness';
import { openPanel, received, settle, textOf, until } from './panel';
import { gather } from './scenes';

const timeline = readTimeline(gather());
const end = endOfProgram(timeline);
const path = 'asked' in end ? pathOfAsked(timeline, end.asked) : undefined;
const told = path ? pathLines(timeline, path, '/project', translator(undefined)) : [];

/** Colour of the picture with all that lies over it. */
async function seen(page: Page, x: number, y: number): Promise<string> {
  const picture = await page.screenshot({ clip: { x, y, width: 1, height: 1 } });
  return picture.toString('base64');
}

test('what led to the end: the path in the picture, the rest faint, and in words', async ({ browser, url, shot }) => {
  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    const { page, problems } = await openPanel(browser, url, { trace: gather() }, { theme });
    await page.keyboard.press('b');
    await settle(page);
    assert.equal(await page.locator('path.why.veil').count(), 1);
    assert.deepEqual(
      await page
        .locator('.why-lines li')
        .evaluateAll((lines) => lines.map((line) => line.lastElementChild!.textContent)),
      told.map(({ text }) => text),
    );
    await page.screenshot({ path: shot(`why-${theme}`) });
    assert.deepEqual(problems, []);
    await page.close();
  }
});

test('a stretch of the path keeps its colour, the others lose it; Escape brings all back', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const lanes = await page.locator('.names .name').allTextContents();
  const place = async (name: string, part: number) => {
    const box = (await page.locator('.names .name', { hasText: name }).first().boundingBox())!;
    const stage = (await page.locator('.stage canvas').boundingBox())!;
    return [Math.round(stage.x + stage.width * part), Math.round(box.y + box.height - 6)] as const;
  };
  assert.ok(lanes.length > 3);
  // The longest child decides when gather() is over; the shortest does not.
  const [long, short] = [await place('Task-3', 0.4), await place('Task-2', 0.2)];
  const before = [await seen(page, ...long), await seen(page, ...short)];
  await page.keyboard.press('b');
  await settle(page);
  const during = [await seen(page, ...long), await seen(page, ...short)];
  assert.equal(during[0], before[0]);
  assert.notEqual(during[1], before[1]);
  await page.keyboard.press('Escape');
  await settle(page);
  assert.deepEqual([await seen(page, ...long), await seen(page, ...short)], before);
  assert.equal(await page.locator('.why-lines').count(), 0);
});

test('a line of it selects its bar; the button asks about what is selected', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() }, { width: 480, theme: 'light' });
  await page.click('.tab:has-text("Selection")');
  await page.click('[data-tool=why]');
  await settle(page);
  await page.screenshot({ path: shot('why-narrow') });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 480);
  await page.locator('.why-lines button').first().click();
  await settle(page);
  assert.equal((await page.locator('.ring.selected').count()) > 0, true);
  assert.ok((await posted()).some(({ type }) => type === 'selected'));
  assert.match(await textOf(page, '.why h4'), /^What led to the end of /);
  await page.click('[data-tool=why]');
  await settle(page);
  assert.match(await textOf(page, '.why h4'), /^What led to /);
  await page.click('[data-tool=why-close]');
  await settle(page);
  assert.equal(await page.locator('path.why').count(), 0);
});

test('another run puts it away', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.keyboard.press('b');
  await settle(page);
  const status = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
  await page.evaluate(
    ({ status, bytes }) => window.postMessage({ type: 'status', status, trace: Uint8Array.from(bytes) }),
    { status, bytes: [...gather(3)] },
  );
  await received(page);
  await until(page, () => document.querySelector('.why-lines') === null);
});
