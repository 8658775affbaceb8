import type { Reporter, TestModule } from 'vitest/node';

/**
 * More tries for tests that hold a program against the real clock: a machine with other things to do stops it where it
 * likes. What needed one is named, so that a test that needs it often is found.
 */
export const moreTries = {
  retry: { count: 3, delay: 1000 },
  reporters: ['default', { onTestRunEnd } satisfies Reporter],
};

function onTestRunEnd(modules: readonly TestModule[]): void {
  for (const module of modules) {
    for (const test of module.children.allTests('passed')) {
      const { flaky } = test.diagnostic() ?? {};
      if (!flaky) continue;
      console.log(`passed on another try: ${test.fullName} (${module.relativeModuleId})`);
      for (const { message } of test.result().errors ?? []) console.log(`    the first: ${message.slice(0, 2000)}`);
    }
  }
}
