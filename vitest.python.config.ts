import { defineConfig } from 'vitest/config';
import { TellAll } from './test/vitest-report';

/** Programs under every Python found: many processes that mostly sleep. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    reporters: ['default', new TellAll()],
    include: ['test/python/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxConcurrency: 8,
    fileParallelism: false,
  },
});
