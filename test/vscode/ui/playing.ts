import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** The editor follows the playhead of the panel. */
export async function playing(workbench: Workbench, checks: Checks): Promise<void> {
  const { page } = workbench;
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  /** What the decorations say at the ends of lines: it is content of the style, not of the page. */
  const marks = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.monaco-editor .view-line span')]
        .map((span) => getComputedStyle(span, '::after').content)
        .filter((content) => content.includes('◂'))
        .map((content) => content.replaceAll('"', '')),
    );

  await check('stepping marks the lines where the tasks stand', async () => {
    await workbench.openFile('breakfast.py');
    await workbench.command('Coroscope: Visualize async');
    const timeline = await TimelinePage.find(workbench);
    await until('all lanes', async () => (await timeline.lanes()).length >= 5);
    await timeline.frame.locator('.stage').focus();
    for (let i = 0; i < 3; i++) await timeline.frame.locator('.stage').press('.');
    const seen = await until('the marks', async () => {
      const found = (await marks()).join(' | ');
      return /fry\(.*\) running/.test(found) && /gather/.test(found) && /sleep 2 s/.test(found) ? found : '';
    });
    await workbench.picture('playhead-in-editor');
    return seen;
  });
  await check('the keyboard goes to the code, and comes back into the picture', async () => {
    const timeline = await TimelinePage.find(workbench);
    const inPicture = () => timeline.frame.evaluate(() => document.hasFocus() && document.activeElement?.className);
    await page.keyboard.press('Control+1');
    await until('the keyboard in the code', async () => (await inPicture()) === false);
    await page.keyboard.press('Control+2');
    return until('the keyboard in the picture', async () => String(await inPicture()).includes('stage'));
  });
  await check('icons beside the line numbers tell the states', async () => {
    const icons = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('.monaco-editor .glyph-margin-widgets .cgmr')]
          .map((icon) => getComputedStyle(icon).backgroundImage)
          .map((image) => /gutter-(\w+)-(\w+)\.svg/.exec(image)?.[0] ?? ''),
      );
    return until('an icon that runs and one that waits', async () => {
      const seen = (await icons()).join(' ');
      return seen.includes('gutter-running') && seen.includes('gutter-suspended') ? seen : '';
    });
  });
  await check('they go with the playhead', async () => {
    const timeline = await TimelinePage.find(workbench);
    await timeline.frame.locator('.stage').press('Escape');
    await until('no marks', async () => (await marks()).length === 0);
  });
  await check('numbers of a range, copied as CSV', async () => {
    const timeline = await TimelinePage.find(workbench);
    await timeline.frame.locator('.tab', { hasText: 'Numbers' }).click();
    const rows = timeline.frame.locator('.numbers tbody tr[role=row]');
    await until('rows', async () => (await rows.count()) > 1);
    const stage = (await timeline.frame.locator('.stage').boundingBox())!;
    const y = stage.y + 60;
    await page.keyboard.down('Shift');
    await page.mouse.move(stage.x + stage.width * 0.2, y);
    await page.mouse.down();
    await page.mouse.move(stage.x + stage.width * 0.4, y);
    await page.mouse.move(stage.x + stage.width * 0.6, y);
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await until('the range', () => timeline.frame.locator('rect.range').isVisible());
    await rows.first().click();
    await workbench.picture('numbers');
    await timeline.frame.locator('[data-tool=copy]').click();
    const csv = await until('a table in the clipboard', () =>
      page.evaluate(async () => {
        const text = await navigator.clipboard.readText();
        return text.startsWith('name,file,line') && text;
      }),
    );
    await timeline.frame.locator('.tab', { hasText: 'Story' }).click();
    return `${csv.split('\n').length - 2} rows`;
  });
  await check('the command asks what runs next, and the answer comes with its reason', async () => {
    const timeline = await TimelinePage.find(workbench);
    await workbench.command('Coroscope: Predict What Runs Next');
    const card = timeline.frame.locator('.predict');
    await card.locator('.choice', { hasText: "fry('eggs', 2)" }).click();
    const reason = await until('the reason', async () => card.locator('.reason').innerText());
    await workbench.picture('predict');
    await card.press('Escape');
    await until('the panes again', async () => timeline.frame.locator('.panes').isVisible());
    return reason;
  });
}
