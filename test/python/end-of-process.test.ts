import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'vitest';
import { interpreters } from '../engines/here';
import { expectAlike, run } from './alike';

/** What Python does while it ends, after all of the program has run, is as without a tracer: the same words on stderr, the same values gone. */

const programs = {
  'a failed task in a global': `import asyncio
keep = []
async def bad():
    raise ValueError('lost')
async def main():
    keep.append(asyncio.create_task(bad()))
    await asyncio.sleep(0.01)
asyncio.run(main())
print('end')
`,
  'a coroutine in a global': `import asyncio
async def never():
    pass
left = never()
async def main():
    await asyncio.sleep(0.01)
asyncio.run(main())
`,
  'a finalizer in a global that imports': `import asyncio
class Value:
    def __del__(self):
        try:
            import wave
            print('imported')
        except ImportError as error:
            print(error)
value = Value()
async def main():
    await asyncio.sleep(0.01)
asyncio.run(main())
`,
  'garbage that imports': `import asyncio
class Value:
    def __init__(self):
        self.me = self
    def __del__(self):
        import wave
        print('imported')
async def main():
    Value()
    await asyncio.sleep(0.01)
asyncio.run(main())
`,
  'SystemExit in a task': `import asyncio, sys
async def quitter():
    sys.exit(3)
async def main():
    task = asyncio.create_task(quitter())
    await asyncio.sleep(1)
asyncio.run(main())
`,
  'a daemon thread that goes on': `import asyncio, threading, time
def forever():
    while True:
        time.sleep(0.01)
async def main():
    threading.Thread(target=forever, daemon=True).start()
    await asyncio.sleep(0.05)
    print('end')
asyncio.run(main())
`,
};
const tracer = resolve('src/python/coroscope');
const folder = mkdtempSync(join(tmpdir(), 'coroscope-'));

describe.each(interpreters)('the end of the process: $version', ({ command, version }) => {
  test.each(['real', 'virtual'])('on the %s clock', async (clock) => {
    for (const [name, source] of Object.entries(programs)) {
      if (name === 'a failed task in a global' && version.startsWith('3.13.')) {
        console.log(`skipped: ${name} on ${version}: logging itself fails there, in frames that differ`);
        continue;
      }
      const file = join(folder, `${name.replaceAll(' ', '_')}.py`);
      writeFileSync(file, source);
      await expectAlike(
        () => run(command, [file], { plain }),
        () => run(command, [tracer, 'run', '--clock', clock, '--trace', `${file}.${clock}.coroscope`, file], { plain }),
      );
    }
  });
});

const plain = (text: string) => text.replaceAll(/0x[0-9a-f]+/g, '0x…');
