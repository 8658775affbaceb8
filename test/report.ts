import { appendFileSync } from 'node:fs';

/** What a suite says of one of its tests to `npm test`, which counts, and says in its last lines what failed. */
export interface TestReport {
  /** From the root of the project; for suites without files what stands for one, like a scene. */
  readonly file: string;
  readonly name: string;
  readonly seconds: number;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** How often it was run again before it passed (`test/repeats.ts`). */
  readonly repeats?: number;
  /** Of one that failed: the difference, in a few lines. */
  readonly why?: string;
  /** Of one that failed: the command that runs it alone. */
  readonly again?: string;
}

/** Does nothing if a suite is run alone, without `npm test`. */
export function report(test: TestReport): void {
  const file = process.env.COROSCOPE_TEST_REPORT;
  if (file) appendFileSync(file, `${JSON.stringify(test)}\n`);
}
