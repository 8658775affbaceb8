import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, settle, textOf, until } from './panel';
import { blocking, cut, gather } from './scenes';
import { type ThemeName, themes } from './themes';

/** How many different colours the canvas shows in a stretch of it: an empty one shows one. */
export function colorsIn(page: Page, area: { x: number; y: number; width: number; height: number }): Promise<number> {
  return page.evaluate(({ x, y, width, height }) => {
    const canvas = document.querySelector('canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(x, y, width, height);
    const seen = new Set<number>();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  }, area);
}

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`a small program in ${theme}`, async ({ browser, url, shot }) => {
    const { page, problems } = await openPanel(browser, url, { trace: gather() }, { theme });
    await page.screenshot({ path: shot(`gather-${theme}`) });
    await page.click('[data-tool=steps]');
    await settle(page);
    await page.screenshot({ path: shot(`gather-${theme}-steps`) });
    assert.ok((await colorsIn(page, { x: 20, y: 0, width: 600, height: 120 })) > 5);
    assert.deepEqual(problems, []);
  });
}

test('lanes stand as a tree with names and outcomes', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const rows = await page.$$eval('.name', (names) =>
    names.map((name) => [name.className, name.getAttribute('aria-level'), name.textContent!.trim()]),
  );
  assert.deepEqual(rows.slice(0, 3), [
    ['name loop', '1', 'Event loop'],
    ['name task', '1', 'Task-1 main()finished'],
    ['name task', '2', 'Task-2 fetch()finished'],
  ]);
  assert.ok(rows.some(([kind, , text]) => kind === 'name coroutines' && text === 'download'));
  await page.click('.name.task .twistie.codicon-chevron-down');
  await settle(page);
  assert.equal(await page.locator('.name.task').count(), 1);
  assert.equal(await page.locator('.name.task').getAttribute('aria-expanded'), 'false');
});

test('the axis shows time or steps', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const ticks = () => page.$$eval('.axis text', (texts) => texts.map((text) => text.textContent));
  assert.deepEqual((await ticks()).slice(0, 2), ['0 s', '0.2 s']);
  await page.click('[data-tool=steps]');
  await settle(page);
  assert.deepEqual((await ticks()).slice(0, 2), ['0', '1']);
  assert.equal(await page.getAttribute('[data-tool=steps]', 'aria-pressed'), 'true');
});

test('a click selects the segment and shows its line, and the keyboard stays', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.click(canvas.x + 200, canvas.y + 34 + 28 + 14);
  await settle(page);
  const messages = await posted();
  assert.deepEqual(messages.at(-1), { type: 'open', file: '/project/demo.py', line: 2, column: 10, focus: false });
  assert.ok(messages.some(({ type, task }) => type === 'selected' && task === 2));
  const pane = await textOf(page, '.detail-pane');
  for (const text of ['Task-2 · suspended', 'sleep 1 s', 'a timer that was due', 'download()', 'demo.py:6']) {
    assert.ok(pane.includes(text), `${text} in ${pane}`);
  }
  assert.equal(await page.locator('.ring.selected').count(), 1);
  await page.screenshot({ path: shot('selected') });
});

test('frames of libraries are hidden until they are asked for', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.click(canvas.x + 200, canvas.y + 34 + 28 + 14);
  await settle(page);
  const frames = () => page.locator('.chain li').allTextContents();
  assert.deepEqual((await frames()).length, 3);
  assert.match((await frames())[2], /1 frame of a library/);
  await page.click('.chain .library button');
  await settle(page);
  assert.match((await frames())[2], /sleep\(\).*library/);
});

test('a frame of the await chain opens its own line, a waker its segment', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  await page.click('.chain .link, .detail-pane .link', { timeout: 500 }).catch(() => undefined);
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.click(canvas.x + 400, canvas.y + 34 + 14);
  await settle(page);
  await page.click('.detail-pane dd >> text=Task-3 (fetch)');
  await settle(page);
  assert.ok((await textOf(page, '.detail-pane h3')).startsWith('Task-3 · running'));
  assert.equal((await posted()).at(-1)?.type, 'open');
});

test('library code of the embedded Python is named, but is no link', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.click(canvas.x + 200, canvas.y + 34 + 28 + 14);
  await settle(page);
  await page.click('.chain .library button');
  await settle(page);
  assert.equal(await textOf(page, '.chain .library .place'), 'asyncio/tasks.py:701');
  assert.equal(await page.locator('.chain .library .link').count(), 0);
  assert.equal(await page.locator('.chain .user .link').count(), 2);
  assert.ok((await posted()).every((message) => !String(message.file ?? '').startsWith('/lib/')));
});

test('a task that was ready long says for how long and who ran meanwhile', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: blocking() });
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.click(canvas.x + canvas.width / 2, canvas.y + 34 + 28 + 14);
  await settle(page);
  await page.screenshot({ path: shot('blocking') });
  assert.match(await textOf(page, '.detail-pane'), /Task-2 · ready.*Meanwhile.*Task-3 \(blocker\) ran for 1\.5 s/s);
  await page.click('.detail-pane dd >> text=ran for');
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /Task-3 · running/);
});

test('hovering tells what is there and who woke it', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const canvas = (await page.locator('canvas').boundingBox())!;
  await page.mouse.move(canvas.x + 200, canvas.y + 34 + 14);
  await settle(page);
  const tooltip = await textOf(page, '.tooltip');
  assert.ok(tooltip.includes('gather of 2') && tooltip.includes('Task-3 (fetch)'), tooltip);
  assert.equal(await page.locator('.wake.line').count(), 1);
  await page.screenshot({ path: shot('hover') });
});

test('an error, a cancellation and a limit are all told', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: cut() });
  await page.screenshot({ path: shot('cut') });
  assert.match(await textOf(page, '.notice.warning'), /Stopped at the limit of steps\..*Raise the limit/s);
  assert.match(await textOf(page, '.output-pane .problem'), /ValueError: no such row/);
  assert.equal(await page.locator('.outcome.exception').count(), 1);
  assert.equal(await page.locator('.outcome.cancelled').count(), 1);
});

test('what the program wrote leads to its line', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  await page.click('#tab-output');
  await settle(page);
  await page.click('.line >> text=done 1');
  await settle(page);
  assert.deepEqual((await posted()).at(-1), {
    type: 'open',
    file: '/project/demo.py',
    line: 7,
    column: 4,
    focus: false,
  });
  assert.equal(await page.locator('.line[aria-selected=true]').count(), 1);
});

test('everything is said in Korean', async ({ browser, url, shot }) => {
  const words = JSON.parse(readFileSync('l10n/bundle.l10n.ko.json', 'utf8'));
  const { page } = await openPanel(browser, url, { trace: gather(), locale: 'ko', words });
  await page.screenshot({ path: shot('korean') });
  assert.equal(await page.getAttribute('html', 'lang'), 'ko');
  const text = await textOf(page, 'main');
  assert.ok(text.includes('이벤트 루프'), text);
  for (const english of [
    'Event loop',
    'running',
    'suspended',
    'Selection',
    'Story',
    'Output',
    'Findings',
    'finished',
  ]) {
    assert.ok(!text.includes(english), `${english} is not translated`);
  }
});

test('the side bar shows the same, in little room', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(
    browser,
    url,
    { trace: gather(), compact: true },
    { width: 300, height: 700 },
  );
  await page.screenshot({ path: shot('compact') });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 300, `${wide} px wide`);
  assert.deepEqual(problems, []);
});

test('an exported page needs no host', async ({ browser, url, shot }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 1000, height: 600 }, colorScheme });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(`${url}/exported?name=gather`);
    await settle(page);
    await until(page, () => document.querySelectorAll('.name.task').length === 3);
    await settle(page);
    await page.screenshot({ path: shot(`exported-${colorScheme}`) });
    assert.equal(await page.locator('.name.task').count(), 3);
    const canvas = (await page.locator('canvas').boundingBox())!;
    await page.mouse.click(canvas.x + 200, canvas.y + 48);
    await settle(page);
    assert.match(await textOf(page, '.detail-pane h3'), /Task-1/);
    assert.deepEqual(problems, []);
  }
});
