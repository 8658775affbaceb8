// Writes the gallery of all scenes: `npm run gallery`, then open out/gallery/index.html.
import { bundleAndRun } from './bundle.mjs';

process.exitCode = await bundleAndRun('test/webview/browser/gallery.ts');
