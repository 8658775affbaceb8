import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';

/** Milliseconds in which a workbench that has just been opened comes to rest. */
const SETTLES = 15_000;

/** How long VS Code says that starting the extension took, with the first Python file that is opened, when the workbench itself has started. */
export async function activation(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  await checks.check(
    'activation',
    async () => {
      // In `npm test` nobody reads the figure.
      if (!process.env.COROSCOPE_TEST_REPORT) await page.waitForTimeout(SETTLES);
      await workbench.openFile('breakfast.py');
      await workbench.hover('await asyncio.gather', 'await', 'gather');
      await workbench.command('Developer: Show Running Extensions');
      const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Coroscope' });
      const text = await until('the time', async () => /Activation: \d+ms/.exec(await row.innerText())?.[0]);
      await workbench.picture('activation');
      // No bound: it is a shared machine. The figure is for whoever reads it.
      return text;
    },
    (file) => workbench.picture(file),
  );
}
