import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';
import { typeInstead } from './type-instead';

/** A second click would turn it back: it comes only when the first must have been lost. */
async function toggle(frame: Frame, on: boolean): Promise<void> {
  const button = frame.locator('[data-tool=live]');
  const turned = frame.locator(`[data-tool=live][aria-pressed=${on}]`);
  await until(`live mode ${on ? 'on' : 'off'}`, async () => {
    if ((await turned.count()) > 0) return true;
    await button.click({ timeout: 2000 });
    await turned.waitFor({ timeout: 20_000 });
    return true;
  });
}

/** Live mode: the picture follows what is typed into a real editor; and stepping through a run from there. */
export async function live(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const timeline = () => TimelinePage.find(workbench);
  const summary = async () => (await timeline()).frame.locator('.summary').innerText();
  const note = async () => {
    const { frame } = await timeline();
    const shown = frame.locator('.live-note');
    return (await shown.isVisible()) ? shown.innerText() : '';
  };
  const stale = async () => (await timeline()).frame.locator('.board.stale').count();
  const retype = (from: string, to: string) => typeInstead(workbench, from, to);

  const begun = await check('one click in the panel turns it on', async () => {
    await workbench.openFile('typed.py');
    await workbench.command('Coroscope: Visualize async');
    const { frame } = await timeline();
    await toggle(frame, true);
    await page.locator('.statusbar-item', { hasText: 'Live' }).waitFor();
    assert.match(await summary(), /2 s/);
  });
  // Nothing of what follows means anything without it.
  if (!begun) return;
  await check('what is typed changes the picture; zoom and selection stay', async () => {
    const { frame } = await timeline();
    await frame.locator('.names .name', { hasText: 'tea' }).click();
    await retype(', 2)', ', 5)');
    await until('five seconds', async () => /\b5 s/.test(await summary()), 180_000);
    assert.equal(await stale(), 0);
    assert.match(await frame.locator('.names .name[aria-selected=true]').innerText(), /tea/);
    assert.equal(await page.locator('.notification-toast').count(), 0);
    await workbench.picture('live');
  });
  await check('what does not parse leaves the picture, faint, with a note', async () => {
    await retype(', 5)', ', 5]');
    const text = await until('the note', async () => /Line \d+: SyntaxError/.test(await note()) && (await note()));
    assert.equal(await stale(), 1);
    assert.match(await summary(), /\b5 s/);
    await workbench.pictures('live-stale', [
      ['light', 'Light Modern'],
      ['high-contrast', 'Dark High Contrast'],
      ['dark', 'Dark Modern'],
    ]);
    return text;
  });
  await check('mended, it follows again', async () => {
    await retype(', 5]', ', 3)');
    await until('three seconds', async () => /\b3 s/.test(await summary()));
    await until('no note', async () => (await note()) === '' && (await stale()) === 0);
  });
  await check('a runaway is stopped, and the next text runs', async () => {
    await retype('await asyncio.sleep(seconds)', 'while True: pass');
    const text = await until('the note', async () => /takes too long/.test(await note()) && (await note()), 180_000);
    await workbench.picture('live-runaway');
    await retype('while True: pass', 'await asyncio.sleep(seconds * 2)');
    await until('six seconds', async () => /\b6 s/.test(await summary()), 180_000);
    await until('no note', async () => (await note()) === '' && (await stale()) === 0);
    return text;
  });
  await check('turned off, it leaves the picture alone', async () => {
    const { frame } = await timeline();
    await toggle(frame, false);
    await page.locator('.statusbar-item', { hasText: 'Live' }).waitFor({ state: 'hidden' });
    await retype(', 3)', ', 4)');
    // Nothing is to happen: there is no event to wait for.
    await page.waitForTimeout(1000);
    assert.match(await summary(), /\b6 s/);
  });
  await check('keys in the editor step through the run', async () => {
    /** What the decorations say at the ends of lines: it is content of the style, not of the page. */
    const marks = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.monaco-editor .view-line span')]
          .map((span) => getComputedStyle(span, '::after').content)
          .filter((content) => content.includes('◂'))
          .map((content) => content.replaceAll('"', ''))
          .join(' | '),
      );
    await workbench.line('await asyncio.sleep').click();
    const seen: string[] = [];
    for (const [key, expected] of [
      ["Alt+'", /running/],
      ["Alt+'", /running/],
      // Between two turns of tasks the loop has others: a callback, an idle wait.
      ['Alt+.', /◂/],
      ['Alt+,', /◂/],
    ] as const) {
      const before = seen.at(-1) ?? '';
      await page.keyboard.press(key);
      seen.push(
        await until(`marks after ${key}`, async () => {
          const found = await marks();
          return found !== before && expected.test(found) && found;
        }),
      );
    }
    await workbench.picture('live-stepping');
    // The keyboard is still the editor's.
    assert.ok(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null));
    return seen[1];
  });
  await check('the editor follows into another file, and keeps the keyboard', async () => {
    await workbench.openFile('waiter.py');
    await workbench.command('Coroscope: Visualize async');
    const { frame } = await timeline();
    await until('the run of two files', async () => /real clock/.test(await summary()), 180_000);
    await workbench.line('await boil').click();
    const active = page.locator('.editor-group-container.active .tab.active, .tab.active', { hasText: 'galley.py' });
    await until('the other file', async () => {
      if ((await active.count()) > 0) return true;
      await page.keyboard.press('Alt+.');
      return soon(async () => (await active.count()) > 0, 1000);
    });
    await workbench.picture('live-other-file');
    // On from there, where nobody has clicked.
    const before = await frame.locator('.playhead').getAttribute('aria-valuenow');
    await until('a step from the other file', async () => {
      await page.keyboard.press('Alt+,');
      return soon(async () => (await frame.locator('.playhead').getAttribute('aria-valuenow')) !== before, 1000);
    });
  });
}
