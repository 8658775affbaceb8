import { defineConfig } from 'vitest/config';

/** Programs under every Python found: many processes that mostly sleep. */
export default defineConfig({
  test: {
    include: ['test/python/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 8,
    fileParallelism: false,
  },
});
