import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import type { Browser } from 'playwright-core';
import { startPythonsDirectly } from '../without-wrappers';
import { Checks, WHOLE } from './checks';
import { suiteInHost } from './in-host';
import { activation } from './ui/activation';
import { afterRun, cursorLights, inlayTimes } from './ui/after-run';
import { cancelling } from './ui/cancelling';
import { firstSteps } from './ui/first-steps';
import { fresh } from './ui/fresh';
import { gallery } from './ui/gallery';
import { history } from './ui/history';
import { inBrowser } from './ui/in-browser';
import { input } from './ui/input';
import { keeping } from './ui/keeping';
import { korean } from './ui/korean';
import { launching } from './ui/launching';
import { live } from './ui/live';
import { looks } from './ui/looks';
import { playing } from './ui/playing';
import { sidePanel } from './ui/side-panel';
import { sideTrees } from './ui/side-trees';
import { snippets } from './ui/snippets';
import { untrusted } from './ui/trust';
import { tryChange } from './ui/try-change';
import { visualizing } from './ui/visualize';
import { whatIf } from './ui/what-if';
import { WebServer } from './web/server';
import { packExtension } from './workbench/extension';
import { installChromium, installWorkbench } from './workbench/install';
import { launchBrowser, Workbench } from './workbench/page';
import { Server, type ServerOptions } from './workbench/server';

interface Score {
  readonly passed: number;
  readonly failed: number;
}

/** How many scenes are played beside each other. */
const AT_ONCE = Number(process.env.JOBS ?? availableParallelism());

type Scene = readonly ((workbench: Workbench, checks: Checks) => Promise<void>)[];

/** Scenes that are played one after the other in one workbench, which costs more than most of them; after one that failed in a new one. */
interface Stage {
  readonly scenes: Readonly<Record<string, Scene>>;
  /** What another workbench cannot give. */
  readonly options?: Partial<ServerOptions>;
  /** Extensions run in the browser, without a server of theirs. */
  readonly isInBrowser?: true;
  /** No test: played only where it is named. */
  readonly isOnRequest?: boolean;
}

/** The longest first. Each scene can be played alone; `clear` of the workbench comes between two. */
const stages: readonly Stage[] = [
  {
    scenes: {
      // It counts the runs that are kept.
      history: [history],
      after: [afterRun],
      playing: [playing],
      input: [input],
      files: [keeping],
      live: [live],
      snippets: [snippets],
      inlay: [inlayTimes],
    },
  },
  {
    scenes: {
      start: [activation],
      ui: [fresh, visualizing, sidePanel, looks, cancelling],
      trees: [sideTrees],
      cursor: [cursorLights],
      whatif: [whatIf],
      try: [tryChange],
      launch: [launching],
      steps: [firstSteps],
    },
  },
  { scenes: { korean: [korean] }, options: { locale: 'ko' } },
  { scenes: { trust: [untrusted] }, options: { trust: true } },
  { scenes: { browser: [inBrowser] }, isInBrowser: true },
  { scenes: { 'browser-ko': [korean] }, options: { locale: 'ko' }, isInBrowser: true },
  { scenes: { gallery: [gallery('en')] }, options: { workspace: 'examples' }, isOnRequest: true },
  { scenes: { 'gallery-ko': [gallery('ko')] }, options: { locale: 'ko', workspace: 'examples' }, isOnRequest: true },
];

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
  startPythonsDirectly();
  const packaged = packExtension(workbench);
  console.log(`The package has ${(packaged.bytes / 1e6).toFixed(1)} MB.`);
  const isWanted = (name: string, isOnRequest = false) =>
    wanted.includes(name) || (wanted.length === 0 && !isOnRequest);
  const queue: ((browser: Browser) => Promise<void>)[] = [];
  const inHost = async (browser: Browser) => {
    scores.push(await played('suite', (checks) => suiteInHost(workbench, browser, packaged, checks)));
  };
  for (const { scenes, options, isOnRequest, isInBrowser } of stages) {
    const here = Object.entries(scenes).filter(([name]) => isWanted(name, isOnRequest));
    if (here.length === 0) continue;
    const server = { workbench, extensions: packaged.extensions, ...options };
    const dressed = { ...server, settings: { ...dress, ...options?.settings } };
    queue.push(async (browser) => {
      scores.push(
        ...(await playAll(
          here,
          () => openStage(browser, dressed, isInBrowser ? packaged.folder : undefined),
          theme === undefined,
        )),
      );
    });
  }
  // By its length the third.
  if (isWanted('suite')) queue.splice(2, 0, inHost);
  const work = async () => {
    const browser = await launchBrowser(chromium);
    try {
      for (let next = queue.shift(); next; next = queue.shift()) await next(browser);
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

interface OpenStage {
  readonly workbench: Workbench;
  close(): Promise<void>;
}

/** @param extension its folder, where it runs in the browser */
async function openStage(browser: Browser, options: ServerOptions, extension?: string): Promise<OpenStage> {
  const server = await (extension ? new WebServer({ ...options, extension }) : new Server(options)).start();
  try {
    const workbench = await Workbench.open(browser, server);
    return {
      workbench,
      async close() {
        await workbench.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** @param isShared whether scenes share a workbench; where a theme is asked for, one that another scene has chosen is not to be seen. */
async function playAll(
  scenes: readonly (readonly [string, Scene])[],
  open: () => Promise<OpenStage>,
  isShared: boolean,
): Promise<Score[]> {
  const scores: Score[] = [];
  let stage: OpenStage | undefined;
  for (const [name, acts] of scenes) {
    const score = await played(name, async (checks) => {
      if (stage) await stage.workbench.clear();
      else stage = await open();
      const { workbench } = stage;
      for (const act of acts) await act(workbench, checks);
      await checks.check('nothing was asked of the outside', async () => assert.deepEqual(workbench.outside, []));
    });
    scores.push(score);
    // Nothing of what went wrong is to be seen by the next.
    if (score.failed === 0 && isShared) continue;
    await stage?.close();
    stage = undefined;
  }
  await stage?.close();
  return scores;
}
