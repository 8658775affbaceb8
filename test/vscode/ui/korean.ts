import assert from 'node:assert/strict';
import { type Checks, until } from '../checks';
import type { Workbench } from '../workbench/page';
import { TimelinePage } from './timeline';

/** Korean throughout: menu, panel, hover, tree. */
export async function korean(workbench: Workbench, checks: Checks): Promise<void> {
  const check = (name: string, work: () => Promise<unknown>) =>
    checks.check(name, work, (file) => workbench.picture(file));
  await check('Korean: the menu, and the panel', async () => {
    await workbench.openFile('breakfast.py');
    await workbench.contextMenu('async def main', '비동기 실행 시각화');
    const timeline = await TimelinePage.find(workbench);
    await until('Korean lanes', async () => /이벤트 루프/.test((await timeline.lanes()).join()));
    await timeline.colours();
    await timeline.clickLane('Task-2', 0.3);
    await workbench.picture('korean-timeline');
  });
  await check('Korean: the hover', async () => {
    const text = await workbench.hover('await asyncio.sleep', 'await', '마지막 실행');
    assert.match(text, /타이머를 거는 코루틴입니다/);
    assert.match(text, /여기서 2번 일시 중단됐습니다/);
    await workbench.picture('korean-hover');
  });
  await check('Korean: the side panel', async () => {
    await workbench.page.locator('.activitybar .action-label[aria-label^="Coroscope"]').click({ force: true });
    await workbench.page.locator('.pane-header', { hasText: '태스크' }).waitFor();
    await TimelinePage.find(workbench, true);
    await workbench.picture('korean-side-panel');
  });
}
