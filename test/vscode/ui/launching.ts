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
}
