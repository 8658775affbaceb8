import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import type { Browser } from 'playwright-core';
import { Checks, WHOLE } from './checks';
import { suiteInHost } from './in-host';
import { activation } from './ui/activation';
import { afterRun, cursorLights, inlayTimes } from './ui/after-run';
import { cancelling } from './ui/cancelling';
import { firstSteps } from './ui/first-steps';
import { fresh } from './ui/fresh';
import { history } from './ui/history';
import { keeping } from './ui/keeping';
import { korean } from './ui/korean';
import { live } from './ui/live';
import { looks } from './ui/looks';
import { playing } from './ui/playing';
import { sidePanel } from './ui/side-panel';
import { sideTrees } from './ui/side-trees';
import { snippets } from './ui/snippets';
import { untrusted } from './ui/trust';
import { visualizing } from './ui/visualize';
import { whatIf } from './ui/what-if';
import { type Packaged, packExtension } from './workbench/extension';
import { installChromium, installWorkbench } from './workbench/install';
import { launchBrowser, Workbench } from './workbench/page';
import { Server, type ServerOptions } from './workbench/server';

interface Score {
  readonly passed: number;
  readonly failed: number;
}

/** How many scenes are played beside each other. */
const AT_ONCE = Number(process.env.JOBS ?? availableParallelism());

type Play = (browser: Browser, checks: Checks) => Promise<void>;
type Scene = (workbench: Workbench, checks: Checks) => Promise<void>;

const scenes: Record<string, { readonly acts: readonly Scene[]; readonly options?: Partial<ServerOptions> }> = {
  start: { acts: [activation] },
  ui: { acts: [fresh, visualizing, sidePanel, looks, cancelling] },
  steps: { acts: [firstSteps] },
  files: { acts: [keeping] },
  history: { acts: [history] },
  trees: { acts: [sideTrees] },
  playing: { acts: [playing] },
  after: { acts: [afterRun] },
  cursor: { acts: [cursorLights] },
  inlay: { acts: [inlayTimes], options: { settings: { 'coroscope.inlineTimes': 'inlay' } } },
  live: { acts: [live] },
  whatif: { acts: [whatIf] },
  snippets: { acts: [snippets] },
  trust: { acts: [untrusted], options: { trust: true } },
  korean: { acts: [korean], options: { locale: 'ko' } },
};

/**
 * @param wanted names of scenes, or `suite`; none: all.
 * @param theme what the workbench wears, as the setting `workbench.colorTheme` names it; its pictures are in a folder of that name.
 */
export async function main(wanted: readonly string[], theme?: string): Promise<number> {
  const dress = theme === undefined ? {} : { 'workbench.colorTheme': theme };
  if (theme !== undefined) Workbench.pictures += `/${theme.toLowerCase().replaceAll(' ', '-')}`;
  const scores: Score[] = [];
  let workbench: string;
  let chromium: string;
  try {
    chromium = installChromium();
    workbench = installWorkbench();
  } catch (error) {
    console.log(`skipped: no VS Code workbench or browser here: ${error instanceof Error ? error.message : error}`);
    return 0;
  }
  const packaged = packExtension(workbench);
  console.log(`The package has ${(packaged.bytes / 1e6).toFixed(1)} MB.`);
  const plays: Record<string, Play> = {
    suite: (browser, checks) => suiteInHost(workbench, browser, packaged, checks),
  };
  for (const [name, { acts, options }] of Object.entries(scenes)) {
    const dressed = { ...options, settings: { ...dress, ...options?.settings } };
    plays[name] = (browser, checks) => scene(browser, { workbench, packaged, options: dressed }, acts, checks);
  }
  const queue = Object.entries(plays).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const work = async () => {
    const browser = await launchBrowser(chromium);
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [name, play] = next;
        scores.push(await played(name, (checks) => play(browser, checks)));
      }
    } finally {
      await browser.close();
    }
  };
  // Each has a server and a browser of its own, and waits for them most of the time.
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, work)).finally(() => packaged.remove());
  const sum = (key: keyof Score) => scores.reduce((total, score) => total + score[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
}

async function played(name: string, play: (checks: Checks) => Promise<void>): Promise<Score> {
  const checks = new Checks(name);
  const began = Date.now();
  await checks.check(WHOLE, () => play(checks));
  const place = name === 'suite' ? 'Inside the extension host' : `In the workbench: ${name}`;
  console.log([`\n${place} (${((Date.now() - began) / 1000).toFixed(0)} s)`, ...checks.told].join('\n'));
  return { passed: checks.passed, failed: checks.failed };
}

async function scene(
  browser: Browser,
  { workbench, packaged, options }: { workbench: string; packaged: Packaged; options?: Partial<ServerOptions> },
  acts: readonly Scene[],
  checks: Checks,
): Promise<void> {
  const server = await new Server({ workbench, extensions: packaged.extensions, ...options }).start();
  try {
    const opened = await Workbench.open(browser, server);
    for (const act of acts) await act(opened, checks);
    await checks.check('nothing was asked of the outside', async () => assert.deepEqual(opened.outside, []));
    await opened.close();
  } finally {
    await server.stop();
  }
}
