import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, received, textOf, until } from './panel';
import { pollingShapes as files, polling } from './scenes';

async function post(page: Page, message: object): Promise<void> {
  await page.evaluate((data) => window.postMessage(data), message);
  await received(page);
}

test('what the sources tell comes after the picture, and goes with the run', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: polling() });
  await page.locator('#tab-findings').click();
  await until(page, () => document.querySelector('.findings-pane .body') !== null);
  assert.doesNotMatch(await textOf(page, '.findings-pane'), /not done/);
  await post(page, { type: 'shapes', files });
  await until(page, () => document.querySelector('.findings-pane .finding.info') !== null);
  assert.match(await textOf(page, '.findings-pane'), /not done/);
  assert.match(await textOf(page, '.findings-pane .facts'), /polling\.py/);
  await post(page, { type: 'shapes', files: [['/project/polling.py', { polls: 'none' }]] });
  assert.match(await textOf(page, '.findings-pane'), /not done/, 'a message that is none changes nothing');
  const trace = [...polling()];
  await page.evaluate((bytes) => {
    const status = { state: 'done', program: 'other.py', engine: '', reason: '' };
    window.postMessage({ type: 'status', status, trace: Uint8Array.from(bytes) });
  }, trace);
  await received(page);
  await until(page, () => document.querySelector('.findings-pane .finding.info') === null);
  assert.deepEqual(problems, []);
});

test('an exported page has what the sources told', async ({ browser, url }) => {
  const page = await browser.newPage({ viewport: { width: 1000, height: 640 } });
  await page.goto(`${url}/exported?name=polling`);
  await page.locator('#tab-findings').click();
  await until(page, () => document.querySelector('.findings-pane .finding.info') !== null);
  assert.match(await textOf(page, '.findings-pane'), /not done/);
});
