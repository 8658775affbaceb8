import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { test } from './harness';
import { settle, textOf, until } from './panel';

async function open(browser: Browser, url: string, width: number, colorScheme: 'light' | 'dark' = 'light') {
  const page = await browser.newPage({ viewport: { width, height: 640 }, colorScheme });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.goto(`${url}/exported?name=with-source`);
  await until(page, () => document.querySelectorAll('.sentence').length > 3);
  await settle(page);
  return { page, problems };
}

const marks = (page: Page) =>
  page.$$eval('.code-line[data-state]', (lines) =>
    lines.map((line) => [
      (line as HTMLElement).dataset.line,
      (line as HTMLElement).dataset.state,
      line.querySelector('.code-standing')!.textContent,
    ]),
  );

test('an exported page has its source beside the picture, and both move together', async ({ browser, url, shot }) => {
  for (const scheme of ['light', 'dark'] as const) {
    const { page, problems } = await open(browser, url, 1200, scheme);
    const picture = (await page.locator('.app').boundingBox())!;
    const source = (await page.locator('.source-pane').boundingBox())!;
    assert.ok(source.x >= picture.x + picture.width - 1, 'beside it');
    assert.equal(await textOf(page, '.code-line[data-line="11"] .code-comment'), '# <b>Both</b> at once.');
    assert.deepEqual(await marks(page), []);
    // The playhead marks the lines where tasks stand.
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    await settle(page);
    const there = await marks(page);
    assert.equal(there.filter(([, state]) => state === 'running').length, 1, JSON.stringify(there));
    assert.deepEqual(
      there.find(([line]) => line === '12')?.slice(0, 2),
      ['12', 'suspended'],
      'main() waits for both in line 12',
    );
    await page.screenshot({ path: shot(`exported-source-${scheme}`) });
    assert.deepEqual(problems, []);
    await page.close();
  }
});

test('a click goes from the source to the picture and back', async ({ browser, url }) => {
  const { page } = await open(browser, url, 1200);
  await page.click('.code-line[data-line="7"] .code-text');
  await settle(page);
  const standing = await marks(page);
  assert.ok(
    standing.some(([, state]) => state === 'running'),
    `the playhead is where the line ran: ${JSON.stringify(standing)}`,
  );
  const canvas = (await page.locator('.stage canvas').boundingBox())!;
  await page.mouse.click(canvas.x + 100, canvas.y + 80);
  await settle(page);
  const selected = await page.getAttribute('.code-line[aria-selected="true"]', 'data-line');
  assert.equal(selected, await lineOfSelection(page));
});

test('other files can be chosen', async ({ browser, url }) => {
  const { page } = await open(browser, url, 1200);
  assert.deepEqual(await page.$$eval('.source-pane option', (all) => all.map((one) => one.textContent)), [
    'demo.py',
    'other.py',
  ]);
  await page.selectOption('.source-pane select', { index: 1 });
  assert.equal(await page.locator('.code-line').count(), 1);
});

test('on a phone the source is one of the tabs', async ({ browser, url, shot }) => {
  const { page, problems } = await open(browser, url, 390);
  assert.equal(await page.locator('.source-pane').isVisible(), false);
  await page.click('.tab[data-pane=source]');
  await settle(page);
  assert.equal(await page.locator('.source-pane').isVisible(), true);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  await page.screenshot({ path: shot('exported-source-phone') });
  await page.setViewportSize({ width: 1200, height: 640 });
  await until(page, () => document.body.classList.contains('with-source'));
  assert.equal(await page.locator('.tab[data-pane=source]').count(), 0);
  assert.deepEqual(problems, []);
});

/** The line that the selection says its task stands at. */
async function lineOfSelection(page: Page): Promise<string | undefined> {
  return /demo\.py:(\d+)/.exec(await textOf(page, '.detail-pane'))?.[1];
}

test('the source is as wide as it was dragged', async ({ browser, url }) => {
  const { page } = await open(browser, url, 1200);
  const width = async () => (await page.locator('.source-pane').boundingBox())!.width;
  const first = await width();
  const sash = (await page.locator('.source-sash').boundingBox())!;
  await page.mouse.move(sash.x + 2, 300);
  await page.mouse.down();
  await page.mouse.move(sash.x - 98, 300);
  await page.mouse.up();
  assert.ok(Math.abs((await width()) - first - 100) <= 2, `${first} → ${await width()}`);
  await page.focus('.source-sash');
  await page.keyboard.press('ArrowRight');
  assert.ok(Math.abs((await width()) - first - 76) <= 2);
  await page.keyboard.press('Enter');
  assert.ok(Math.abs((await width()) - first) <= 1);
  await page.close();
});

test('an exported page that was cut off or damaged says so', async ({ browser, url, shot }) => {
  const whole = await (await fetch(`${url}/exported?name=gather`)).text();
  const data = whole.indexOf('"trace":["') + '"trace":["'.length;
  const script = whole.indexOf('"script":"') + '"script":"'.length;
  const cases: [broken: string, told: RegExp][] = [
    [whole.slice(0, data + 100), /the file is incomplete/],
    [`${whole.slice(0, data + 40)}AAAA${whole.slice(data + 44)}`, /This page is damaged/],
    // The first five letters are the length, what follows begins as gzip does.
    [`${whole.slice(0, script + 5)}AAAAA${whole.slice(script + 10)}`, /This page is damaged/],
  ];
  for (const [i, [broken, told]] of cases.entries()) {
    const page = await browser.newPage();
    await page.setContent(broken);
    const end = Date.now() + 10_000;
    while (!told.test(await page.innerText('body'))) {
      assert.ok(Date.now() < end, `${i}: ${await page.innerText('body')}`);
      await page.waitForTimeout(30);
    }
    await page.screenshot({ path: shot(`damaged-${i}`) });
    await page.close();
  }
});
