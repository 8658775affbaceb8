import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { interpreters } from '../engines/here';
import { run } from './alike';

/** A thread that sleeps beside a loop that never waits wakes when the virtual clock comes there: timers that are due before fire before. */

const SOURCE = `import asyncio, threading, time
flag = False
def setter():
    global flag
    time.sleep(0.2)
    flag = True
async def beat():
    while not flag:
        print('beat')
        await asyncio.sleep(0.15)
async def main():
    threading.Thread(target=setter).start()
    task = asyncio.create_task(beat())
    while not flag:
        await asyncio.sleep(0)
    print('seen')
    await task
asyncio.run(main())
`;
const file = join(mkdtempSync(join(tmpdir(), 'coroscope-')), 'polling.py');
writeFileSync(file, SOURCE);

test.each(interpreters)('on $version', async ({ command }) => {
  const tracer = resolve('src/python/coroscope');
  const end = await run(command, [tracer, 'run', '--clock', 'virtual', '--trace', `${file}.coroscope`, file]);
  expect(end).toEqual({ stdout: 'beat\nbeat\nseen\n', stderr: '', status: 0 });
});
