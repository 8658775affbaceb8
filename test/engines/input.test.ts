import { describe, expect, test } from 'vitest';
import { problemsOf } from '../../src/core/findings/findings';
import type { Ask } from '../../src/engines/engine';
import { violations } from '../core/truths';
import { interpreters, program, runs } from './here';

/** Programs that read from standard input, and a person who answers. */

const engines = ['embedded', ...interpreters.map(({ command }) => command)];
const limits = { steps: 100_000, virtualTime: 1000, wallTime: 30 };

/** Answers with the lines one by one, then with the end of the input, and keeps the questions. */
function person(...lines: readonly string[]): { ask: Ask; asked: string[] } {
  const left = [...lines];
  const asked: string[] = [];
  return {
    asked,
    ask: async (before) => {
      asked.push(before);
      return left.shift();
    },
  };
}

describe.each(engines)('input on %s', (engine) => {
  test('input() asks with its prompt, and takes no time of the virtual clock', async () => {
    const { ask, asked } = person('Ann\n', '이름\n');
    const { stdout, timeline, exit } = await runs(
      program(`import asyncio
async def main():
    print("Hello,", input("Your name? "))
    await asyncio.sleep(1)
    print("first line")
    print(repr(input()))
asyncio.run(main())`),
      { engine, clock: 'virtual', limits, ask },
    );
    expect(asked).toEqual(['Your name? ', '']);
    expect(stdout).toBe("Your name? Hello, Ann\nfirst line\n'이름'\n");
    expect(exit).toBe(0);
    expect(timeline.duration).toBe(1);
    expect(violations(timeline)).toEqual([]);
  });

  test('sys.stdin is read to its end, and input() then raises EOFError', async () => {
    const { ask, asked } = person('1\n', '2\n');
    const { stdout } = await runs(
      program(`import sys
print([line for line in sys.stdin])
try:
    input()
except EOFError as error:
    print(error)`),
      { engine, clock: 'virtual', limits, ask },
    );
    expect(stdout).toBe("['1\\n', '2\\n']\nEOF when reading a line\n");
    expect(asked).toHaveLength(4);
  });

  test('a person who takes longer than the limit of wall time does not end the program', async () => {
    const slow: Ask = () => new Promise((resolve) => setTimeout(resolve, 1500, 'late\n'));
    const { stdout, timeline } = await runs(program('print(input())'), {
      engine,
      clock: 'virtual',
      limits: { ...limits, wallTime: 1 },
      ask: slow,
    });
    expect(stdout).toBe('late\n');
    expect(timeline.truncated).toBe(undefined);
  });

  test('a run that is cancelled while it waits ends, and nobody is waited for', async () => {
    const abort = new AbortController();
    let over: AbortSignal | undefined;
    const ask: Ask = (_before, signal) => {
      over = signal;
      abort.abort();
      return new Promise(() => {});
    };
    const { timeline } = await runs(program('input("? ")'), { engine, clock: 'virtual', limits, ask }, abort.signal);
    expect(timeline.truncated?.reason).toBe('cancelled');
    expect(over?.aborted).toBe(true);
  });

  test('without a person the input is at its end', async () => {
    const file = program('try:\n    input("? ")\nexcept EOFError:\n    print("end")');
    const { stdout } = await runs(file, { engine, clock: 'virtual', limits });
    expect(stdout).toBe('? end\n');
  });
});

describe.each(interpreters)('input beside a loop: $version', ({ command }) => {
  test('a thread reads while the loop goes on; in the loop it holds it', async () => {
    const { ask } = person('a\n', 'b\n');
    const answer: Ask = async (...asked) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return ask(...asked);
    };
    const { stdout, timeline } = await runs(
      program(`import asyncio
async def main():
    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, input))
    print(input())
asyncio.run(main())`),
      { engine: command, clock: 'real', limits, ask: answer },
    );
    expect(stdout).toBe('a\nb\n');
    const held = problemsOf(timeline).filter(({ kind }) => kind === 'blocking');
    expect(held.map(({ site }) => timeline.sites[site]?.line)).toEqual([5]);
  });
});
