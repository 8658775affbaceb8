import { defineConfig } from 'vitest/config';
import { TellAll } from './test/vitest-report';

/** Random programs: one warm interpreter of each version, a few at work at a time. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    reporters: ['default', new TellAll()],
    include: ['test/random/**/*.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 60_000,
    maxConcurrency: 3,
  },
});
