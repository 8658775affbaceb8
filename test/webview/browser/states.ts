import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TraceStory } from '../../core/encode';
import { test } from './harness';
import { openPanel, received, settle, textOf, until } from './panel';
import { blocking, broken, gather, instant } from './scenes';

const running = { state: 'running', program: '/project/demo.py', engine: 'embedded' } as const;

test('before anything ran it says how to begin', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { status: { state: 'empty' } });
  await page.screenshot({ path: shot('empty') });
  await page.click('.blank button');
  assert.equal((await posted()).at(-1)?.type, 'run');
});

test('an empty panel opens a sample; in Restricted Mode it leads to the trust', async ({ browser, url, shot }) => {
  const empty = { status: { state: 'empty' } } as const;
  const { page, posted } = await openPanel(browser, url, empty);
  await page.click('.blank .secondary');
  assert.equal((await posted()).at(-1)?.type, 'sample');
  const restricted = await openPanel(
    browser,
    url,
    { ...empty, restricted: true, compact: true },
    { width: 300, height: 200 },
  );
  await restricted.page.screenshot({ path: shot('restricted') });
  await restricted.page.click('.blank button');
  assert.equal((await restricted.posted()).at(-1)?.type, 'trust');
});

test('while a program runs it can be cancelled', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { status: running });
  assert.match(await textOf(page, '.blank'), /Running demo\.py/);
  await page.screenshot({ path: shot('running') });
  await page.click('.blank button');
  assert.equal((await posted()).at(-1)?.type, 'cancel');
});

test('while it runs again, the picture so far stays', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { status: running, trace: gather() });
  await until(page, () => document.querySelectorAll('.name.task').length === 3);
  await page.click('.notice button');
  assert.equal((await posted()).at(-1)?.type, 'cancel');
});

test('a failure tells what happened, with its details', async ({ browser, url, shot }) => {
  const failed = {
    state: 'failed',
    program: '/project/demo.py',
    message: 'No Python was found.',
    detail: 'Looked for python3',
  };
  const { page } = await openPanel(browser, url, { status: failed as never });
  await page.screenshot({ path: shot('failed') });
  const text = await textOf(page, '.blank');
  assert.ok(text.includes('No Python was found.') && text.includes('Looked for python3') && text.includes('Run again'));
});

test('a program that never got to its loop says so, and shows its output', async ({ browser, url, shot }) => {
  const { page } = await openPanel(browser, url, { trace: broken() });
  await page.screenshot({ path: shot('broken') });
  assert.match(await textOf(page, '.blank'), /failed before its event loop started.*SyntaxError/s);
  assert.equal(await page.locator('.board').isVisible(), false);
  assert.equal(await page.locator('.output-pane').isVisible(), true);
});

test('bytes that are no trace give one clear message', async ({ browser, url, shot }) => {
  const { page, posted } = await openPanel(browser, url, { trace: new Uint8Array(64) });
  await page.screenshot({ path: shot('unreadable') });
  assert.match(await textOf(page, '.blank'), /This is not a Coroscope trace/);
  assert.equal((await posted()).at(-1)?.type, 'failure');
});

test('a new status replaces the picture; a message that is none is reported', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  await page.evaluate(() => window.postMessage({ type: 'nonsense' }));
  await received(page);
  assert.equal((await posted()).at(-1)?.type, 'failure');
  await page.evaluate(() => window.postMessage({ type: 'reveal', task: 3 }));
  await settle(page);
  assert.match(await textOf(page, '.detail-pane h3'), /Task-3/);
  await page.evaluate((status) => window.postMessage({ type: 'status', status, trace: null }), running);
  await received(page);
  assert.equal(await page.locator('.board').isVisible(), false);
});

test('only an axis that was chosen is kept for later runs', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const pressed = () => page.getAttribute('[data-tool=steps]', 'aria-pressed');
  const run = (trace: Uint8Array) => runAgain(page, trace);
  assert.equal(await pressed(), 'false');
  await run(instant());
  assert.equal(await pressed(), 'true');
  await run(gather());
  assert.equal(await pressed(), 'false');
  // There and back, in a run in which one of the axes shows nothing.
  await run(instant());
  await page.click('[data-tool=time]');
  await settle(page);
  await page.click('[data-tool=steps]');
  await run(gather());
  assert.equal(await pressed(), 'false');
  await page.click('[data-tool=steps]');
  await run(gather());
  assert.equal(await pressed(), 'true');
});

/** The host's way: first that it runs, then what was recorded. */
async function runAgain(page: Page, trace: Uint8Array): Promise<void> {
  await page.evaluate((status) => window.postMessage({ type: 'status', status, trace: null }), running);
  await received(page);
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const status = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
    window.postMessage({ type: 'status', status, trace: bytes });
  }, Buffer.from(trace).toString('base64'));
  await received(page);
}

test('after a reload everything is as it was; another run begins anew', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const seen = () =>
    page.evaluate(() => ({
      ticks: [...document.querySelectorAll('.axis text')].map((text) => text.textContent).join(' '),
      part: document.querySelector('.overview')!.getAttribute('aria-valuetext'),
      names: document.querySelectorAll('.names .name').length,
      title: document.querySelector('.detail-pane h3')?.textContent,
      playhead: document.querySelector('.playhead')!.getAttribute('aria-valuenow'),
      away: document.querySelector('.playhead')!.classList.contains('away'),
      tab: document.querySelector('.tab[aria-selected=true]')!.textContent,
      steps: document.querySelector('[data-tool=steps]')!.getAttribute('aria-pressed'),
    }));
  const first = await seen();
  await page.click('[data-tool=steps]');
  await page.click('.name.task .twistie.codicon-chevron-down');
  await page.click('#tab-output');
  await page.focus('.stage');
  for (const key of ['ArrowRight', 'ArrowRight', 'w', 'w', 'd', '.', '.', '.']) await page.keyboard.press(key);
  await settle(page);
  const before = await seen();
  assert.notDeepEqual(before, first);
  // It is kept as it goes, not only when the page goes.
  await until(page, () => sessionStorage.getItem('kept')?.includes('"output"') === true);
  await page.reload();
  await until(page, () => document.querySelector('.names .name') !== null);
  await settle(page);
  assert.deepEqual(await seen(), before);
  await runAgain(page, blocking());
  const after = await seen();
  assert.deepEqual([after.away, after.title, after.tab, after.steps], [true, undefined, 'Output', 'true']);
});

test('state that nobody can have written is left alone', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { trace: gather() });
  await page.evaluate(() => sessionStorage.setItem('kept', '{"axis":"sideways","run":{"id":7}}'));
  await page.evaluate(() => addEventListener('pagehide', () => sessionStorage.setItem('kept', '{"axis":"sideways"}')));
  await page.reload();
  await until(page, () => document.querySelector('.names .name') !== null);
  // As if nothing had been chosen.
  assert.equal(await page.getAttribute('[data-tool=steps]', 'aria-pressed'), 'true');
  assert.deepEqual(problems, []);
});

test('in a narrow panel sentences and printed lines keep most of its width', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { trace: gather() }, { width: 340, height: 900 });
  const widths = (selector: string) =>
    page.locator(selector).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width));
  await page.locator('.tabs [role=tab]', { hasText: 'Story' }).click();
  await page.locator('.sentence').first().waitFor();
  await page.screenshot({ path: shot('narrow-story') });
  for (const width of await widths('.sentence .said')) assert.ok(width > 250, `a sentence of ${width} px`);
  for (const where of await page.locator('.sentence').all()) {
    const [said, place] = [await where.locator('.said').boundingBox(), await where.locator('.where').boundingBox()];
    assert.ok(!place || place.width === 0 || place.y >= said!.y + said!.height - 1, 'a place beside what is said');
  }
  assert.deepEqual(problems, []);
});

test('at every width the button of live mode has its sign, and the tools stay in one row', async ({
  browser,
  url,
  shot,
}) => {
  for (const width of [360, 541, 700, 1200]) {
    const { page } = await openPanel(browser, url, { trace: gather() }, { width });
    const live = { on: true, available: true, note: null };
    await page.evaluate((live) => window.postMessage({ type: 'live', live }), live);
    const sign = await page.locator('[data-tool=live] .codicon').boundingBox();
    assert.ok(sign && sign.width >= 14, `at ${width} px the sign is ${sign?.width} px wide`);
    const tops = await page
      .locator('.toolbar .segment, .toolbar .tool')
      .evaluateAll((all) => all.map((each) => Math.round(each.getBoundingClientRect().top + each.clientHeight / 2)));
    if (width >= 480) assert.ok(Math.max(...tops) - Math.min(...tops) <= 2, `at ${width} px: ${tops}`);
    await page.screenshot({ path: shot(`live-button-${width}`) });
  }
});

test('a program that failed says what failed, where and why, and leads there', async ({ browser, url, shot }) => {
  const story = new TraceStory('/project/demo.py', 'virtual');
  const main = story.task('Task-1', 'main', 0);
  const job = story.task('Task-2', 'job', 0, main, 14);
  story.step(main, { start: 0, cause: 'created', stands: ['main:14:4'], wait: ['sleep', 'sleep 1 s', { delay: 1 }] });
  story.failed(job, 1, 'ValueError: no', 'job:6:4').step(job, { start: 1, cause: 'timer' });
  story.failed(main, 1, 'ValueError: no', 'job:6:4').step(main, { start: 1, cause: 'task', by: job });
  story.uncaught('ValueError', 'no', 1, 'job:6:4');
  for (const theme of ['light', 'dark', 'hc-dark', 'hc-light'] as const) {
    const { page, posted } = await openPanel(browser, url, { trace: story.bytes({ exit: 1 }) }, { theme, width: 541 });
    const notice = await textOf(page, '.notice.failure');
    assert.match(
      notice,
      /Task-2 \(job\) failed: ValueError: no · demo\.py:6 · Nobody caught it, so the program ended\./,
    );
    await page.screenshot({ path: shot(`failure-${theme}`) });
    await page.click('.notice.failure button');
    assert.deepEqual((await posted()).at(-1), {
      type: 'open',
      file: '/project/demo.py',
      line: 6,
      column: 4,
      focus: true,
    });
    assert.match(await textOf(page, '.name[aria-selected=true]'), /Task-2/);
    await page.close();
  }
  const { page } = await openPanel(browser, url, { trace: story.bytes() });
  assert.equal(await page.locator('.notice.failure').count(), 0);
});
