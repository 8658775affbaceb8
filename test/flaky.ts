import type { Reporter, TestModule } from 'vitest/node';

/**
 * A second try for tests that hold a program against the real clock: a machine with other things to do stops it where it
 * likes. What needed one is named, so that a test that needs it often is found.
 */
export const secondTry = { retry: 1, reporters: ['default', { onTestRunEnd } satisfies Reporter] };

function onTestRunEnd(modules: readonly TestModule[]): void {
  for (const module of modules) {
    for (const test of module.children.allTests('passed')) {
      const { flaky } = test.diagnostic() ?? {};
      if (!flaky) continue;
      console.log(`passed on the second try: ${test.fullName} (${module.relativeModuleId})`);
      for (const { message } of test.result().errors ?? []) console.log(`    the first: ${message.slice(0, 2000)}`);
    }
  }
}
