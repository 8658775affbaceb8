// Builds the benchmark of the webview and runs it against the bundle in dist/webview.
import { bundleAndRun } from '../webview/browser/bundle.mjs';

process.exitCode = await bundleAndRun('test/bench/webview.ts');
