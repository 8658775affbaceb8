// Runs the browser tests in a real Chromium against the bundle in dist/webview. A part of them: `node test/webview/browser/run.mjs wheel`.
import { bundleAndRun } from './bundle.mjs';

process.exitCode = await bundleAndRun('test/webview/browser/tests.ts', process.argv.slice(2));
