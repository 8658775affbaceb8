import type { Browser, CDPSession, Page } from 'playwright-core';

/**
 * A page of its own for each test costs a second: a process is started for it. So one page of a browser is used for one panel after
 * another, and a new one is opened only where the other is in use, or was closed.
 */

interface Warm {
  readonly page: Page;
  readonly session: CDPSession;
  used: boolean;
}

const warm = new WeakMap<Browser, Warm>();

/** @param size in CSS pixels @param scale device pixels for each of them @param alone no other test gets it */
export async function freePage(
  browser: Browser,
  size: { width: number; height: number },
  scale: number,
  alone: boolean,
): Promise<Page> {
  let found = warm.get(browser);
  if (alone || (found?.used && !found.page.isClosed()))
    return browser.newPage({ viewport: size, deviceScaleFactor: scale });
  if (!found || found.page.isClosed()) {
    const page = await browser.newPage();
    found = { page, session: await page.context().newCDPSession(page), used: false };
    warm.set(browser, found);
  }
  const { page, session } = found;
  found.used = true;
  await page.setViewportSize(size);
  await session.send('Emulation.setDeviceMetricsOverride', { ...size, deviceScaleFactor: scale, mobile: false });
  return page;
}

/** A test is over: what it opened is closed, but for the page that the next one uses. */
export async function release(browser: Browser): Promise<void> {
  const found = warm.get(browser);
  const keep = found?.page.isClosed() ? undefined : found?.page;
  for (const context of browser.contexts()) if (context !== keep?.context()) await context.close();
  if (!keep || !found) return;
  keep.removeAllListeners('pageerror');
  keep.removeAllListeners('console');
  await keep.emulateMedia({ reducedMotion: null, colorScheme: null, forcedColors: null });
  await keep.mouse.move(0, 0);
  found.used = false;
}
