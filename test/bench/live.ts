import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Frame } from 'playwright-core';
import { EmbeddedEngine } from '../../src/engines/embedded/engine';
import { defaultLimits, runProgram } from '../../src/engines/run';
import { TimelinePage } from '../vscode/ui/timeline';
import { packExtension } from '../vscode/workbench/extension';
import { installChromium, installWorkbench } from '../vscode/workbench/install';
import { launchBrowser, Workbench } from '../vscode/workbench/page';
import { Server } from '../vscode/workbench/server';
import { at } from './frames';

/**
 * Live mode in a real workbench: from the moment at which the extension is told of an edit to the frame that shows its run, part by part;
 * beside a run on an embedded Python that has to be loaded first.
 */

const EDITS = Number(process.env.ROUNDS ?? 80);
/** Not measured: code that runs for the first time is slow everywhere. */
const FIRST = 8;
const COLD = 5;

/** 50 lines. */
export const snippet = `import asyncio
import random
from dataclasses import dataclass

random.seed(1)


@dataclass
class Order:
    number: int
    item: str


menu = {"tea": 1, "egg": 2, "toast": 1.5}


async def cook(order, stove):
    async with stove:
        await asyncio.sleep(menu[order.item])
    return order.number


async def waiter(name, orders, stove, served):
    while True:
        order = await orders.get()
        try:
            async with asyncio.timeout(5):
                number = await cook(order, stove)
            served.append((name, number))
            print(f"{name} serves {number}")
        except TimeoutError:
            print(f"{name} gives up on {order.number}")
        finally:
            orders.task_done()


async def main():
    orders, stove, served = asyncio.Queue(), asyncio.Semaphore(2), []
    waiters = [asyncio.create_task(waiter(name, orders, stove, served), name=name) for name in ("Ann", "Bob", "Cho")]
    for number in range(8):
        orders.put_nowait(Order(number, random.choice(list(menu))))
        await asyncio.sleep(0.1)
    await orders.join()
    for each in waiters:
        each.cancel()
    await asyncio.gather(*waiters, return_exceptions=True)
    print(len(served), "served")


asyncio.run(main())
`;

type Times = Readonly<
  Record<'edited' | 'began' | 'planned' | 'ran' | 'sent' | 'received' | 'decoded' | 'drawn' | 'painted', number>
>;

const parts: readonly [label: string, from: keyof Times, to: keyof Times][] = [
  ['the text rests', 'edited', 'began'],
  ['plan', 'began', 'planned'],
  ['run', 'planned', 'ran'],
  ['host reads the record', 'ran', 'sent'],
  ['to the panel', 'sent', 'received'],
  ['decode', 'received', 'decoded'],
  ['layout and drawing', 'decoded', 'drawn'],
  ['on the screen', 'drawn', 'painted'],
  ['**all**', 'edited', 'painted'],
];

export async function liveTable(): Promise<string[]> {
  const times = await keystrokes();
  if (process.env.ROWS) console.log(eachEdit(times).join('\n'));
  const cold = await coldRuns();
  const milliseconds = (all: readonly number[], share: number) => at(all, share).toFixed(0);
  const rows = parts.map(([label, from, to]) => {
    const all = times.map((each) => each[to] - each[from]);
    return `| ${label} | ${milliseconds(all, 0.5)} | ${milliseconds(all, 0.95)} |`;
  });
  const all = times.map(({ edited, painted }) => painted - edited);
  return [
    `| live mode, ${snippet.trimEnd().split('\n').length} lines, ${times.length} edits (ms) | median | p95 |`,
    '|---|---|---|',
    ...rows,
    `| run alone, Python loaded anew (${COLD} times) | ${milliseconds(cold, 0.5)} | ${milliseconds(cold, 0.95)} |`,
    `| ratio | ${(at(cold, 0.5) / at(all, 0.5)).toFixed(0)}× | ${(at(cold, 0.95) / at(all, 0.95)).toFixed(0)}× |`,
  ];
}

/** What the slow ones among them have in common. */
function eachEdit(times: readonly Times[]): string[] {
  const cells = (each: Times) => parts.map(([, from, to]) => String(each[to] - each[from]).padStart(5)).join('');
  return [
    parts.map(([label], i) => `${i + 1}: ${label}`).join(', '),
    ...times.map((each, i) => `${String(i + FIRST).padStart(4)} ${cells(each)}`),
  ];
}

async function keystrokes(): Promise<Times[]> {
  const workbench = installWorkbench();
  const packaged = packExtension(workbench);
  const browser = await launchBrowser(installChromium());
  const server = await new Server({ workbench, extensions: packaged.extensions }).start();
  try {
    writeFileSync(join(server.workspace, 'fifty.py'), snippet);
    const opened = await Workbench.open(browser, server);
    const { page } = opened;
    await opened.openFile('fifty.py');
    await page.locator('.editor-actions .codicon-pulse').first().waitFor({ timeout: 60_000 });
    await opened.command('Coroscope: Visualize async');
    const { frame } = await TimelinePage.find(opened);
    await frame.locator('[data-tool=live]').click();
    await frame.locator('[data-tool=live][aria-pressed=true]').waitFor();
    // Two Pythons are loaded.
    await page.waitForTimeout(12_000);
    await page.locator('.editor-instance .view-lines').first().click();
    await page.keyboard.press('Control+F');
    await page.locator('.find-widget.visible textarea').first().fill('sleep(0.1');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowRight');
    for (let edit = 0; edit < EDITS; edit++) {
      const before = (await marks(frame)).length;
      await page.keyboard.press(edit % 2 === 0 ? '5' : 'Backspace');
      for (let end = Date.now() + 20_000; (await marks(frame)).length === before; ) {
        if (Date.now() > end) throw new Error(`no picture after edit ${edit}`);
        await page.waitForTimeout(40);
      }
      // As somebody types, and bars come to rest.
      await page.waitForTimeout(180 + (edit % 7) * 20);
    }
    const times = await marks(frame);
    await opened.close();
    return times.slice(FIRST);
  } finally {
    await server.stop();
    await browser.close();
    packaged.remove();
  }
}

function marks(frame: Frame): Promise<Times[]> {
  return frame.evaluate(() =>
    performance.getEntriesByName('coroscope.rerun').map((entry) => (entry as PerformanceMark).detail as Times),
  );
}

async function coldRuns(): Promise<number[]> {
  const times: number[] = [];
  const assets = resolve('dist');
  for (let i = 0; i < COLD; i++) {
    const python = new EmbeddedEngine(assets, (text) => text);
    const began = performance.now();
    await runProgram(
      {
        file: resolve('fifty.py'),
        source: snippet,
        argv: [],
        cwd: '.',
        engine: 'embedded',
        limits: defaultLimits,
        assets,
        python,
      },
      { chosen() {}, trace() {}, output() {} },
      new AbortController().signal,
    );
    times.push(performance.now() - began);
    python.dispose();
  }
  return times;
}
