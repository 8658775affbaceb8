import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import korean from '../../l10n/bundle.l10n.ko.json';
import { inMemory } from '../../src/core/trace/source';
import { disposeEngines } from '../../src/engines/run';
import { htmlPage } from '../../src/export/html';
import { findChromium } from '../chromium';
import { TraceStory } from '../core/encode';
import { dist, program } from '../engines/here';
import { command, example, scratch } from './coroscope';

const executablePath = findChromium();
if (!executablePath) console.log('skipped: no Chromium was found; exported pages are not opened');

const hostile = '</script><script>document.title="owned"</script><img src=x onerror="document.title=1"><!--';

/** The part of a canvas that is needed here: tests are compiled without the DOM. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, w: number, h: number): { readonly data: Uint8ClampedArray };
  };
}
const shown = async (page: Page) => (await page.locator('body').allInnerTexts()).join('\n');

const unpacked = (piece: string) => gunzipSync(Buffer.from(piece, 'base64')).toString();

test('nothing that a program says can leave its place', () => {
  const story = new TraceStory(`/project/${hostile}.py`);
  story.step(story.task(hostile, 'main', 0), { start: 0 });
  const parts = htmlPage({
    trace: inMemory(story.bytes()),
    sources: [{ file: `${hostile}.py`, text: hostile, colours: [] }],
    locale: 'en',
    words: { Story: '<!--', '</script>': '' },
    root: hostile,
    title: hostile,
    assets: dist,
  });
  const page = [...parts].join('');
  expect(page.match(/<script/g)?.length).toBe(3);
  expect(page.match(/<\/script>/g)?.length).toBe(3);
  expect(page).not.toContain('<img');
  expect(page).toMatch(
    /Content-Security-Policy" content="default-src 'none'; script-src 'sha256-[^']+' 'sha256-[^']+'; style-src 'sha256-[^']+'; font-src data:/,
  );
  const data = JSON.parse(/id="coroscope-data">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  expect(JSON.parse(unpacked(data.about))).toMatchObject({
    locale: 'en',
    root: hostile,
    words: { Story: '<!--' },
    sources: [{ file: `${hostile}.py`, text: hostile }],
  });
  expect(data.trace).toEqual([expect.any(String)]);
});

describe.runIf(executablePath)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    disposeEngines();
    await browser?.close();
  });

  async function open(file: string, args: readonly string[] = []) {
    const folder = scratch();
    const said = await command(['run', '--html', 'page.html', ...args, file], { cwd: folder });
    const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => /^https?:/.test(request.url()) && complaints.push(`it asked for ${request.url()}`));
    await page.goto(`file://${join(folder, 'page.html')}`);
    await expect.poll(() => shown(page), { timeout: 10_000 }).toContain('Task-1');
    return { page, complaints, said };
  }

  test('the page draws lanes by itself: no complaint, no request', async () => {
    const { page, complaints, said } = await open(example('breakfast.py'));
    expect(said.code).toBe(0);
    const text = await shown(page);
    for (const word of ['Event loop', 'Task-2', 'Task-4', 'served: eggs, bacon, toast']) expect(text).toContain(word);
    const painted = await page.evaluate(() => {
      const colours = new Set<number>();
      const { document } = globalThis as unknown as { document: { querySelectorAll(name: string): Iterable<Canvas> } };
      for (const canvas of document.querySelectorAll('canvas')) {
        if (canvas.width === 0 || canvas.height === 0) continue;
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        for (let i = 0; i < data.length; i += 4)
          if (data[i + 3] > 0) colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      }
      return colours.size;
    });
    expect(painted).toBeGreaterThan(4);
    expect(await page.locator('.source-pane .code-line').allInnerTexts()).toContain(
      '11\n    await asyncio.sleep(seconds)',
    );
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('Korean, and names that want to be markup', async () => {
    const source = `import asyncio\nasync def main():\n    asyncio.current_task().set_name("Task-1 <img src=x onerror=alert(1)>")\n    print(${JSON.stringify(hostile)})\n    await asyncio.sleep(1)\nasyncio.run(main())`;
    const { page, complaints } = await open(program(source), ['--lang', 'ko']);
    expect(await shown(page)).toContain('이벤트 루프');
    expect(await shown(page)).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toContain('program.py');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a hundred thousand segments', async () => {
    const source =
      'import asyncio\nasync def worker(n):\n    for _ in range(n): await asyncio.sleep(0)\nasync def main():\n    await asyncio.gather(*(worker(1750) for _ in range(20)))\nasyncio.run(main())';
    const { page, complaints, said } = await open(program(source));
    expect(said.code).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

/** As the loader of the page reads it: four bytes in five of 85 letters, the length first. */
function undense(text: string): string {
  const digits = [...text].map((letter) => (letter === '}' ? 92 : letter === '~' ? 60 : letter.charCodeAt(0)) - 40);
  const numbers = Array.from({ length: digits.length / 5 }, (_, i) =>
    digits.slice(i * 5, i * 5 + 5).reduce((sum, digit) => sum * 85 + digit, 0),
  );
  const bytes = Buffer.alloc((numbers.length - 1) * 4);
  for (const [i, number] of numbers.slice(1).entries()) bytes.writeUInt32BE(number, i * 4);
  return gunzipSync(bytes.subarray(0, numbers[0])).toString();
}

test('the page is all there is: fonts are inlined', () => {
  const page = pageOf(new TraceStory());
  const own = JSON.parse(/id="coroscope-page">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  const style = undense(own.style);
  expect(style).toMatch(/url\("?data:font/);
  expect(style).not.toMatch(/url\("?\.\//);
});

test('without its trace the page takes less than 375 kB, in Korean too', () => {
  expect(pageOf(new TraceStory(), korean).length).toBeLessThan(375_000);
});

function pageOf(story: TraceStory, words: Readonly<Record<string, string>> = {}): string {
  const about = { locale: 'en', words, root: '', title: '', assets: dist };
  return [...htmlPage({ trace: inMemory(story.bytes()), ...about })].join('');
}
