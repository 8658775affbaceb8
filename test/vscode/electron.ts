import { resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';

/** The same suite in the desktop VS Code, where it can be downloaded: `npm run test:vscode -- --electron [VERSION]`. */
export async function main([version]: readonly string[]): Promise<number> {
  return runTests({
    version,
    extensionDevelopmentPath: resolve('.'),
    extensionTestsPath: resolve('out/vscode-suite/index.js'),
    launchArgs: [resolve('test/vscode/workspace'), '--disable-extensions', '--disable-workspace-trust'],
  });
}
