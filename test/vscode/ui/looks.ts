import type { Checks } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** The same picture in every kind of theme, for people to look at. */
export async function looks(workbench: Workbench, checks: Checks): Promise<void> {
  const themes = [
    ['light', 'Light Modern'],
    ['high-contrast', 'Dark High Contrast'],
    ['high-contrast-light', 'Light High Contrast'],
    ['dark', 'Dark Modern'],
  ] as const;
  for (const [name, theme] of themes) {
    await checks.check(
      `the timeline in ${theme}`,
      async () => {
        await workbench.theme(theme);
        const timeline = await TimelinePage.find(workbench);
        await timeline.colours();
        await workbench.picture(`theme-${name}`);
      },
      (file) => workbench.picture(file),
    );
  }
}
