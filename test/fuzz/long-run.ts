import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { faultsOf, type Outcome, readLies, together } from './read-lies';

/** `npm run fuzz`: a million lying traces, a process for each processor. The first fault ends it. */

/** Traces between two words of a part. */
const WORD = 500;
/** Milliseconds between two lines about how far it is. */
const LINE = 30_000;

type Word = { readonly done: number } | { readonly outcome: Outcome } | { readonly fault: string };

function part(first: number, count: number): void {
  const say = (word: Word) => process.send!(word);
  try {
    const progress = (done: number) => done % WORD === 0 && say({ done });
    say({ outcome: readLies(first, count, progress) });
  } catch (error) {
    say({ fault: `${(error as Error).message}\n${((error as Error).cause as Error)?.stack}` });
  }
  process.disconnect();
}

async function all(first: number, count: number): Promise<number> {
  const parts = Math.min(availableParallelism(), Math.ceil(count / WORD));
  const bounds = Array.from({ length: parts + 1 }, (_, i) => first + Math.floor((count * i) / parts));
  const done = bounds.slice(1).map(() => 0);
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  console.log(`${count} lying traces from seed ${first}, in ${parts} processes`);
  const timer = setInterval(() => console.log(`${done.reduce((a, b) => a + b)} after ${seconds()}`), LINE);
  const children = done.map((_, i) =>
    fork(fileURLToPath(import.meta.url), [`${bounds[i]}`, `${bounds[i + 1] - bounds[i]}`]),
  );
  const told = children.map(
    (child, i) =>
      new Promise<Outcome>((resolve, reject) => {
        child.on('message', (word: Word) => {
          if ('done' in word) done[i] = word.done;
          else if ('outcome' in word) resolve(word.outcome);
          else reject(new Error(word.fault));
        });
        child.on('exit', (code) =>
          reject(new Error(`The part from seed ${bounds[i]} ended with ${code}, after ${done[i]}.`)),
        );
      }),
  );
  try {
    const outcome = together(await Promise.all(told));
    const faults = faultsOf(outcome);
    const { opened, slowest, megabytes } = outcome;
    console.log(
      `${opened} opened, ${count - opened} were refused; the slowest took ${slowest.seconds.toFixed(2)} s (seed ${slowest.seed}), ${megabytes.toFixed(0)} MB at most; ${seconds()}`,
    );
    for (const fault of faults) console.log(fault);
    return faults.length > 0 ? 1 : 0;
  } catch (error) {
    for (const child of children) child.kill();
    console.log((error as Error).message);
    return 1;
  } finally {
    clearInterval(timer);
  }
}

const [first, count] = process.argv.slice(2).map(Number);
if (process.send) part(first, count);
else {
  const { SEED, COUNT } = process.env;
  process.exitCode = await all(Number(SEED ?? Math.floor(Math.random() * 2 ** 31)), Number(COUNT ?? 1_000_000));
}
