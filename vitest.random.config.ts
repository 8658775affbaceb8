import { defineConfig } from 'vitest/config';

/** Random programs: one warm interpreter of each version, a few at work at a time. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    include: ['test/random/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    maxConcurrency: 3,
  },
});
