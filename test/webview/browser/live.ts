import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { joined } from '../../../src/core/joined';
import { chunk, TraceStory } from '../../core/encode';
import { test } from './harness';
import { openPanel, settle, textOf, until } from './panel';
import { streamOf } from './streams';

const running = { state: 'running', program: '/project/demo.py', engine: 'Python 3.14' } as const;
const parts = [...streamOf({ tasks: 5, steps: 50, batches: 12, timers: 4 })];

async function post(page: Page, message: { readonly [key: string]: unknown }, bytes?: Uint8Array): Promise<void> {
  await page.evaluate(
    ([message, base64]) => {
      const copy = base64 === null ? null : Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      window.postMessage({ ...message, ...(copy ? { [message.type === 'append' ? 'bytes' : 'trace']: copy } : {}) });
    },
    [message, bytes ? Buffer.from(bytes).toString('base64') : null] as const,
  );
  await settle(page);
}

const append = (page: Page, bytes: Uint8Array) => post(page, { type: 'append' }, bytes);
const picture = (page: Page) => page.evaluate(() => document.querySelector('canvas')!.toDataURL());
const ticks = (page: Page) => page.$$eval('.axis .tick text', (all) => all.map((each) => each.textContent).join(' '));
const followed = (page: Page) => page.getAttribute('[data-tool=follow]', 'aria-pressed');

/** While a program runs its picture may be some frames late: others are for what may wait. */
async function becomes(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds()); await new Promise((next) => setTimeout(next, 30)))
    if (Date.now() > end) throw new Error(`It never came to this: ${what}`);
}

/** What is seen when it does not change any more, over more frames than anything that may wait takes. */
async function still<T>(page: Page, read: () => Promise<T>): Promise<T> {
  let last = await read();
  for (let alike = 0; alike < 10; ) {
    await settle(page);
    const next = await read();
    alike = next === last ? alike + 1 : 0;
    last = next;
  }
  return last;
}

test('a running program is shown as it goes on, at its end as opened from its file', async ({ browser, url, shot }) => {
  const { page, problems } = await openPanel(browser, url, { status: running });
  assert.match(await textOf(page, '.blank'), /first task/);
  await append(page, joined(parts.slice(0, 4)));
  await becomes('five tasks', async () => (await page.locator('.name.task').count()) === 5);
  assert.match(await textOf(page, '.notices'), /Running demo.py/);
  const early = await picture(page);
  await page.screenshot({ path: shot('live') });
  for (const part of parts.slice(4)) await append(page, part);
  await becomes('another picture', async () => (await picture(page)) !== early);
  await post(page, { type: 'status', status: { ...running, state: 'done', reason: '' } }, joined(parts));
  const fresh = await openPanel(browser, url, { trace: joined(parts) });
  assert.equal(await picture(page), await picture(fresh.page));
  assert.equal(await page.locator('[data-tool=follow]').count(), 0);
  assert.deepEqual(problems, []);
});

test('a program in its first step is not said to have run no task', async ({ browser, url }) => {
  const story = new TraceStory('/project/demo.py', 'virtual');
  story.task('Task-1', 'main', 0);
  const { page, problems } = await openPanel(browser, url, { status: running });
  await append(page, joined([story.bytes({ ended: false }), chunk('MARK', new Uint8Array())]));
  await until(page, () => document.querySelector('.names .name.task') !== null);
  await page.locator('.tabs [role=tab]', { hasText: 'Story' }).click();
  const begun = /The story begins when the first step has ended\./;
  await becomes('a story that is yet to begin', async () => begun.test(await textOf(page, '.panes')));
  assert.deepEqual(problems, []);
});

test('a picture that was made over some frames is the one that a single frame makes', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { status: running });
  await append(page, joined(parts.slice(0, 3)));
  await becomes('five tasks', async () => (await page.locator('.name.task').count()) === 5);
  const first = await picture(page);
  await append(page, joined(parts.slice(3, 8)));
  await becomes('another picture', async () => (await picture(page)) !== first);
  // Nothing comes any more: what is seen in the end was made in pieces.
  const pieces = await still(page, () => picture(page));
  await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!;
    canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
    document.querySelector('.scroller')!.dispatchEvent(new Event('scroll'));
  });
  await settle(page);
  assert.equal(await picture(page), pieces);
  assert.deepEqual(problems, []);
});

test('while a program runs it is said how many wake-ups are drawn, without a word to readers', async ({
  browser,
  url,
}) => {
  const { page, problems } = await openPanel(browser, url, { status: running });
  const stream = [...streamOf({ tasks: 12, steps: 400, batches: 4, timers: 4 })];
  await append(page, joined(stream.slice(0, 3)));
  await becomes('twelve tasks', async () => (await page.locator('.name.task').count()) === 12);
  await page.click('[data-tool=arrows]');
  const note = () => textOf(page, '.frame-note');
  const count = async () => Number(/^\d+ of (\d+) wake-ups in view are drawn/.exec(await note())?.[1] ?? 0);
  await becomes('a number', async () => (await count()) > 160);
  assert.equal(await page.getAttribute('.frame-note', 'aria-live'), 'off');
  const before = await count();
  await append(page, stream[3]);
  await becomes('a larger number', async () => (await count()) > before);
  assert.deepEqual(problems, []);
});

test('the newest end is followed until the view is moved, and again when that is asked for', async ({
  browser,
  url,
}) => {
  const { page } = await openPanel(browser, url, { status: running });
  await append(page, joined(parts.slice(0, 4)));
  await becomes('followed', async () => (await followed(page)) === 'true');
  await page.focus('.stage');
  for (let i = 0; i < 6; i++) await page.keyboard.press('w');
  await becomes('not followed', async () => (await followed(page)) === 'false');
  const there = await still(page, () => ticks(page));
  await append(page, parts[4]);
  assert.equal(await ticks(page), there);
  await page.click('[data-tool=follow]');
  await becomes('the end', async () => (await ticks(page)) !== there && (await followed(page)) === 'true');
  const end = await still(page, () => ticks(page));
  await append(page, joined(parts.slice(5, 8)));
  await becomes('a later end', async () => (await ticks(page)) !== end);
});

test('what is selected stays selected while lanes grow and when the run is over', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { status: running });
  await append(page, joined(parts.slice(0, 3)));
  await becomes('five tasks', async () => (await page.locator('.name.task').count()) === 5);
  await page.focus('.stage');
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  const facts = () => textOf(page, '.detail-pane .body dl');
  await becomes('a segment of Task-2', async () => /Task-2/.test(await facts()));
  const before = await still(page, facts);
  await append(page, joined(parts.slice(3)));
  await still(page, () => picture(page));
  assert.equal(await facts(), before);
  await post(page, { type: 'status', status: { ...running, state: 'done', reason: '' } }, joined(parts));
  assert.equal(await facts(), before);
});

test('a page that is loaded in the middle of a run goes on from what there is', async ({ browser, url }) => {
  const { page, problems } = await openPanel(browser, url, { status: running, trace: joined(parts.slice(0, 6)) });
  await until(page, () => document.querySelectorAll('.name.task').length === 5);
  const before = await picture(page);
  await append(page, joined(parts.slice(6)));
  await becomes('another picture', async () => (await picture(page)) !== before);
  assert.deepEqual(problems, []);
});

/** As the host sends what is larger than a message: the pieces that are still missing, after the message that tells of the end. */
async function endInPieces(page: Page, all: Uint8Array, from: number, size: number): Promise<void> {
  await post(page, {
    type: 'status',
    status: { ...running, state: 'done', reason: '' },
    trace: null,
    coming: { from, length: all.length },
  });
  for (let at = from; at < all.length; at += size) await append(page, all.subarray(at, at + size));
}

test('at the end of a run that was followed only what is new comes, and the picture is that of the whole', async ({
  browser,
  url,
}) => {
  const all = joined(parts);
  for (const followed of [joined(parts.slice(0, 7)).length, all.length - 3, all.length]) {
    const { page, problems } = await openPanel(browser, url, { status: running });
    await append(page, all.subarray(0, followed));
    await becomes('five tasks', async () => (await page.locator('.name.task').count()) === 5);
    await endInPieces(page, all, followed, 1001);
    const fresh = await openPanel(browser, url, { trace: all });
    assert.equal(await picture(page), await picture(fresh.page));
    assert.match(await textOf(page, '.notices'), /^(?!.*Running)/);
    assert.deepEqual(problems, []);
    await Promise.all([page.close(), fresh.page.close()]);
  }
});

test('a trace that comes in pieces says how much of it is there, then it is shown as a whole', async ({
  browser,
  url,
  shot,
}) => {
  const all = joined(parts);
  const { page, problems } = await openPanel(browser, url, { status: { state: 'empty' } });
  const status = { state: 'done', program: 'demo.coroscope', engine: 'Python 3.14', reason: '' };
  const length = all.length;
  await post(page, { type: 'status', status, trace: null, coming: { from: 0, length } });
  await append(page, all.subarray(0, length / 2));
  assert.match(await textOf(page, '.blank'), /Reading demo\.coroscope…[\s\S]*0 of 0 MB/);
  assert.equal(
    await page.$eval('.blank progress', (bar) => Math.round((bar as HTMLProgressElement).position * 100)),
    50,
  );
  await page.screenshot({ path: shot('arriving') });
  await append(page, all.subarray(length / 2));
  const fresh = await openPanel(browser, url, { trace: all });
  assert.equal(await picture(page), await picture(fresh.page));
  assert.deepEqual(problems, []);
});

test('another run takes the place of a trace that has not come as a whole', async ({ browser, url }) => {
  const all = joined(parts);
  const { page, problems } = await openPanel(browser, url, { status: { state: 'empty' } });
  const done = { state: 'done', program: 'demo.py', engine: 'Python 3.14', reason: '' };
  await post(page, { type: 'status', status: done, trace: null, coming: { from: 0, length: all.length } });
  await append(page, all.subarray(0, 1000));
  await post(page, { type: 'status', status: { ...running, engine: '' }, trace: null });
  for (const part of parts) await append(page, part);
  await becomes('five tasks', async () => (await page.locator('.name.task').count()) === 5);
  assert.match(await textOf(page, '.notices'), /Running demo.py/);
  assert.deepEqual(problems, []);
});

test('a run that breaks down leaves what was there', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { status: running });
  await append(page, joined(parts.slice(0, 6)));
  const failed = { state: 'failed', program: 'demo.py', message: 'Its worker ended.', detail: '' };
  await post(page, { type: 'status', status: failed }, joined(parts.slice(0, 6)));
  assert.equal(await page.locator('.name.task').count(), 5);
  assert.match(await textOf(page, '.notices'), /Its worker ended/);
});

test('what lies beside the lanes goes on growing while a long run streams in', async ({ browser, url }) => {
  const stream = [...streamOf({ tasks: 20, steps: 400, batches: 100, timers: 4, prints: 40 })];
  const { page, problems } = await openPanel(browser, url, { status: running });
  await append(page, stream[0]);
  await append(page, stream[1]);
  await page.click('[data-pane=output]');
  const strip = () => page.evaluate(() => document.querySelector('.overview .busy')?.getAttribute('d') ?? '');
  await append(page, joined(stream.slice(2, 50)));
  await becomes('a strip', async () => (await strip()) !== '');
  const first = await strip();
  const bytes = stream.slice(50, -1).map((part) => Buffer.from(part).toString('base64'));
  await page.evaluate(async (all) => {
    for (const text of all) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      window.postMessage({ type: 'append', bytes });
      await new Promise((next) => setTimeout(next, 15));
    }
  }, bytes);
  await becomes('another strip', async () => (await strip()) !== first);
  await until(page, () => document.querySelector('.output-pane [data-output="999"]') !== null, 30_000);
  assert.deepEqual(problems, []);
});
