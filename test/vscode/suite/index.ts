import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** What VS Code calls inside the extension host. The results also go to a file, for those who cannot see its console. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, color: false });
  const results: { name: string; seconds: number; error?: string }[] = [];
  // The tests are bundled with this file, and want mocha's functions as globals while they load.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./extension.test');
  await import('./directives.test');
  await import('./after-run.test');
  await import('./problems.test');
  await import('./launch.test');
  await import('./async-tests.test');
  await import('./leaks.test');
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} failed`)) : resolve()));
    const told = (test: Mocha.Test) => ({ name: test.fullTitle(), seconds: (test.duration ?? 0) / 1000 });
    runner.on('pass', (test) => results.push(told(test)));
    runner.on('fail', (test, error) => results.push({ ...told(test), error: error.stack ?? String(error) }));
    runner.on('end', () => {
      const { COROSCOPE_RESULTS: file } = process.env;
      if (file) writeFileSync(file, JSON.stringify(results));
    });
  });
}
