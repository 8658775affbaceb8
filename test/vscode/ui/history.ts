import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { type Checks, soon, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** The view of kept runs: listed as they end, opened, renamed, compared, deleted. */
export async function history(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  const runs = page.locator('.pane:has(.pane-header[aria-label^="Runs"])');
  const rows = runs.locator('.monaco-list-row');
  const labels = () => rows.locator('.label-name').allInnerTexts();
  const kept = (count: number) => until(`${count} kept runs`, async () => (await rows.count()) === count, 180_000);

  await check('runs are listed as they end, the youngest first', async () => {
    await workbench.openFile('breakfast.py');
    await workbench.command('Coroscope: Visualize async');
    await TimelinePage.find(workbench);
    await page.locator('.activitybar .action-label[aria-label^="Coroscope"]').click({ force: true });
    await kept(1);
    await edit(workbench);
    await workbench.command('Coroscope: Visualize async');
    await kept(2);
    assert.deepEqual(await labels(), ['breakfast.py', 'breakfast.py']);
    const label = await rows.first().getAttribute('aria-label');
    assert.match(label ?? '', /breakfast\.py, ended, .* s · .* · Python 3\.\d+/);
  });
  await check('a click opens the run again', async () => {
    const task = page.locator('.pane:has(.pane-header[aria-label^="Tasks"]) .monaco-list-row').first();
    assert.match(await task.innerText(), /5 s/);
    await openRow(rows.nth(1), async () => /3 s/.test(await task.innerText()));
    await workbench.picture('runs');
  });
  await check('F2 gives a run a name', async () => {
    const input = page.locator('.quick-input-widget input');
    await until('the question', async () => {
      await rows.nth(1).click();
      await page.keyboard.press('F2');
      await input.waitFor({ timeout: 2000 });
      return true;
    });
    await input.fill('three seconds');
    await page.keyboard.press('Enter');
    await until('the name', async () => (await labels())[1] === 'three seconds');
  });
  /** The one that is selected is one of the two: only the other is asked for. A question that lost the keyboard is asked once more. */
  const choose = (command: string, seen: () => Promise<boolean>) =>
    until(
      `the effect of ${command}`,
      async () => {
        await workbench.command(command);
        await page.locator('.quick-input-title', { hasText: 'Compare three seconds' }).waitFor({ timeout: 5000 });
        const row = page.locator('.quick-input-list .monaco-list-row', { hasText: 'breakfast.py' });
        await row.first().waitFor({ timeout: 5000 });
        await page.keyboard.press('Enter');
        await until('what was chosen', seen, 10_000);
        return true;
      },
      90_000,
    );
  const panel = () => workbench.webview('.app:not(.compact) .compared:not([hidden]) .grow', 180_000);
  await check('two runs are compared on one axis', async () => {
    await choose('Coroscope: Compare Runs…', async () => {
      const told = await (await panel()).locator('.compared').innerText();
      return told.includes('three seconds') && told.includes('3 s → 5 s (+2 s)');
    });
    const frame = await panel();
    await until('the ghosts', async () => (await frame.locator('.name.ghost .difference').count()) >= 3);
    const told = await frame.locator('.name.ghost .difference').allInnerTexts();
    assert.ok(told.includes('+2 s') && told.includes('same'), told.join(' | '));
    await workbench.picture('runs-on-one-axis');
  });
  await check('the older run goes at a click, and comes back as the previous one', async () => {
    const frame = await panel();
    await frame.locator('.compared button').click();
    await until('no ghost', async () => (await frame.locator('.name.ghost').count()) === 0);
    await until('the run before', async () => {
      await workbench.command('Coroscope: Compare with Previous Run');
      const told = frame.locator('.compared:not([hidden])');
      await told.waitFor({ timeout: 10_000 });
      return (await told.innerText()).includes('3 s → 5 s (+2 s)');
    });
  });
  await check('two runs are compared in a diff editor', async () => {
    const line = page.locator('.monaco-diff-editor .view-line', { hasText: 'the whole run' }).last();
    await choose('Coroscope: Compare Runs as Text…', async () => {
      const shown = ((await line.textContent({ timeout: 3000 })) ?? '').replace(/\s+/g, ' ');
      return shown.includes('3 s → 5 s (+2 s)');
    });
    await workbench.picture('runs-compared');
  });
  await check('a run goes by the button in its row', async () => {
    const trash = rows.first().locator('.codicon-trash');
    await until('the button', async () => {
      await rows.first().hover({ timeout: 3000 });
      return trash.isVisible();
    });
    // Do not click twice: the next run would have moved to this row.
    await trash.click();
    await kept(1);
    assert.deepEqual(await labels(), ['three seconds']);
  });
  await check('and comes back by Undo in the message', async () => {
    const before = await labels();
    const undo = page
      .locator('.notification-toast', { hasText: 'was deleted' })
      .locator('.monaco-button', { hasText: 'Undo' });
    await workbench.picture('run-deleted');
    await undo.click();
    await kept(2);
    const trash = rows.first().locator('.codicon-trash');
    await until('the button', async () => {
      await rows.first().hover({ timeout: 3000 });
      return trash.isVisible();
    });
    await trash.click();
    await kept(1);
    assert.deepEqual(await labels(), before);
  });
  await check('the list is there after a reload, and tells of what cannot be read', async () => {
    const folder = storedRuns(workbench);
    const [about] = readdirSync(folder).filter((name) => name.endsWith('.json'));
    assert.match(readFileSync(join(folder, about), 'utf8'), /three seconds/);
    writeFileSync(join(folder, 'broken.json'), '{"id": 7');
    writeFileSync(join(folder, about.replace('.json', '.coroscope')), 'not a trace');
    await workbench.reload();
    await page.locator('.activitybar .action-label[aria-label^="Coroscope"]').waitFor({ timeout: 180_000 });
    // The view reopens by itself if it was open before; a click would close it.
    if (!(await soon(() => runs.isVisible(), 10_000)))
      await workbench.press(page.locator('.activitybar .action-label[aria-label^="Coroscope"]'), () =>
        runs.isVisible(),
      );
    await kept(1);
    await runs.locator('.message', { hasText: 'can no longer be read' }).waitFor();
  });
  await check('a damaged run is one message, with a way to be rid of it', async () => {
    const toast = page.locator('.notification-toast', { hasText: 'missing or damaged' });
    await openRow(rows.first(), () => toast.isVisible());
    await workbench.picture('runs-damaged');
    await toast.locator('.monaco-button', { hasText: 'Delete Run' }).click();
    await kept(0);
  });
}

/** Makes the sample take two seconds longer. */
async function edit(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const path = join(workbench.folder, 'breakfast.py');
  const edited = readFileSync(path, 'utf8').replace(/"bacon", 3/, '"bacon", 5');
  const shown = page.locator('.editor-instance .view-line', { hasText: '"bacon", 5' }).first();
  // A file that is written before the editor has begun to watch it is not seen to change.
  await until(
    'the edited file',
    async () => {
      writeFileSync(path, edited);
      return soon(() => shown.isVisible(), 3000);
    },
    120_000,
  );
}

/** A list may draw its rows anew under the mouse: once more until it is seen. */
async function openRow(row: Locator, seen: () => Promise<boolean>): Promise<void> {
  await until('the effect of a click in the list', async () => {
    await row.click({ timeout: 3000 });
    return soon(seen);
  });
}

function storedRuns(workbench: Workbench): string {
  const storage = join(dirname(workbench.folder), 'data/User/workspaceStorage');
  const [workspace] = readdirSync(storage).filter((name) =>
    readdirSync(join(storage, name)).includes('coroscope.coroscope'),
  );
  return join(storage, workspace, 'coroscope.coroscope', 'runs');
}
