import { defineConfig } from 'vitest/config';
import { moreTries } from './test/flaky';

export default defineConfig({
  test: {
    globalSetup: 'test/temporary.ts',
    ...moreTries,
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/python/**', 'test/random/**', 'test/webview/browser/**', 'node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
