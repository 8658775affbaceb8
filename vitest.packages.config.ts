import { defineConfig } from 'vitest/config';
import { TellAll } from './test/vitest-report';

/** What is built to be installed, installed where its users would. */
export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    reporters: ['default', new TellAll()],
    include: ['test/packages/**/*.test.ts'],
    // Each builds a package of its own and starts other programs.
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
