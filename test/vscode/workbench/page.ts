import { mkdirSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Frame, type Locator, type Page } from 'playwright-core';
import { FAILED, soon, until } from '../checks';

export function launchBrowser(executablePath: string): Promise<Browser> {
  const noNames = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1';
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', noNames],
  });
}

/** What a workbench is opened from. */
export interface Served {
  readonly url: string;
  readonly authority: string;
  /** The workspace: on the disk, or where the page keeps it. */
  readonly workspace: string;
  /** Puts the files of the workspace back as they are at the start. */
  restore(): void;
}

/** A workbench in a browser page, driven as a person would: by mouse and keyboard. */
export class Workbench {
  /** The folder its pictures go to. */
  static pictures = 'test-results/vscode';

  /** For people to look at. In `npm test` nobody does, and a picture takes a second of a processor; what fails is pictured all the same. */
  static readonly isPictured = !process.env.COROSCOPE_TEST_REPORT || process.env.PICTURES === '1';

  /** Addresses that were asked for outside this machine. */
  readonly outside: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly server: Served,
    private readonly context: BrowserContext,
  ) {
    context.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      // What a webview loads has a made-up host, which the workbench itself answers.
      const isLocal = hostname === '127.0.0.1' || hostname.endsWith('.vscode-resource.vscode-cdn.net');
      if (protocol.startsWith('http') && !isLocal) this.outside.push(request.url());
    });
  }

  static async open(
    browser: Browser,
    server: Served,
    prepare?: (context: BrowserContext) => Promise<unknown>,
  ): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${server.authority}` });
    await prepare?.(context);
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const workbench = new Workbench(page, server, context);
    await page.goto(server.url);
    await workbench.explorerRow('breakfast.py').waitFor({ timeout: 180_000 });
    return workbench;
  }

  /** The workspace, on the disk. */
  get folder(): string {
    return this.server.workspace;
  }

  /** As it was when it was opened, for another scene: nothing is open or unsaved, and the files are the first ones. */
  async clear(): Promise<void> {
    const { page } = this;
    const unsaved = page.locator('.monaco-dialog-box .monaco-button', { hasText: "Don't Save" });
    const open = page.locator('.tab, .notification-toast, .part.panel:visible, .quick-input-widget:visible');
    await until('a workbench with nothing open', async () => {
      if (await unsaved.isVisible()) await unsaved.click({ timeout: 2000 });
      else if ((await open.count()) === 0 && (await this.explorerRow('breakfast.py').isVisible())) return true;
      else {
        await page.keyboard.press('Escape');
        await page.keyboard.press('Control+Alt+Shift+F9');
      }
      return soon(async () => (await open.count()) === 0 || (await unsaved.isVisible()), 3000).then(() => false);
    });
    this.server.restore();
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /** Waits for the animations of the workbench, but for those that never end. */
  async settled(): Promise<void> {
    await this.page.evaluate(() =>
      Promise.allSettled(
        document
          .getAnimations()
          .filter((each) => each.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
          .map((each) => each.finished),
      ).then(() => undefined),
    );
  }

  async picture(name: string): Promise<void> {
    if (!Workbench.isPictured && !name.startsWith(FAILED)) return;
    mkdirSync(Workbench.pictures, { recursive: true });
    await this.settled();
    await this.page.screenshot({ path: `${Workbench.pictures}/${name}.png` });
  }

  /** A picture in each theme. @param themes the end of the name of each picture, and what the setting calls the theme; the last one stays. */
  async pictures(name: string, themes: readonly (readonly [string, string])[]): Promise<void> {
    if (!Workbench.isPictured) return;
    for (const [end, theme] of themes) {
      await this.theme(theme);
      await this.picture(`${name}-${end}`);
    }
  }

  /** As people do it. A page that is only loaded again may lose what the workbench has not written yet, such as which editors are open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load', { timeout: 180_000 });
    await this.command('Developer: Reload Window');
    await loaded;
  }

  explorerRow(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name });
  }

  async openFile(name: string): Promise<void> {
    const tab = this.page.locator('.tab.active', { hasText: name });
    // A list that is drawn anew under the mouse passes over a click.
    await until(
      `${name} in the editor`,
      async () => {
        await this.explorerRow(name).dblclick({ timeout: 20_000 });
        return soon(() => tab.isVisible(), 10_000);
      },
      180_000,
    );
    await this.lines.first().waitFor();
  }

  get lines(): Locator {
    return this.page.locator('.editor-instance .view-line');
  }

  line(text: string): Locator {
    return this.lines.filter({ hasText: text }).first();
  }

  /** Runs a command from the palette, which is opened again if it closed without it: it closes when anything else takes the focus. */
  async command(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input');
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    await until(`${title} in the palette`, async () => {
      if (!(await input.isVisible())) await this.page.keyboard.press('F1');
      await input.fill(`>${title}`, { timeout: 2000 });
      await row.waitFor({ timeout: 2000 });
      // A click that timed out has had no effect.
      await row.click({ timeout: 20_000 });
      return true;
    });
  }

  /**
   * Clicks what the workbench may draw anew under the mouse (a lens, an entry of a menu) until the click has had its effect.
   * @param done asked before each click: whether it has.
   */
  async press(target: Locator, done: () => Promise<unknown>): Promise<void> {
    await until(
      `the effect of a click on ${target}`,
      async () => {
        if (await done()) return true;
        await target.click({ timeout: 2000 }).catch(() => {});
        // An effect that is under way is not asked for once more: a first run loads the embedded Python.
        return until('it', done, 20_000).catch(() => undefined);
      },
      180_000,
    );
  }

  /**
   * Takes an entry of the menu of a row of the explorer, again if the menu closed without it: one closes when anything else
   * takes the focus.
   */
  async explorerMenu(row: string, item: string, done: () => Promise<unknown>): Promise<void> {
    const entry = this.page.locator('.monaco-menu .action-item', { hasText: item });
    await until(
      `the effect of ${item} in the menu of ${row}`,
      async () => {
        if (await done()) return true;
        await this.#take(entry, () => this.explorerRow(row).click({ button: 'right', timeout: 2000 }));
        return until('it', done).catch(() => undefined);
      },
      180_000,
    );
  }

  /** What the palette offers for a text. */
  async offered(text: string): Promise<string[]> {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').fill(`>${text}`);
    let rows: string[] = [];
    let alike = 0;
    await until(`what the palette has for ${text}`, async () => {
      const before = rows.join();
      rows = await this.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
      alike = rows.length > 0 && rows.every((row) => row.includes(text)) && rows.join() === before ? alike + 1 : 0;
      return alike === 5;
    });
    await this.page.keyboard.press('Escape');
    return rows.map((row) => row.split('\n')[0]);
  }

  async contextMenu(line: string, item: string): Promise<void> {
    await this.page.mouse.move(4, 4);
    const label = this.page.locator('.action-label', { hasText: new RegExp(`^${item}$`) });
    const entry = this.page.locator('.monaco-menu .action-item').filter({ has: label });
    await this.#take(entry, () => this.line(line).click({ button: 'right', position: { x: 50, y: 8 }, timeout: 2000 }));
    // The menu takes the release of the button that opened it, and an editor that thinks a button is down shows no hover.
    await this.line(line).click({ position: { x: 50, y: 8 } });
  }

  /**
   * A menu that has only just opened passes over a click (the user's own button may still be on its way up), and one closes
   * when anything else takes the focus.
   */
  async #take(entry: Locator, open: () => Promise<unknown>): Promise<void> {
    let isClicked = false;
    await until(`a click on ${entry}`, async () => {
      if (!(await entry.isVisible())) {
        if (isClicked) return true;
        await open();
        await entry.waitFor({ timeout: 2000 });
      }
      await entry.click({ timeout: 2000 });
      isClicked = true;
      return soon(async () => !(await entry.isVisible()), 2000);
    });
  }

  /**
   * Text of the hover over a word in a line. Lines may move while the mouse is on its way: `expected` is what no hover of another line says.
   */
  async hover(line: string, word: string, expected: string | RegExp): Promise<string> {
    const hover = this.page.locator('.monaco-hover:visible', { hasText: expected }).first();
    // The first may come too early: lenses are yet to move the lines, or an edit is yet to be heard of.
    let patience = 3000;
    return until(`a hover that says ${expected}`, async () => {
      const box = await this.#wordBox(line, word);
      if (!box) return undefined;
      // A hover that still shows may cover the line.
      await this.page.mouse.move(8, 8);
      await this.page
        .locator('.monaco-hover:visible')
        .first()
        .waitFor({ state: 'hidden', timeout: 3000 })
        .catch(() => {});
      // Move the mouse away first each time: a hover opens only when the mouse moves.
      await this.page.mouse.move(box.x - 2, box.y);
      await this.page.mouse.move(box.x, box.y, { steps: 3 });
      const timeout = patience;
      patience = 10_000;
      await hover.waitFor({ timeout });
      return (await hover.innerText()).trim();
    });
  }

  async #wordBox(line: string, word: string): Promise<{ x: number; y: number } | undefined> {
    return this.line(line).evaluate((element, wanted) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      const nodes: { node: Node; from: number }[] = [];
      let text = '';
      while (walker.nextNode()) {
        nodes.push({ node: walker.currentNode, from: text.length });
        text += walker.currentNode.textContent ?? '';
      }
      const at = text.replaceAll('\u00a0', ' ').indexOf(wanted);
      const owner = nodes.findLast(({ from }) => from <= at);
      if (at < 0 || !owner) return undefined;
      const range = document.createRange();
      range.setStart(owner.node, at - owner.from);
      range.setEnd(owner.node, Math.min(at - owner.from + 1, owner.node.textContent?.length ?? 0));
      const { left, top, height } = range.getBoundingClientRect();
      return { x: left + 4, y: top + height / 2 };
    }, word);
  }

  /** The document of a webview of ours, found by what is in it. */
  webview(selector: string, patience?: number): Promise<Frame> {
    return until(
      `a webview with ${selector}`,
      async () => {
        for (const frame of this.page.frames()) {
          if (
            await frame
              .locator(selector)
              .first()
              .isVisible()
              .catch(() => false)
          )
            return frame;
        }
        return undefined;
      },
      patience,
    );
  }

  async theme(id: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    const input = this.page.locator('.quick-input-widget input');
    const look = () => this.page.locator('.monaco-workbench').first().getAttribute('class');
    const before = await look();
    await input.fill(id);
    await this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: id }).waitFor();
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
    // Choosing the present value changes nothing.
    await soon(async () => (await look()) !== before, 1500);
  }

  /** Line and column from the status bar, from 1. */
  /** Lines that cursors stand in, from 1, of all editors: also of one that has no keyboard. */
  async cursorLines(): Promise<number[]> {
    const numbers = this.page.locator('.editor-instance .line-numbers.active-line-number');
    return (await numbers.allInnerTexts()).map(Number);
  }

  /** Line and column of the editor that has the keyboard. */
  async cursor(): Promise<string> {
    return this.page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
  }
}
