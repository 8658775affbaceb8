import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { TellAll } from './test/vitest-report';

/** Programs on the virtual clock against what they print bare: one warm Python of each kind. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    reporters: ['default', new TellAll()],
    include: ['test/differential/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: availableParallelism(),
  },
});
