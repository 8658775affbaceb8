import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checks, soon, until } from '../checks';
import { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** What the editor writes behind the lines: it is content of the style, not of the page. */
function behindLines({ page }: Workbench): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.monaco-editor .view-line span')]
      .map((span) => getComputedStyle(span, '::after').content)
      .filter((content) => content.includes('waited'))
      .map((content) => content.replaceAll('"', '').replaceAll('\\A0', ' ').replaceAll('\u00a0', ' ').trim())
      .sort(),
  );
}

/** What the editor tells of a run when it is over. */
export async function afterRun(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const hover = page.locator('.monaco-hover:visible');
  let timeline: TimelinePage;

  /** Follows a link of the hover until what it shows is seen; a hover may go away under the mouse. */
  const follow = (link: string, seen: () => Promise<boolean>) =>
    until(`what ${link} shows`, async () => {
      if (await seen()) return true;
      await workbench.hover('await asyncio.sleep', 'await', link);
      await hover.locator('a', { hasText: link }).first().click({ timeout: 2000 });
      return soon(seen, 3000);
    });

  const inline = () => behindLines(workbench);

  await check('before a run a hover has neither numbers nor a picture', async () => {
    // What breakfast.py is, but for that no other scene runs it.
    await workbench.openFile('supper.py');
    await workbench.hover('await asyncio.sleep', 'await', 'sets a timer');
    assert.equal(await hover.locator('img').count(), 0);
  });
  await check('after a run it tells how often, how long, woken by whom, and who ran meanwhile', async () => {
    await workbench.command('Coroscope: Visualize async');
    timeline = await TimelinePage.find(workbench);
    const text = await workbench.hover('await asyncio.sleep', 'await', 'Meanwhile');
    assert.match(text, /waited here 2 times, 5 s in all, 3 s at the longest/);
    assert.match(text, /Woken by its own timer ×2\. Meanwhile these tasks ran: fry\(/);
    return text;
  });
  await check('what makes tasks tells which it made, a coroutine function how often it ran', async () => {
    const made = await workbench.hover('asyncio.run(main', 'asyncio', 'A task was created here');
    assert.match(made, /A task was created here: main\(\)\. It lived for 3 s/);
    const ran = await workbench.hover('async def fry', 'fry', 'It ran');
    assert.match(ran, /It ran 2 times, 3 s at the longest/);
    await workbench.picture('hover-definition');
    return ran.split('\n').at(-1);
  });
  await check('the lines say how long they waited', async () => {
    const seen = await until('the times', async () => ((await inline()).length === 2 ? inline() : undefined));
    assert.deepEqual(seen, ['waited 3 s', 'waited 5 s · 2×']);
  });
  // The other themes are for people to look at.
  const others = Workbench.isPictured ? ['Light Modern', 'Dark High Contrast', 'Light High Contrast'] : [];
  for (const theme of [...others, 'Dark Modern']) {
    await check(`the picture of the line in ${theme}`, async () => {
      await workbench.theme(theme);
      await workbench.hover('await asyncio.sleep', 'await', 'Meanwhile');
      const picture = hover.locator('img[src^="data:image/svg+xml"]').first();
      const width = await picture.evaluate((image: HTMLImageElement) => image.naturalWidth);
      assert.equal(width, 400);
      await workbench.picture(`hover-run-${theme.replaceAll(' ', '-').toLowerCase()}`);
    });
  }
  await check('its links walk along the visits in the timeline', async () => {
    await follow('Show in Timeline', async () => /fry\('eggs'[\s\S]*0 s – 2 s/.test(await timeline.text()));
    await follow('Next Stop', async () => /fry\('bacon'[\s\S]*0 s – 3 s/.test(await timeline.text()));
  });
  await check('the same from the keyboard, at the line of the cursor', async () => {
    await page.keyboard.press('Escape');
    await workbench.line('await asyncio.sleep').click({ position: { x: 60, y: 8 } });
    await workbench.command('Coroscope: Next Stop at This Line');
    await until('the first visit', async () => /fry\('eggs'[\s\S]*0 s – 2 s/.test(await timeline.text()));
  });
  await check('an edit above moves the line, and its numbers with it', async () => {
    await workbench.line('import asyncio').click({ position: { x: 30, y: 8 } });
    await page.keyboard.press('Home');
    await page.keyboard.type('# an edit\n');
    const text = await workbench.hover('await asyncio.sleep', 'await', /waited here[\s\S]*has changed since/);
    assert.match(text, /waited here 2 times[\s\S]*The file has changed since the last run/);
  });
  await check('a line that was changed itself has no numbers any more', async () => {
    await workbench.line('await asyncio.sleep').click({ position: { x: 60, y: 8 } });
    await page.keyboard.press('End');
    await page.keyboard.type('  # slowly');
    const text = await workbench.hover('await asyncio.sleep', 'await', 'The code has changed since');
    assert.match(text, /The code has changed since the last run/);
    assert.doesNotMatch(text, /waited here/);
    assert.deepEqual(await inline(), ['waited 3 s']);
  });
  await check('changed back, it has them again', async () => {
    for (let i = 0; i < '  # slowly'.length; i++) await page.keyboard.press('Backspace');
    await workbench.hover('await asyncio.sleep', 'await', 'waited here 2 times');
    await until('its time', async () => (await inline()).length === 2);
  });
}

/** The line at the cursor is lit in the timeline, in any file of the run and any editor that shows it. */
export async function cursorLights(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  let timeline: TimelinePage;
  /** What is lit is painted, and nothing else tells it. */
  const painted = () =>
    timeline.frame
      .locator('canvas')
      .first()
      .evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  /** By the keyboard: a hover under the mouse would cover the lines. */
  const cursorTo = (line: number) =>
    until(`the cursor in line ${line}`, async () => {
      if ((await workbench.cursor()).startsWith(`Ln ${line},`)) return true;
      await page.keyboard.press('Control+g');
      await page.locator('.quick-input-widget input').fill(`:${line}`, { timeout: 2000 });
      await page.keyboard.press('Enter');
      return undefined;
    });
  const lights = async (line: number, dark: string, isLit: boolean) => {
    await cursorTo(line);
    await until(`line ${line} ${isLit ? 'lit' : 'not lit'}`, async () => ((await painted()) !== dark) === isLit);
  };

  const python = spawnSync('python3', ['-c', 'import sys; assert sys.version_info >= (3, 9)']);
  if (python.status !== 0) {
    console.log('  skipped: the cursor in a module: it needs a python3 from 3.9 on');
    return;
  }
  await check('the cursor on a line of a module lights its segments', async () => {
    await workbench.openFile('lunch.py');
    await workbench.command('Coroscope: Visualize async');
    timeline = await TimelinePage.find(workbench);
    await timeline.colours();
    await until('all lanes', async () => (await timeline.lanes()).length >= 5);
    await page.mouse.move(8, 8);
    // What is found to be so again and again has settled: nothing is lit at the first line.
    let dark = '';
    let alike = 0;
    await cursorTo(1);
    await until('a picture that stays', async () => {
      const before = dark;
      dark = await painted();
      alike = dark === before ? alike + 1 : 0;
      return alike === 5;
    });
    await lights(7, dark, true);
    await lights(1, dark, false);
    await workbench.openFile('kitchen.py');
    await lights(5, dark, true);
    await workbench.picture('cursor-in-module');
    await lights(6, dark, false);
  });
  await check('a module’s lines tell what they waited, in both halves of a split editor', async () => {
    await workbench.command('View: Split Editor Down');
    const times = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('.monaco-editor .view-line span')].filter((span) =>
            getComputedStyle(span, '::after').content.includes('waited'),
          ).length,
      );
    await until('both', async () => (await times()) >= 2);
    const text = await workbench.hover('await asyncio.sleep', 'await', 'Last run');
    await workbench.picture('split-editor');
    return text.split('\n').at(-1);
  });
}

/** With the setting `inlay`: a hint behind each await in place of the end of the line. */
export async function inlayTimes(workbench: Workbench, checks: Checks): Promise<void> {
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const line = () => workbench.line('await asyncio.sleep').innerText();

  /** Written again with each look: a change of a file may go unnoticed. */
  const changed = (inlineTimes: string, seen: () => Promise<boolean>) =>
    until(`waiting times: ${inlineTimes}`, async () => {
      mkdirSync(join(workbench.folder, '.vscode'), { recursive: true });
      const file = join(workbench.folder, '.vscode', 'settings.json');
      writeFileSync(file, JSON.stringify({ 'coroscope.inlineTimes': inlineTimes }));
      return soon(seen);
    });
  await check('waiting times as inlay hints behind each await', async () => {
    await workbench.openFile('breakfast.py');
    await workbench.command('Coroscope: Visualize async');
    await TimelinePage.find(workbench);
    const shown = async () => (await line()).replaceAll('\u00a0', ' ');
    await changed('inlay', async () => /waited 5 s · 2×/.test(await shown()));
    const text = await shown();
    await workbench.picture('inline-inlay');
    return text;
  });
  await check('a line that is edited loses its hint', async () => {
    await workbench.line('await asyncio.sleep').click({ position: { x: 60, y: 8 } });
    await workbench.page.keyboard.press('End');
    await workbench.page.keyboard.type('  # slowly');
    await until('no hint', async () => !/waited/.test(await line()));
  });
  await check('a change of the setting moves them to the ends of the lines, or takes them away', async () => {
    await changed('endOfLine', async () => (await behindLines(workbench)).join() === 'waited 3 s');
    const hints = workbench.lines.filter({ hasText: 'waited' });
    await changed('off', async () => (await hints.count()) === 0 && (await behindLines(workbench)).length === 0);
  });
}
