import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { PATIENCE, TimelinePage } from './timeline';

/** Launch configurations, as people use them: F5, the console, a terminal. */
export async function launching(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));

  await check('F5 in a Python file runs it: timeline, output in the Debug Console, exit code', async () => {
    await workbench.openFile('breakfast.py');
    await workbench.command('Debug: Start Debugging');
    const timeline = await TimelinePage.find(workbench);
    await until('the lanes', async () => (await timeline.lanes()).join().includes('main'), PATIENCE);
    await workbench.command('Debug Console: Focus on Debug Console View');
    const console = page.locator('.repl');
    await console.getByText('breakfast.py ended with exit code 0.').first().waitFor({ timeout: PATIENCE });
    await workbench.pictures('launched', [
      ['light', 'Light Modern'],
      ['high-contrast', 'Dark High Contrast'],
      ['dark', 'Dark Modern'],
    ]);
  });

  const python = ['python3.15', 'python3.14', 'python3'].find((name) => spawnSync(name, ['--version']).status === 0);
  const isNew = python !== undefined && python !== 'python3';
  await check(`a process that runs is attached to${python ? '' : ' (skipped: no interpreter here)'}`, async () => {
    if (!python) return;
    const child = spawn(python, ['-c', SERVICE], { stdio: ['pipe', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await workbench.command('Coroscope: Attach to Process…');
      const list = page.locator('.quick-input-widget');
      await list.locator('input').fill(String(child.pid));
      await list.locator('.monaco-list-row', { hasText: String(child.pid) }).click();
      const notice = page.locator('.notification-toast');
      if (!isNew) {
        // The one sentence that says what to do instead.
        await notice
          .getByText(/Coroscope attaches to Python 3\.14 and later|needs Python 3\.14/)
          .first()
          .waitFor();
        return;
      }
      await notice.getByText('One event loop.').waitFor({ timeout: PATIENCE });
      await workbench.picture('attached');
      await notice.getByText('Cancel', { exact: true }).click();
      await until(
        'its timeline',
        async () => (await (await TimelinePage.find(workbench)).lanes()).join().includes('tick'),
        PATIENCE,
      );
      assert.equal(child.exitCode, null);
      await workbench.picture('attached-ended');
    } finally {
      child.kill('SIGKILL');
    }
  });
}

/** A process with something to see. */
const SERVICE = `import asyncio
async def tick():
    while True:
        await asyncio.sleep(0.2)
async def main():
    print('up', flush=True)
    await asyncio.gather(tick(), tick())
asyncio.run(main())
`;
