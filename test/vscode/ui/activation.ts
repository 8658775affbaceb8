import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';

/** How long VS Code says that starting the extension took. Last: its page covers the others. */
export async function activation(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  await checks.check(
    'activation',
    async () => {
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
