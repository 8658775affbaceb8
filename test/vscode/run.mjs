// `npm run test:vscode`: bundles the tests and runs them in a real workbench; with `--electron` in the desktop VS Code.
import { bundle } from './bundle.mjs';

await bundle();
const { main } = await import(
  `../../out/vscode-tests/${process.argv.includes('--electron') ? 'electron' : 'main'}.mjs`
);
const theme = process.argv.find((argument) => argument.startsWith('--theme='))?.slice('--theme='.length);
process.exitCode = await main(
  process.argv.slice(2).filter((argument) => !argument.startsWith('--')),
  theme,
);
