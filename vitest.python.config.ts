import { defineConfig } from 'vitest/config';
import { secondTry } from './test/flaky';

/** Programs under every Python found: many processes that mostly sleep. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    ...secondTry,
    include: ['test/python/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 8,
    fileParallelism: false,
  },
});
