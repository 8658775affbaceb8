import { writeFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { findChromium } from '../../chromium';
import { interpreters, program } from '../../engines/here';
import { type ServedRun, served } from './served-run';

/** The panel in a browser while a program runs. */

const executablePath = findChromium();
if (!executablePath) console.log('skipped: no Chromium was found; served pages are not opened');
const engine = interpreters.at(-1)?.command ?? '';
const run = ['run', '--engine', engine, '--clock', 'real', '--serve'];
/** A task each 50 ms, until the file `end` is beside it. */
const SERVICE = `
import asyncio, os, time
async def work(n):
    await asyncio.sleep(0.02)
async def main():
    time.sleep(0.2)
    n = 0
    while not os.path.exists(os.path.join(os.path.dirname(__file__), 'end')):
        await asyncio.create_task(work(n), name=f'work-{n}')
        n += 1
        await asyncio.sleep(0.03)
    print('served', n)
asyncio.run(main())
`;

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());
const runs: ServedRun[] = [];
afterEach(async () => {
  for (const each of runs.splice(0)) {
    each.child.kill('SIGKILL');
    await each.ended;
  }
});
async function serving(args: readonly string[]): Promise<ServedRun> {
  const made = await served(args);
  runs.push(made);
  return made;
}

async function opened(url: string) {
  browser ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await (await browser).newPage({ viewport: { width: 1200, height: 700 } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => request.url().startsWith(url) || complaints.push(`it asked for ${request.url()}`));
  await page.goto(url);
  return { page, complaints };
}
const textOf = (page: Page) => page.locator('body').innerText();
const tasksIn = async (page: Page) => Number(/([\d,]+) tasks/.exec(await textOf(page))?.[1].replace(',', '') ?? 0);
const patient = { timeout: 30_000 };

describe.skipIf(!executablePath || engine === '')('the panel in a browser', () => {
  test('grows while the program runs, outlives the page, and is whole at the end', async () => {
    const file = program(SERVICE);
    const { url, child, until, ended } = await serving([...run, file]);
    const first = await opened(url);
    await expect.poll(() => tasksIn(first.page), patient).toBeGreaterThan(5);
    const before = await tasksIn(first.page);
    await expect.poll(() => tasksIn(first.page), patient).toBeGreaterThan(before + 5);
    expect(await textOf(first.page)).toContain('Running program.py');
    expect(await first.page.locator('.source-pane .code-line').allInnerTexts()).toContainEqual(
      expect.stringContaining('async def work(n):'),
    );
    // Closing it stops nothing; another page begins with all that there is.
    await first.page.close();
    const second = await opened(url);
    await expect.poll(() => tasksIn(second.page), patient).toBeGreaterThan(before + 5);
    expect(child.exitCode).toBe(null);

    writeFileSync(file.replace(/[^/\\]+$/, 'end'), '');
    await until('The timeline stays there until Ctrl+C.');
    await expect.poll(() => textOf(second.page), patient).not.toContain('Running program.py');
    await second.page.getByRole('tab', { name: /Findings/i }).click();
    await expect.poll(() => textOf(second.page), patient).toContain('blocked the event loop');
    await second.page.reload();
    await expect.poll(() => tasksIn(second.page), patient).toBeGreaterThan(before + 10);
    await second.page.getByRole('tab', { name: /Output/i }).click();
    await expect.poll(() => textOf(second.page), patient).toMatch(/served \d+/);
    expect([...first.complaints, ...second.complaints]).toEqual([]);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    // What the page has it keeps.
    expect(await tasksIn(second.page)).toBeGreaterThan(before + 10);
    await second.page.close();
  });

  test('in Korean, stopped by its button', async () => {
    const { url, child, until, ended } = await serving([...run, '--lang', 'ko', program(SERVICE)]);
    const { page, complaints } = await opened(url);
    await expect.poll(() => textOf(page), patient).toContain('태스크');
    await page.getByRole('button', { name: '중지' }).click();
    await until('Ctrl+C를 누를 때까지');
    await expect.poll(() => page.getByRole('button', { name: '중지' }).count(), patient).toBe(0);
    expect(complaints).toEqual([]);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    await page.close();
  });

  test('of a command that is gone, the page shows what has come', async () => {
    const { url, child } = await serving([...run, program(SERVICE)]);
    const { page } = await opened(url);
    await expect.poll(() => tasksIn(page), patient).toBeGreaterThan(5);
    child.kill('SIGKILL');
    await expect.poll(() => textOf(page), patient).not.toContain('Running program.py');
    expect(await tasksIn(page)).toBeGreaterThan(5);
    await page.close();
  });
});
