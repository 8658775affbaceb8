import { defineConfig } from 'vitest/config';
import { moreTries } from './test/flaky';

/** Programs under every Python found: many processes that mostly sleep. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    ...moreTries,
    include: ['test/python/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxConcurrency: 8,
    fileParallelism: false,
  },
});
