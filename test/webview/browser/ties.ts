import assert from 'node:assert/strict';
import { TraceStory } from '../../core/encode';
import { findings } from './accessibility';
import { test } from './harness';
import { openPanel, settle, textOf } from './panel';
import { type ThemeName, themes } from './themes';

/** A sleep of 1 s, and one of 0.5 s after another of 0.5 s, end at the same instant. */
function meeting(): Uint8Array {
  const story = new TraceStory();
  const main = story.task('Task-1', 'main', 0);
  const long = story.task('Task-2', 'long', 0, main, 12);
  const twice = story.task('Task-3', 'twice', 0, main, 12);
  const sleep = (delay: number) => ['sleep', `sleep ${delay} s`, { delay }] as const;
  story.step(main, { start: 0, cause: 'created', seq: 0, stands: ['main:12:4'], wait: ['gather', 'gather of 2'] });
  const first = { start: 0, cause: 'created', by: main, seq: 0 } as const;
  story.step(long, { ...first, stands: ['long:3:4'], wait: sleep(1) });
  story.step(twice, { ...first, stands: ['twice:6:4'], wait: sleep(0.5) });
  story.idle(0, 0.5);
  story.step(twice, { start: 0.5, cause: 'timer', stands: ['twice:7:4'], wait: sleep(0.5) });
  story.idle(0.5, 1);
  story.done(long, 1).step(long, { start: 1, cause: 'timer' });
  story.tie(1);
  story.done(twice, 1).step(twice, { start: 1, cause: 'timer' });
  return story.bytes();
}

for (const theme of Object.keys(themes) as ThemeName[])
  for (const width of [1200, 360])
    test(`the other order is asked for where a tie is told: ${theme}, ${width} px`, async ({ browser, url, shot }) => {
      const panel = await openPanel(browser, url, { trace: meeting() }, { theme, width });
      const { page } = panel;
      await page.click('#tab-story');
      await settle(page);
      assert.match(await textOf(page, '.ties-note'), /either may fire first/);
      assert.equal(await page.locator('[data-tool=other-order]').count(), 0, 'nothing can be run');
      const live = { on: false, available: true, note: null };
      await page.evaluate((live) => window.postMessage({ type: 'live', live }), live);
      await settle(page);
      await page.screenshot({ path: shot(`ties-${theme}-${width}`) });
      assert.deepEqual(await findings(page), []);
      await page.click('.ties-note [data-tool=other-order]');
      assert.deepEqual((await panel.posted()).at(-1), { type: 'ties', order: 'reversed' });
      assert.deepEqual(panel.problems, []);
    });
