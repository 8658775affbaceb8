import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from '../chromium';
import { whole } from '../whole';
import { type Files, serveFiles } from './playground-server';

const executablePath = findChromium();
if (whole && !executablePath) console.log('skipped: no Chromium was found; the playground is not opened');
/** A cold Python on a busy machine. */
const PATIENCE = 90_000;

/** As a course page would write it: `zlib` and `base64` of Python. */
const linkTo = (code: string) => `#code=${deflateSync(code).toString('base64url')}`;

describe.runIf(executablePath && whole)('the playground in Chromium', () => {
  let browser: Browser;
  let files: Files;
  let context: BrowserContext;
  let page: Page;
  let timeline: FrameLocator;
  let complaints: string[];

  beforeAll(async () => {
    execFileSync(process.execPath, ['packaging/playground.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
    files = await serveFiles('out/playground');
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    files?.close();
    await browser?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1300, height: 750 }, locale: 'en-US' });
    page = await context.newPage();
    timeline = page.frameLocator('iframe');
    complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(files.address))
        complaints.push(`it asked for ${request.url()}`);
    });
  });
  afterEach(() => context.close());

  const shows = (text: string) => timeline.getByText(text).first().waitFor({ timeout: PATIENCE });
  const code = () => page.locator('.cm-content');

  test('runs a sample at once, and marks where tasks stand', async () => {
    await page.goto(files.address);
    await shows("fry('bacon', 3)");
    expect(await code().innerText()).toContain('asyncio.run(main())');
    await timeline.locator('.stage').press('.');
    await page.locator('.cm-line.stands-running, .cm-line.stands-suspended').first().waitFor();
    await page.getByLabel('Open a sample').selectOption('Timeout');
    await shows('virtual clock');
    await expect.poll(() => code().innerText()).toContain('What a timeout does');
    expect(complaints).toEqual([]);
  });

  test('a link carries the code, which another page may write, and Korean', async () => {
    const text = 'import asyncio\n\n\nasync def 별(이름):\n    await asyncio.sleep(1)\n\n\nawait 별("😀")\n';
    await page.goto(`${files.address}?lang=ko&embed${linkTo(text)}`);
    await shows('이벤트 루프');
    await shows('sleep 1 s');
    expect(await page.locator('.cm-line').allInnerTexts()).toContain('await 별("😀")');
    expect(await page.getByLabel('예제 열기').isVisible()).toBe(false);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: '링크 복사' }).click();
    await page.getByText('링크를 복사했습니다.').waitFor();
    const other = await context.newPage();
    await other.goto(await page.evaluate('navigator.clipboard.readText()'));
    await expect.poll(() => other.locator('.cm-line').allInnerTexts()).toContain('await 별("😀")');
    expect(complaints).toEqual([]);
  });

  test('findings know how the awaits are written', async () => {
    const text =
      'import asyncio\n\n\nasync def fetch(n):\n    await asyncio.sleep(n)\n    return n\n\n\nasync def main():\n    a = await fetch(1)\n    b = await fetch(2)\n    print(a, b)\n\n\nasyncio.run(main())\n';
    await page.goto(`${files.address}${linkTo(text)}`);
    await shows('sleep 2 s');
    await timeline.locator('#tab-findings').click();
    await shows('awaits 2 calls one after another');
    expect(complaints).toEqual([]);
  });

  test('live mode follows the text, and keeps the picture while it is no Python', async () => {
    await page.goto(files.address + linkTo('import asyncio\nawait asyncio.sleep(1)\n'));
    await shows('sleep 1 s');
    await timeline.getByRole('button', { name: /^Live/ }).click();
    await code().press('Control+End');
    await page.keyboard.type('await asyncio.sleep(7)\n');
    await shows('sleep 7 s');
    await page.keyboard.type('await asyncio.(');
    await shows('This is not valid Python');
    expect(await timeline.getByText('sleep 7 s').first().isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test('a program that never ends is stopped, keeps what was recorded, and the next one runs', async () => {
    await page.goto(
      files.address + linkTo('import asyncio\nprint("begins", flush=True)\nawait asyncio.sleep(1)\nwhile True: pass\n'),
    );
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await expect.poll(() => page.locator('header output').innerText(), { timeout: PATIENCE }).toBe('');
    await page.getByRole('button', { name: 'Stop' }).click();
    await shows('was cancelled');
    await page.getByLabel('Open a sample').selectOption('Order');
    await shows('virtual clock');
    await expect.poll(() => page.getByRole('button', { name: 'Run' }).isVisible(), { timeout: PATIENCE }).toBe(true);
  });

  test('input() asks in a field, Escape is the end of the input, and live mode uses the answers', async () => {
    const text =
      'import asyncio\nname = input("Your name? ")\nawait asyncio.sleep(int(input("Seconds? ")))\nprint("Hello,", name)\n';
    await page.goto(files.address + linkTo(text));
    await page.getByLabel('Your name?').fill('Ann', { timeout: PATIENCE });
    await page.keyboard.press('Enter');
    await page.getByLabel('Seconds?').fill('3', { timeout: PATIENCE });
    await page.keyboard.press('Enter');
    await shows('sleep 3 s');
    await timeline.getByRole('button', { name: /^Live/ }).click();
    await code().press('Control+End');
    await page.keyboard.type('await asyncio.sleep(7)\n');
    await shows('sleep 7 s');
    await page.getByRole('button', { name: 'Run' }).click();
    expect(await page.getByLabel('Your name?').inputValue({ timeout: PATIENCE })).toBe('Ann');
    await page.keyboard.press('Escape');
    await shows('EOFError');
    expect(complaints).toEqual([]);
  });

  test('what cannot run is told, and so is a program that fails', async () => {
    await page.goto(files.address + linkTo('async def one(x): ...\nasync def two(y): ...\n'));
    await shows('Which coroutine function should run?');
    await code().press('Control+a');
    await page.keyboard.insertText('raise ValueError("no")');
    await page.getByRole('button', { name: 'Run' }).click();
    await shows('ValueError: no');
  });

  test('Python there reaches neither the page nor the network', async () => {
    const text = [
      'import sys',
      'for name in ("js", "pyodide_js", "ctypes"):',
      '    try: __import__(name); print("has", name)',
      '    except ImportError: pass',
      'import urllib.request',
      `try: urllib.request.urlopen("${files.address}")`,
      'except Exception as error: print("no way:", type(error).__name__)',
      'import asyncio',
      'await asyncio.sleep(1)',
    ].join('\n');
    await page.goto(files.address + linkTo(text));
    await shows('no way: ');
    expect(await timeline.getByText('has js').count()).toBe(0);
  });

  test('opens without a network after the first visit', async () => {
    await page.goto(files.address);
    await shows("fry('bacon', 3)");
    await page.evaluate('navigator.serviceWorker.ready');
    await context.setOffline(true);
    await page.reload();
    await shows("fry('bacon', 3)");
    await page.goto(`${files.address}?lang=ko${linkTo('import asyncio\nawait asyncio.sleep(4)')}`);
    await shows('sleep 4 s');
  });

  test('its licences are there', () => {
    const texts = readFileSync('out/playground/licences.txt', 'utf8');
    for (const name of ['@codemirror/view', '@lezer/python', 'CPython']) expect(texts.includes(name), name).toBe(true);
  });
});
