import type { Browser, Page } from 'playwright-core';
import type { AxisKind } from '../../../src/core/axis/axis';
import { type HintName, hintNames, type RunStatus } from '../../../src/core/protocol/messages';
import type { ThemeName } from './themes';
import { freePage } from './warm-page';

export interface Hydration {
  readonly trace?: Uint8Array;
  readonly status?: RunStatus;
  readonly locale?: string;
  readonly words?: Record<string, string>;
  readonly compact?: boolean;
  /** Hints that were dismissed: all, unless they are tested. */
  readonly dismissed?: readonly HintName[];
  readonly restricted?: boolean;
  /** The axis that the user chose; null: none yet. */
  readonly axis?: AxisKind | null;
}

export interface Panel {
  readonly page: Page;
  /** What the page has posted so far. */
  posted(): Promise<{ type: string; [key: string]: unknown }[]>;
  /** What went wrong in the page: exceptions and violations of its policy. */
  readonly problems: string[];
}

const done: RunStatus = { state: 'done', program: '/project/demo.py', engine: 'embedded', reason: '' };

/** @param alone the test changes the page for good, such as its clock: no other test gets it */
export async function openPanel(
  browser: Browser,
  url: string,
  {
    trace,
    status = done,
    locale = 'en',
    words = {},
    compact = false,
    dismissed = hintNames,
    restricted = false,
    axis = 'time',
  }: Hydration,
  { theme = 'dark' as ThemeName, width = 1200, height = 760, scale = 1, alone = false } = {},
): Promise<Panel> {
  const page = await freePage(browser, { width, height }, scale, alone);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const base64 = trace ? Buffer.from(trace).toString('base64') : null;
  const start: Start = { base64, axis, hydration: { status, locale, words, compact, dismissed, restricted } };
  const answer = await fetch(`${url}/start`, {
    method: 'POST',
    body: `(${host})(${JSON.stringify(start)})`,
  });
  await page.goto(`${url}/panel?theme=${theme}&start=${await answer.text()}`);
  await until(page, () => document.querySelector('.names .name, .blank:not([hidden]) h2') !== null);
  await settle(page);
  const posted = () => page.evaluate(() => (window as unknown as { posted: { type: string }[] }).posted);
  return { page, posted, problems };
}

interface Start {
  readonly base64: string | null;
  readonly axis: AxisKind | null;
  readonly hydration: Record<string, unknown>;
}

/** What stands in for VS Code; it runs in the page, before the panel's script. */
function host({ base64, axis, hydration }: Start): void {
  const posted: unknown[] = [];
  // A page is used for many panels, one after another; over a reload it is the same panel.
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation.type !== 'reload') sessionStorage.clear();
  // Before the panel's own listener, which hears nothing of it.
  window.addEventListener('message', (event) => {
    if (event.data?.type !== 'all received') return;
    event.stopImmediatePropagation();
    event.data.port.postMessage('');
  });
  Object.assign(window, {
    posted,
    acquireVsCodeApi: () => ({
      // As VS Code does, over reloads of the page too.
      getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? (axis === null ? undefined : { axis }),
      setState: (state: unknown) => sessionStorage.setItem('kept', JSON.stringify(state)),
      postMessage(message: { type: string }) {
        posted.push(message);
        if (message.type !== 'ready') return;
        const copy = base64 === null ? null : Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        window.postMessage({ type: 'hydrate', root: '/project', trace: copy, ...hydration });
      },
    }),
  });
}

/** Text of the first match, seen or not. */
export async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.textContent(selector)) ?? '';
}

/** Polls: `page.waitForFunction` never resolves under a strict policy. */
export async function until(page: Page, condition: () => boolean, timeout = 10_000): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await page.evaluate(condition))) {
    if (Date.now() > end) throw new Error(`Timed out waiting for ${condition}`);
    await page.waitForTimeout(30);
  }
}

/** The field comes with the next frame: what is typed before that is a key of the picture. */
export async function openFind(page: Page): Promise<void> {
  await page.keyboard.press('Control+f');
  await until(page, () => document.activeElement?.classList.contains('field') === true);
}

/** Everything that was posted to the panel has been received, and is drawn: messages keep their order. */
export async function received(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done();
        window.postMessage({ type: 'all received', port: port2 }, { transfer: [port2] });
      }),
  );
  await settle(page);
}

/** Two frames later everything asked for is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.evaluate(
    () => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))),
  );
}
