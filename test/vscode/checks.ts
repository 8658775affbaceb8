import { report } from '../report';

/** The check that goes around all others of a scene. */
export const WHOLE = 'the scene was played to its end';

/** How the names of pictures of failed checks begin. */
export const FAILED = 'failed-';

/** Runs named checks one after another; one that fails leaves a picture and lets the others go on. */
export class Checks {
  /** @param scene which they belong to: it can be played alone. */
  constructor(private readonly scene: string) {}

  /** What is to be printed: scenes are played beside each other, and each is told as a whole. */
  readonly told: string[] = [];

  /** Seconds of all checks so far: the one that goes around them is told without. */
  #seconds = 0;

  /** Names. */
  readonly passes = new Set<string>();
  readonly failures = new Set<string>();

  get passed(): number {
    return this.passes.size;
  }

  get failed(): number {
    return this.failures.size;
  }

  /** @param picture takes a screenshot of what was there when the check failed. */
  async check(
    name: string,
    work: () => Promise<unknown>,
    picture?: (name: string) => Promise<unknown>,
  ): Promise<boolean> {
    const began = Date.now();
    try {
      const note = await work();
      this.passes.add(name);
      this.#report(name, began, 'passed');
      this.told.push(`  ✓ ${name} (${Date.now() - began} ms)${typeof note === 'string' ? `: ${note}` : ''}`);
      return true;
    } catch (error) {
      this.failures.add(name);
      this.#report(name, began, 'failed', indented(error));
      this.told.push(`  ✗ ${name} (${Date.now() - began} ms)\n${indented(error)}`);
      await picture?.(`${FAILED}${name.replace(/\W+/g, '-')}`).catch(() => {});
      return false;
    }
  }

  #report(name: string, began: number, outcome: 'passed' | 'failed', why?: string): void {
    const again = outcome === 'failed' ? `npm run test:vscode -- ${this.scene}` : undefined;
    const seconds = Math.max(0, (Date.now() - began) / 1000 - (name === WHOLE ? this.#seconds : 0));
    this.#seconds += seconds;
    report({ file: `scene ${this.scene}`, name, seconds, outcome, why, again });
  }
}

function indented(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text
    .split('\n')
    .slice(0, 14)
    .map((line) => `      ${line}`)
    .join('\n');
}

/** Asks again until there is an answer that is not falsy. `page.waitForFunction` cannot: a strict policy forbids what it does. */
export async function until<T>(
  what: string,
  ask: () => Promise<T>,
  patience = 120_000,
): Promise<Exclude<T, false | '' | 0 | null | undefined>> {
  let last: unknown;
  for (const end = Date.now() + patience; Date.now() < end; ) {
    try {
      const answer = await ask();
      if (answer) return answer as Exclude<T, false | '' | 0 | null | undefined>;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${patience / 1000} s in vain for ${what}; last: ${String(last)}`);
}

/** Asks until it is so, or for `patience` milliseconds: for what is then done once more, like a click that may have been lost. */
export async function soon(ask: () => Promise<unknown>, patience = 5000): Promise<boolean> {
  return until('it', ask, patience).then(
    () => true,
    () => false,
  );
}
