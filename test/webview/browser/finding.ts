import assert from 'node:assert/strict';
import { findings } from './accessibility';
import { test } from './harness';
import { openFind, openPanel, received, settle, textOf } from './panel';
import { crowd, gather } from './scenes';
import { workshop } from './scenes-side-lanes';
import { type ThemeName, themes } from './themes';

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`finding and filtering in ${theme}`, async ({ browser, url, shot }) => {
    const { page, problems } = await openPanel(browser, url, { trace: workshop() }, { theme, height: 900 });
    await openFind(page);
    await page.keyboard.type('pack');
    await page.click('[data-tool=filter]');
    await page.click('[data-tool=state-1]');
    await settle(page);
    await page.screenshot({ path: shot(`finding-${theme}`) });
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(problems, []);
  });
}

test('Ctrl+F finds; Enter goes on, Shift+Enter back, Escape closes', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.focus('.stage');
  await openFind(page);
  await page.keyboard.type('fetch');
  await settle(page);
  assert.equal(await textOf(page, '.find .matches'), '? of 2');
  assert.deepEqual(await page.locator('.name.task.found mark').allTextContents(), ['fetch', 'fetch']);
  assert.match((await page.getAttribute('.overview .lit', 'd')) ?? '', /^M/);
  await page.keyboard.press('Enter');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /Task-2/);
  assert.equal(await textOf(page, '.find .matches'), '1 of 2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.equal(await textOf(page, '.find .matches'), '1 of 2');
  await page.keyboard.press('Shift+Enter');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /Task-3/);
  await page.fill('.find .field', 'sleep 2');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /Task-3 · suspended/);
  await page.fill('.find .field', 'nothing like it');
  await settle(page);
  assert.equal(await textOf(page, '.find .matches'), 'No results');
  await page.keyboard.press('Escape');
  await settle(page);
  assert.equal(await page.locator('.find').isVisible(), false);
  assert.equal(await page.locator('.name.found').count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.className), 'stage');
});

test('what is typed before the field is drawn is not overwritten', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  // Both in one task: no frame lies between them.
  await page.evaluate(() => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true }));
    document.execCommand('insertText', false, 'f');
  });
  await settle(page);
  await page.keyboard.type('etch');
  assert.equal(await page.inputValue('.find .field'), 'fetch');
});

test('a match inside of a group opens the group', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(500, 3) }, { height: 560 });
  assert.equal(await page.locator('.name.task').count(), 1);
  await openFind(page);
  await page.keyboard.type('worker-321');
  await page.keyboard.press('Enter');
  await settle(page);
  assert.match(await textOf(page, '.name[aria-selected=true]'), /worker-321/);
});

test('a filter hides tasks, says so, and is cleared with one click', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: crowd(500, 3) }, { height: 700 });
  await page.click('[data-tool=filter]');
  await page.fill('[data-tool=filter-text]', 'worker-12');
  await settle(page);
  assert.equal(await page.locator('.name.task').count(), 1 + 11);
  assert.match(await textOf(page, '.chip'), /11 of 501 tasks · “worker-12”/);
  await page.keyboard.type('3');
  await settle(page);
  assert.match(await textOf(page, '.chip'), /1 of 501 tasks · “worker-123”/);
  await page.selectOption('[data-tool=least]', '0.01');
  await settle(page);
  assert.match(await textOf(page, '.chip'), /at least 10 ms/);
  await page.screenshot({ path: shot('filtered') });
  await page.click('[data-tool=clear-filter]');
  await settle(page);
  assert.equal(await page.locator('.chip').isVisible(), false);
  assert.equal(await page.locator('.name.group').count(), 1);
  await page.keyboard.press('Escape');
});

test('what leads to a task that a filter hides clears the filter', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.click('[data-tool=filter]');
  await page.fill('[data-tool=filter-text]', 'Task-2');
  await settle(page);
  assert.equal(await page.locator('.name.task').count(), 2);
  await page.evaluate(() => window.postMessage({ type: 'reveal', task: 3 }));
  await received(page);
  assert.match(await textOf(page, '.name[aria-selected=true]'), /Task-3/);
});
