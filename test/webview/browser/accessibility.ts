import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { test } from './harness';
import { openPanel, settle } from './panel';
import { cut, gather } from './scenes';
import { unlike } from './scenes-hostile';
import { type ThemeName, themes } from './themes';

const axeSource = readFileSync(createRequire(`${process.cwd()}/`).resolve('axe-core/axe.min.js'), 'utf8');

export async function findings(page: Page): Promise<string[]> {
  // Evaluated through the debugger, which the page's policy does not bind.
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`axe finds nothing in ${theme}`, async ({ browser, url }) => {
    const { page } = await openPanel(browser, url, { trace: cut() }, { theme });
    assert.deepEqual(await findings(page), []);
    const canvas = (await page.locator('canvas').boundingBox())!;
    await page.mouse.click(canvas.x + 300, canvas.y + 48);
    await settle(page);
    assert.deepEqual(await findings(page), []);
    for (const pane of ['story', 'output', 'findings', 'numbers']) {
      await page.click(`#tab-${pane}`);
      await page.keyboard.press('.');
      await settle(page);
      assert.deepEqual(await findings(page), [], pane);
    }
    await page.keyboard.press('?');
    await settle(page);
    assert.deepEqual(await findings(page), [], 'the list of keys');
    const narrow = await openPanel(browser, url, { trace: cut(), compact: true }, { theme, width: 320, height: 700 });
    assert.deepEqual(await findings(narrow.page), [], 'the side bar');
    const blank = await openPanel(browser, url, { status: { state: 'empty' } }, { theme });
    assert.deepEqual(await findings(blank.page), []);
  });
}

export interface AxNode {
  readonly nodeId: string;
  readonly parentId?: string;
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
  readonly value?: { readonly value: string | number };
  readonly properties?: readonly { readonly name: string; readonly value: { readonly value: unknown } }[];
}

/** What Chromium tells a screen reader: `role "name"`. */
export async function axTree(page: Page): Promise<AxNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as unknown as { nodes: AxNode[] };
  return nodes.filter(({ ignored }) => !ignored);
}

test('the accessibility tree has the picture, its tree of lanes, its table, the playhead and the panes', async ({
  browser,
  url,
}) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  await page.focus('.stage');
  for (const key of ['ArrowRight', 'ArrowRight', '.', '.']) await page.keyboard.press(key);
  await settle(page);
  const nodes = await axTree(page);
  const named = (role: string) =>
    nodes.filter((node) => node.role?.value === role).map(({ name }) => name?.value.trim() ?? '');
  // Small capitals of the style count here too.
  const lower = (role: string) => named(role).map((name) => name.toLowerCase());
  assert.deepEqual(named('application'), ['Timeline of 3 tasks']);
  assert.deepEqual(named('tree'), ['Tasks']);
  const items = named('treeitem');
  assert.ok(
    items.some((item) => /^Task-1 ?suspended line 12 ?finished$/.test(item)),
    items.join(' | '),
  );
  assert.ok(
    items.some((item) => /^Task-2 ?running line 1 ?finished$/.test(item)),
    items.join(' | '),
  );
  assert.deepEqual(named('table'), ['Segments 1 to 5 of 5 of Task-1']);
  assert.equal(named('row').length, 6);
  assert.deepEqual(named('columnheader'), ['State', 'From', 'To', 'Waits for or woken by']);
  assert.deepEqual(lower('tab'), ['story', 'output', 'findings', 'numbers']);
  assert.deepEqual(lower('tabpanel'), ['story']);
  assert.deepEqual(named('listbox'), ['Story']);
  assert.equal(named('option').length, 12 + 10);
  assert.ok(named('slider').includes('Playhead') && named('slider').includes('Part of the run in view'));
  const playhead = nodes.find(({ role, name }) => role?.value === 'slider' && name?.value === 'Playhead')!;
  // Chromium's protocol leaves the text of the value out; the attribute itself is tested with the playhead.
  assert.equal(playhead.value?.value, 2);
  // Nothing that takes the keyboard is without a name.
  const nameless = nodes.filter(
    ({ role, name, properties }) =>
      properties?.some((property) => property.name === 'focusable' && property.value.value === true) &&
      !name?.value &&
      !['RootWebArea', 'generic'].includes(role?.value ?? ''),
  );
  assert.deepEqual(
    nameless.map(({ role }) => role?.value),
    [],
  );
});

test('a screen reader gets the picture as a table', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: gather() });
  assert.equal(await page.getAttribute('.stage', 'aria-label'), 'Timeline of 3 tasks');
  const cells = await page.$$eval('table tbody tr:nth-child(2) td', (all) => all.map((cell) => cell.textContent));
  assert.deepEqual(
    await page.$$eval('table caption', ([caption]) => caption.textContent),
    'Segments 1 to 5 of 5 of Task-1',
  );
  assert.deepEqual(cells, ['running', '0 s', '0 s', '']);
});

test('colours of tasks stand out from the ground in every theme', async ({ browser, url }) => {
  for (const theme of Object.keys(themes) as ThemeName[]) {
    const { page } = await openPanel(browser, url, { trace: gather() }, { theme });
    const worst = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      const light = (name: string) => {
        probe.style.setProperty('color', `var(${name})`);
        const parts = getComputedStyle(probe)
          .color.match(/[\d.]+/g)!
          .slice(0, 3)
          .map((part) => Number(part) / 255);
        const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const ground = light('--ground');
      const ratios = Array.from({ length: 8 }, (_, i) => {
        const color = light(`--task-${i}`);
        return (Math.max(color, ground) + 0.05) / (Math.min(color, ground) + 0.05);
      });
      return Math.min(...ratios);
    });
    assert.ok(worst >= 3, `${theme}: ${worst}`);
  }
});

test('each task colour has a pattern of its own, on bars and beside names', async ({ browser, url }) => {
  const { page } = await openPanel(browser, url, { trace: unlike(7) });
  const swatches = await page.$$eval('.names .swatch', (all) =>
    all.map((each) => getComputedStyle(each).backgroundImage),
  );
  assert.equal(new Set(swatches).size, 8);
  await page.click('[data-tool=steps]');
  await settle(page);
  // The loop's lane on the steps axis: a wide bar for each task, in the colour of its square.
  const textures = await page.evaluate(() => {
    const canvas = document.querySelector('canvas')!;
    const { width } = canvas;
    const { data } = canvas.getContext('2d')!.getImageData(0, 4, width, 24);
    const lines = new Map<number, Set<number>>();
    for (let x = 30; x < width - 30; x++) {
      const column = Array.from(
        { length: 24 },
        (_, y) => data[4 * (y * width + x)] + 256 * data[4 * (y * width + x) + 1],
      );
      const bar = Math.floor((8 * (x - 30)) / (width - 60));
      const seen = lines.get(bar) ?? new Set<number>();
      for (const value of column) seen.add(value);
      lines.set(bar, seen);
    }
    return [...lines.values()].map((seen) => seen.size);
  });
  assert.ok(textures.filter((count) => count > 2).length >= 6, `${textures}`);
});
