import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { TellAll } from './test/vitest-report';

export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    reporters: ['default', new TellAll()],
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/vscode/**',
      'test/python/**',
      'test/random/**',
      'test/differential/**',
      'test/packages/**',
      'test/webview/browser/**',
      'node_modules/**',
    ],
    // Vitest leaves one processor free, which of two is half of them.
    maxWorkers: availableParallelism(),
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
