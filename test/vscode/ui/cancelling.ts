import assert from 'node:assert/strict';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** A program that never ends: Cancel stops it, and what it did until then is shown. */
export async function cancelling(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  await checks.check(
    'Cancel in the notification stops an endless program and shows what was recorded',
    async () => {
      await workbench.openFile('endless.py');
      await workbench.command('Coroscope: Visualize async');
      const toast = page.locator('.notification-toast', { hasText: 'Running endless.py' });
      await toast.waitFor();
      // Something is recorded.
      await TimelinePage.find(workbench);
      await workbench.picture('running');
      const offered = await workbench.offered('Coroscope');
      assert.ok(
        offered.some((title) => title.includes('Stop the Run')),
        offered.join(),
      );
      await toast.locator('.monaco-button', { hasText: 'Cancel' }).click();
      const timeline = await TimelinePage.find(workbench);
      const text = await until('the notice', async () => {
        const shown = await timeline.text();
        return /cancelled\. The timeline shows what was recorded/i.test(shown) && shown;
      });
      await workbench.picture('cancelled');
      return text.replace(/\s+/g, ' ').slice(0, 140);
    },
    (file) => workbench.picture(file),
  );
}
