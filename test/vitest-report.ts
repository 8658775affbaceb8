import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestCase, TestModule, Vitest } from 'vitest/node';
import { report } from './report';

/** Tells `npm test` of every test, with the command that runs a failed one alone. */
export class TellAll implements Reporter {
  #config = '';

  onInit({ vite }: Vitest): void {
    const file = relative(process.cwd(), vite.config.configFile || '');
    if (file !== 'vitest.config.ts') this.#config = ` --config ${file}`;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    for (const module of modules) {
      const file = module.relativeModuleId;
      const { collectDuration, setupDuration, prepareDuration, duration } = module.diagnostic();
      // What a file takes beside its tests: its imports, and what is done at its top.
      report({
        file,
        name: '',
        seconds: (collectDuration + setupDuration + prepareDuration) / 1000,
        outcome: 'skipped',
      });
      const again = `npx vitest run${this.#config} ${file}`;
      for (const error of module.errors())
        report({ file, name: 'the file itself', seconds: duration / 1000, outcome: 'failed', why: told(error), again });
      for (const suite of module.children.allSuites())
        for (const error of suite.errors())
          report({ file, name: suite.fullName, seconds: 0, outcome: 'failed', why: told(error), again });
      for (const test of module.children.allTests()) this.#tell(test, file, again);
    }
    for (const error of unhandled)
      report({ file: '', name: 'an error outside of tests', seconds: 0, outcome: 'failed', why: told(error) });
  }

  #tell(test: TestCase, file: string, again: string): void {
    const { state, errors } = test.result();
    const { duration = 0, retryCount = 0 } = test.diagnostic() ?? {};
    const common = { file, name: test.fullName, seconds: duration / 1000 };
    if (state === 'passed') report({ ...common, outcome: 'passed', repeats: retryCount });
    else if (state === 'skipped') report({ ...common, outcome: 'skipped' });
    else {
      const why = errors?.map(told).join('\n') ?? 'It did not end.';
      // A random program says itself how it is run again.
      const own = /^Again: (.+)$/m.exec(why)?.[1];
      report({ ...common, outcome: 'failed', why, again: own ?? `${again} -t ${quoted(test.fullName)}` });
    }
  }
}

function told({ message, diff, stack, name }: SerializedError & { diff?: string }): string {
  const lines = [`${name === 'Error' || name === 'AssertionError' ? '' : `${name}: `}${message}`, diff];
  const place = /\n\s+at .*?\(?((?:\/|file:|\w:)[^()\n]*test[^()\n]*)/.exec(stack ?? '')?.[1];
  if (place) lines.push(`at ${place.replace('file://', '').replace(`${process.cwd()}/`, '')}`);
  return stripVTControlCharacters(lines.filter(Boolean).join('\n'));
}

function quoted(name: string): string {
  const pattern = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll("'", "'\\''");
  return `'^${pattern}$'`;
}
