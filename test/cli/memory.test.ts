import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { traceOf } from '../bench/reader';
import { dist } from '../engines/here';

const AT_EXIT = `process.on('exit', () => process.stderr.write(' peak ' + process.resourceUsage().maxRSS));`;

/** The most memory that the command takes, in kB. Nobody reads what it prints. */
function peak(...args: readonly string[]): Promise<number> {
  return new Promise((done, failed) => {
    const hook = `data:text/javascript,${encodeURIComponent(AT_EXIT)}`;
    const child = spawn(process.execPath, ['--import', hook, join(dist, 'cli.js'), ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.on('data', (data) => (told += data));
    child.on('close', () => {
      const found = / peak (\d+)$/.exec(told);
      if (found) done(Number(found[1]));
      else failed(new Error(told));
    });
  });
}

/** Steps of the trace. A step takes 81 bytes as segments; as it stood in the file, 52. */
const STEPS = 600_000;

test('JSON of a long run takes little more memory than its segments', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-memory-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [long, short] = [join(folder, 'long.coroscope'), join(folder, 'short.coroscope')];
  writeFileSync(long, traceOf(STEPS, 1000));
  writeFileSync(short, traceOf(3000, 100));
  const more = (await peak('show', '--json', long)) - (await peak('show', '--json', short));
  expect((more * 1024) / STEPS).toBeLessThan(81 + 52);
});
