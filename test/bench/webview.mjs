// Builds the benchmark of the webview and runs it against the bundle in dist/webview. A part of it: `node test/bench/webview.mjs live`.
import { bundleAndRun } from '../webview/browser/bundle.mjs';

process.exitCode = await bundleAndRun('test/bench/webview.ts', process.argv.slice(2));
