import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, settle, textOf, until } from './panel';
import { gather, instant } from './scenes';

const done = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };
const times = { edited: 0, began: 0, planned: 0, ran: 0, sent: 0 };

/** The program was edited, and has run again. */
async function again(page: Page, trace: Uint8Array): Promise<void> {
  await page.evaluate(
    ({ text, status, times }) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      window.postMessage({ type: 'status', status, trace: bytes, again: times });
    },
    { text: Buffer.from(trace).toString('base64'), status: done, times },
  );
  await settle(page);
}

async function live(page: Page, state: object): Promise<void> {
  await page.evaluate((live) => window.postMessage({ type: 'live', live }), {
    on: true,
    available: true,
    note: null,
    ...state,
  });
  await settle(page);
}

const selected = (page: Page) => page.$eval('.name[aria-selected=true] .text', (name) => name.textContent);
const ticks = (page: Page) => page.$$eval('.axis text', (all) => all.map(({ textContent }) => textContent));

test('a run of the edited program goes on from the picture before it', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.click('.name.task >> nth=2');
  await page.click('[data-tool=in]');
  await page.click('[data-tool=in]');
  for (const key of ['.', '.', '.', '.']) await page.keyboard.press(key);
  await settle(page);
  const before = { ticks: await ticks(page), selected: await selected(page) };
  await again(page, gather(7));
  assert.match(await textOf(page, '.summary'), /7 s/);
  assert.equal(await selected(page), before.selected);
  assert.equal(await page.getAttribute('.playhead', 'aria-valuenow'), '4');
  // A second is as wide as it was.
  assert.deepEqual(await ticks(page), before.ticks);
});

test('bars move to their new places, or stand there at once for those who asked for less motion', async ({
  browser,
  url,
}) => {
  for (const reducedMotion of ['no-preference', 'reduce'] as const) {
    const { page } = await openPanel(browser, url, { trace: gather() });
    await page.emulateMedia({ reducedMotion });
    const pictures = await page.evaluate(
      async ({ text, status, times }) => {
        const picture = () => document.querySelector('canvas')!.toDataURL();
        const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
        const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        const summary = () => document.querySelector('.summary')!.textContent!;
        window.postMessage({ type: 'status', status, trace: bytes, again: times });
        while (!summary().includes('3 s')) await new Promise((next) => requestAnimationFrame(next));
        const first = picture();
        for (let last = ''; last !== picture(); ) {
          last = picture();
          await new Promise((next) => setTimeout(next, 250));
          await frame();
        }
        return [first, picture()];
      },
      { text: Buffer.from(gather(3)).toString('base64'), status: done, times },
    );
    assert.equal(pictures[0] === pictures[1], reducedMotion === 'reduce', reducedMotion);
    await page.close();
  }
});

test('the toggle is there where it can be used, and asks the host', async ({ browser, url }) => {
  const { page, posted } = await openPanel(browser, url, { trace: gather() });
  assert.equal(await page.locator('[data-tool=live]').count(), 0);
  await live(page, { on: false });
  assert.equal(await page.getAttribute('[data-tool=live]', 'aria-pressed'), 'false');
  await page.click('[data-tool=live]');
  assert.deepEqual((await posted()).at(-1), { type: 'live', on: true });
  await live(page, { on: true });
  assert.equal(await page.getAttribute('[data-tool=live]', 'aria-pressed'), 'true');
});

test('what cannot be shown leaves the picture faint, with a note that goes when it can', async ({
  browser,
  url,
  shot,
}) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await live(page, { note: { text: 'Line 3: SyntaxError: <b>', stale: true } });
  await until(page, () => document.querySelector('.board.stale .live-note:not([hidden])') !== null);
  assert.equal(await textOf(page, '.live-note'), 'Line 3: SyntaxError: <b>');
  assert.equal(await page.locator('.name.task').count(), 3);
  await page.screenshot({ path: shot('live-stale') });
  await again(page, gather(4));
  await live(page, {});
  assert.equal(await page.locator('.board.stale, .live-note:visible').count(), 0);
});

test('tasks that went are let go, and from a run without time the axis changes', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.click('.name.task >> nth=2');
  await again(page, instant());
  assert.equal(await page.locator('.name[aria-selected=true]').count(), 0);
  assert.equal(await page.getAttribute('[data-tool=steps]', 'aria-pressed'), 'true');
  await again(page, gather());
  assert.equal(await page.getAttribute('[data-tool=time]', 'aria-pressed'), 'true');
});

test('the playhead can be moved from outside, also along the events of a line', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  const value = async (move: string, at: object | null = null) => {
    await page.evaluate((message) => window.postMessage(message), { type: 'move', move, at });
    await settle(page);
    return page.getAttribute('.playhead', 'aria-valuenow');
  };
  assert.equal(await value('stepOn'), '1');
  assert.equal(await value('stepOn'), '2');
  const at = { file: '/project/demo.py', line: 6 };
  const first = Number(await value('lineOn', at));
  assert.ok(first > 2, String(first));
  assert.ok(Number(await value('lineOn', at)) > first);
  assert.equal(Number(await value('lineBack', at)), first);
  await value('putAway');
  assert.equal(await page.getAttribute('.playhead', 'aria-valuetext'), 'hidden');
});
