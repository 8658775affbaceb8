import { type Browser, chromium } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { findChromium } from '../chromium';

export interface OpenedPage {
  readonly text: string;
  readonly title: string;
  /** Its lines, without their numbers. */
  readonly source: readonly string[];
  /** Errors, and requests to elsewhere. */
  readonly complaints: readonly string[];
}

const executablePath = findChromium();
if (!executablePath) console.log('skipped: no Chromium was found; pages are not opened');
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

/** Opens an exported page until it shows a task. */
export async function openedPage(file: string): Promise<OpenedPage> {
  browser ??= chromium.launch({ executablePath, args });
  const page = await (await browser).newPage({ viewport: { width: 1200, height: 700 } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => /^https?:/.test(request.url()) && complaints.push(`it asked for ${request.url()}`));
  await page.goto(`file://${file}`);
  const shown = async () => (await page.locator('body').allInnerTexts()).join('\n');
  await expect.poll(shown, { timeout: 20_000 }).toContain('Task-1');
  const lines = await page.locator('.source-pane .code-line').allInnerTexts();
  const opened = { text: await shown(), title: await page.title(), complaints };
  await page.close();
  return { ...opened, source: lines.map((line) => line.replace(/^\d+\n/, '')) };
}
