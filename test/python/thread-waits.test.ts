import { expect, test } from 'vitest';
import { problemsOf } from '../../src/core/findings/findings';
import { interpreters, program, runs } from '../engines/here';

/** On the virtual clock a wait for a thread takes its time, and is reported as blocking the loop. Once, a wait with a timeout never ended. */

const alone = `import asyncio, queue, threading, time
things, flag = queue.Queue(), threading.Event()
async def tick():
    for number in range(2):
        await asyncio.sleep(0.2)
        print('tick', number)
async def main():
    ticks = asyncio.create_task(tick())
    await asyncio.sleep(0.01)
    began = time.monotonic()
    try:
        things.get(timeout=0.3)
    except queue.Empty:
        print('empty', round(time.monotonic() - began, 1))
    await asyncio.sleep(0)
    over = flag.wait(0.5)
    print(over, round(time.monotonic() - began, 1))
    await ticks
asyncio.run(main())
`;
const beside = `import asyncio, threading, time
async def main():
    await asyncio.sleep(0.01)
    began = time.monotonic()
    thread = threading.Thread(target=time.sleep, args=(0.3,))
    thread.start()
    thread.join(0.1)
    print(thread.is_alive(), round(time.monotonic() - began, 1))
    await asyncio.sleep(0)
    thread.join()
    print(round(time.monotonic() - began, 1))
asyncio.run(main())
`;

const blocked = async (command: string, source: string) => {
  const { timeline } = await runs(program(source), { engine: command, clock: 'virtual' });
  const lines = problemsOf(timeline)
    .filter(({ kind }) => kind === 'blocking')
    .map(({ site }) => timeline.sites[site]?.call);
  return [timeline.output.map(({ text }) => text).join(''), lines] as const;
};

test.each([{ version: 'embedded', command: 'embedded' }, ...interpreters])(
  'waits that run out: $version',
  async ({ command }) => {
    const [output, lines] = await blocked(command, alone);
    expect(output).toBe('empty 0.3\nFalse 0.8\ntick 0\ntick 1\n');
    expect(lines.sort()).toEqual(['flag.wait(0.5)', 'things.get(timeout=0.3)']);
  },
);

test.each(interpreters)('threads that are joined: $version', async ({ command }) => {
  const [output, lines] = await blocked(command, beside);
  expect(output).toBe('True 0.1\n0.3\n');
  expect(lines.sort()).toEqual(['thread.join()', 'thread.join(0.1)']);
});
