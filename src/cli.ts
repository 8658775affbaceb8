import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from './cli/main';
import { Stops } from './cli/stops';
import { disposeEngines } from './engines/run';

const assets = __dirname;
const { version } = JSON.parse(readFileSync(join(assets, '..', 'package.json'), 'utf8'));

const stops = new Stops();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stops.take(signal));
// `coroscope run x.py | head` ends when the reader has seen enough.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

const screen = { env: process.env, cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr };
void main(process.argv.slice(2), screen, assets, version, stops).then((code) => {
  disposeEngines();
  // Not process.exit: what was written to a pipe may still be on its way.
  process.exitCode = stops.exitCode(code);
});
