import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Checks } from './checks';
import type { Packaged } from './workbench/extension';
import { Workbench } from './workbench/page';
import { Server } from './workbench/server';

const PATIENCE = 1_200_000;

/** Runs the mocha suite inside the extension host, on the packaged extension. */
export async function suiteInHost(
  workbench: string,
  browser: Browser,
  packaged: Packaged,
  checks: Checks,
): Promise<void> {
  const file = join(tmpdir(), `coroscope-suite-${process.pid}.json`);
  const server = await new Server({
    workbench,
    extensions: packaged.extensions,
    env: { COROSCOPE_RESULTS: file },
  }).start();
  try {
    const ended = Promise.withResolvers<number>();
    const timer = setTimeout(() => ended.reject(new Error('the suite did not end')), PATIENCE);
    const opened = await Workbench.open(browser, server, async (context) => {
      // The workbench calls these when it runs tests; they have to be there before it starts.
      await context.exposeFunction('codeAutomationExit', (code: number) => ended.resolve(code));
      await context.exposeFunction('codeAutomationLog', () => {});
      await context.addInitScript(developing, {
        extensions: [address(server, packaged.folder)],
        extensionTestsPath: address(server, resolve('out/vscode-suite/index.js')),
      });
    });
    await ended.promise.finally(() => clearTimeout(timer));
    await opened.close();
    const results: { name: string; seconds: number; error?: string }[] = JSON.parse(readFileSync(file, 'utf8'));
    for (const { name, seconds, error } of results) {
      await checks.check(name, async () => {
        if (error) throw new Error(error);
        return `${Math.round(seconds * 1000)} ms inside`;
      });
    }
  } finally {
    await server.stop();
    rmSync(file, { force: true });
  }
}

function address(server: Server, path: string) {
  return { $mid: 1, scheme: 'vscode-remote', authority: server.authority, path };
}

/** Runs in the page, before the workbench reads its configuration from there: a built workbench takes it from nowhere else. */
function developing(options: object): void {
  if (window.top !== window) return;
  const observer = new MutationObserver(() => {
    const configuration = document.querySelector('#vscode-workbench-web-configuration');
    if (!configuration) return;
    observer.disconnect();
    const known = JSON.parse(configuration.getAttribute('data-settings') ?? '{}');
    configuration.setAttribute('data-settings', JSON.stringify({ ...known, developmentOptions: options }));
  });
  observer.observe(document, { childList: true, subtree: true });
}
