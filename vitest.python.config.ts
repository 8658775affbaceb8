import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { TellAll } from './test/vitest-report';

/** Programs under several Pythons. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    reporters: ['default', new TellAll()],
    include: ['test/python/**/*.test.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    maxConcurrency: 4,
    maxWorkers: availableParallelism(),
  },
});
