import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { questionsOf } from '../../../src/core/predict/questions';
import { readTimeline } from '../../../src/core/timeline/build';
import { test } from './harness';
import { openPanel, received, settle, textOf, until } from './panel';
import { gather } from './scenes';

const questions = questionsOf(buildLanes(readTimeline(gather())));

async function choose(page: Page, choice: number): Promise<void> {
  await page.keyboard.press(String(choice + 1));
  await settle(page);
}

test('what comes later is covered until it was predicted', async ({ browser, url, shot }) => {
  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    const { page, problems } = await openPanel(browser, url, { trace: gather() }, { theme });
    await page.click('[data-tool=predict]');
    await settle(page);
    assert.equal(await page.getAttribute('[data-tool=steps]', 'aria-pressed'), 'true');
    const before = (await page.locator('.curtain').boundingBox())!;
    const stage = (await page.locator('.stage canvas').boundingBox())!;
    assert.ok(Math.abs(before.x + before.width - stage.x - stage.width) < 2, 'up to the right edge');
    assert.ok(before.height >= stage.height - 2, 'from top to bottom');
    for (const hidden of ['.panes', '.notices', '.name .outcome', '.overview > *'])
      assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    await page.screenshot({ path: shot(`predict-${theme}`) });
    // What lies below the curtain says nothing when it is pointed at.
    await page.mouse.move(before.x + before.width / 2, before.y + 45);
    await settle(page);
    assert.equal(await page.locator('.tooltip').isVisible(), false);
    await choose(page, questions[0].right);
    const after = (await page.locator('.curtain').boundingBox())!;
    assert.ok(after.x > before.x, 'the answer is seen');
    assert.match(await textOf(page, '.reason'), /^That is right\./);
    await page.screenshot({ path: shot(`predict-answer-${theme}`) });
    assert.deepEqual(problems, []);
    await page.close();
  }
});

test('all of it by keyboard: a score, the reason, and back to the axis of before', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.keyboard.press('y');
  await settle(page);
  for (const [i, question] of questions.entries()) {
    assert.match(await textOf(page, '.predict-head'), new RegExp(`Question ${i + 1} of ${questions.length}`));
    // The first one is answered wrongly.
    await choose(page, i === 0 ? (question.right + 1) % question.choices.length : question.right);
    assert.match(await textOf(page, '.reason'), i === 0 ? /^Not this time\./ : /^That is right\./);
    // A second answer does not count.
    await choose(page, question.right);
    await page.keyboard.press('Enter');
    await settle(page);
  }
  assert.match(
    await textOf(page, '.predict h2'),
    new RegExp(`You predicted ${questions.length - 1} of ${questions.length}`),
  );
  await page.screenshot({ path: shot('predict-result') });
  await page.keyboard.press('Escape');
  await settle(page);
  assert.equal(await page.locator('.predict').isVisible(), false);
  assert.equal(await page.getAttribute('[data-tool=time]', 'aria-pressed'), 'true');
  assert.equal(await page.locator('.panes').isVisible(), true);
});

test('an exported page can begin with the questions, on a phone too', async ({ browser, url, shot }) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 760 } });
  await page.goto(`${url}/exported?name=gather#predict`);
  await until(page, () => document.querySelector('.predict:not([hidden]) .choice') !== null);
  await settle(page);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await page.screenshot({ path: shot('predict-phone') });
});

test('another run ends it', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.keyboard.press('y');
  await settle(page);
  const status = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
  await page.evaluate(
    ({ status, bytes }) => window.postMessage({ type: 'status', status, trace: Uint8Array.from(bytes) }),
    { status, bytes: [...gather(3)] },
  );
  await received(page);
  await until(page, () => document.querySelector('.predict')!.hasAttribute('hidden'));
});
