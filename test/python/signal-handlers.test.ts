import { describe, expect, test } from 'vitest';
import { interpreters, program, runs } from '../engines/here';

/** The tracer asks each task for its name: here that sends a signal, from within the tracer and without a frame of the program. */
const WITHIN = `
import asyncio, functools, signal

class Late(Exception):
    pass

heard = []

def ring(number, frame):
    heard.append(number)
    # The tracer asks for the name more than once.
    if len(heard) == 1:
        raise Late(number)

class Named(asyncio.Task):
    get_name = staticmethod(functools.partial(signal.raise_signal, signal.SIGUSR1))

async def job():
    return 1

async def main():
    loop = asyncio.get_running_loop()
    Named(job(), loop=loop)
    for _ in range(200_000):
        await asyncio.sleep(0)

previous = signal.signal(signal.SIGUSR1, ring)
print(previous, signal.getsignal(signal.SIGUSR1) is ring)
try:
    asyncio.run(main())
except Late:
    print('late')
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is ring, signal.getsignal(signal.SIGUSR1))
`;

/** An alarm that interrupts anything. */
const ANYWHERE = `
import asyncio, signal, sys, traceback

class Late(Exception):
    pass

class Bell:
    def ring(self, number, frame):
        raise Late()

async def main():
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    for _ in range(200_000):
        await asyncio.sleep(0)

signal.signal(signal.SIGALRM, Bell().ring)
try:
    asyncio.run(main())
except Late as late:
    print('late', traceback.extract_tb(late.__traceback__)[-1].name)
    print(any('/python/coroscope/' in frame.filename for frame in traceback.extract_tb(late.__traceback__)))
`;

describe.each(interpreters)('a signal handler of the program: $version', ({ command }) => {
  test.each(['real', 'virtual'] as const)('waits for the tracer that it interrupts, on the %s clock', async (clock) => {
    const { stdout, stderr, timeline } = await runs(program(WITHIN), { engine: command, clock });
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/ True$/),
      expect.stringMatching(/^late$/),
      expect.stringMatching(/^True /),
      '',
    ]);
    expect(timeline.truncated).toBeUndefined();
  });

  test('is heard wherever it comes, and no frame of the tracer is in its traceback', async () => {
    const { stdout, stderr, timeline } = await runs(program(ANYWHERE), { engine: command, clock: 'real' });
    expect(stderr).toBe('');
    expect(stdout).toBe('late ring\nFalse\n');
    expect(timeline.truncated).toBeUndefined();
  });
});
