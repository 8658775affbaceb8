import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Exit } from './cli/exit';
import { languageOf } from './cli/language';
import { explain, main } from './cli/main';
import { OutputError, outputOf } from './cli/output';
import { Signals } from './cli/signals';
import { terminalLine } from './core/words/terminal';
import { disposeEngines } from './engines/run';

const assets = __dirname;
const { version } = JSON.parse(readFileSync(join(assets, '..', 'package.json'), 'utf8'));

const signals = new Signals();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => signals.take(signal));
// A file that may not become larger is an error of the write, which is told, and not the end of this process.
if (process.platform !== 'win32') process.on('SIGXFSZ', () => {});
const language = () => languageOf(undefined, process.env).translate;

/** What goes wrong where nobody expects it is one message, too. */
function fail(error: unknown): never {
  try {
    writeSync(2, `coroscope: ${terminalLine(explain(error, language(), process.env))}\n`);
  } catch {
    // There is nowhere left to say it.
  }
  disposeEngines();
  process.exit(Exit.broken);
}
process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
for (const name of ['stdout', 'stderr'] as const) {
  process[name].on('error', (error: NodeJS.ErrnoException) => {
    // `coroscope run x.py | head` ends when the reader has seen enough.
    if (error.code === 'EPIPE') process.exit(0);
    fail(new OutputError(name, error));
  });
}

const screen = {
  env: process.env,
  cwd: process.cwd(),
  stdout: outputOf(process.stdout, 'stdout'),
  stderr: outputOf(process.stderr, 'stderr'),
};
main(process.argv.slice(2), screen, assets, version, signals).then((code) => {
  disposeEngines();
  // Not process.exit: what was written to a pipe may still be on its way.
  process.exitCode = signals.exitCode(code);
}, fail);
