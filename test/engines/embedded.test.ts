import { afterAll, expect, test } from 'vitest';
import { embeddedModules } from '../../src/engines/embedded/modules';
import { disposeEngines } from '../../src/engines/run';
import { whole } from '../whole';
import { program, runs } from './here';

afterAll(disposeEngines);
const engine = 'embedded';

// It imports all of the standard library, which changes with Pyodide alone.
test.runIf(whole)('the list of modules is what this Python can import', async () => {
  const source = `
import importlib, sys, warnings
warnings.simplefilter("ignore")
for name in sorted(sys.stdlib_module_names):
    if name in ("antigravity", "this", "idlelib") or name.startswith("_"): continue
    try:
        importlib.import_module(name)
    except ImportError:
        continue
    print(name)
`;
  const { stdout } = await runs(program(source), { engine });
  const known = [...embeddedModules].filter((name) => !name.startsWith('_') && name !== 'this').sort();
  expect(stdout.trim().split('\n').sort()).toEqual(known);
});

test('runs share nothing: modules, names of tasks, streams', async () => {
  const messy =
    'import asyncio, sys, os\nsys.path.clear()\nsys.stdout = None\nos.environ["A"] = "1"\nasyncio.sleep = None\nleft = 1';
  await runs(program(messy), { engine });
  const clean = `
import asyncio, os, sys
async def main():
    await asyncio.sleep(1)
    print(asyncio.current_task().get_name(), "left" in globals(), os.environ.get("A"))
asyncio.run(main())
`;
  for (let i = 0; i < 2; i++) expect((await runs(program(clean), { engine })).stdout).toBe('Task-1 False None\n');
});

test('a second run waits for the first', async () => {
  const says = (word: string) =>
    program(
      `import asyncio\nasync def main():\n    await asyncio.sleep(1)\n    print(${JSON.stringify(word)})\nasyncio.run(main())`,
    );
  const results = await Promise.all(['one', 'two', 'three'].map((word) => runs(says(word), { engine })));
  expect(results.map(({ stdout }) => stdout)).toEqual(['one\n', 'two\n', 'three\n']);
});

test('a program that was stopped prints nothing more, wherever it cleans up, and the next run prints again', async () => {
  const source = `
import asyncio

class Held:
    def __del__(self):
        print('del')

async def each(n):
    held = Held()
    try:
        while True:
            await asyncio.sleep(1)
            print('tick', n)
    except BaseException as error:
        print('caught', error)
        await asyncio.sleep(1)
        print('after')
    finally:
        print('finally')

async def main():
    await asyncio.gather(each(1), each(2))

try:
    asyncio.run(main())
finally:
    print('outer finally')
    asyncio.run(each(3))
`;
  const { stdout, timeline } = await runs(program(source), {
    engine,
    limits: { steps: 0, virtualTime: 2.5, wallTime: 0 },
  });
  expect(timeline!.truncated?.reason).toBe('virtual-time');
  expect(stdout).toBe('tick 1\ntick 2\ntick 1\ntick 2\n');
  expect(timeline!.output.map(({ text }) => text).join('')).toBe(stdout);
  expect((await runs(program('print("hello")'), { engine })).stdout).toBe('hello\n');
});

test('os._exit ends that Python; the next run has another', async () => {
  const leaves = 'import os\nprint("bye", flush=True)\nos._exit(9)';
  const left = await runs(program(leaves), { engine });
  expect(left).toMatchObject({ exit: 9, stdout: 'bye\n' });
  expect(left.timeline).toMatchObject({ exit: 9, truncated: undefined });
  expect(await runs(program('print("again")'), { engine })).toMatchObject({ exit: 0, stdout: 'again\n' });
});

test('memory that runs out is the program’s error, and the next run is well', async () => {
  const { exit, stderr } = await runs(program('hoard = []\nwhile True: hoard.append(bytearray(1 << 28))'), { engine });
  expect(exit === 1 ? stderr : 'MemoryError').toMatch(/MemoryError/);
  expect(await runs(program('print("again")'), { engine })).toMatchObject({ stdout: 'again\n' });
});

test('threads, sockets and processes fail with an error that says so', async () => {
  const { exit, stderr } = await runs(
    program('import asyncio\nasync def main():\n    await asyncio.to_thread(print, 1)\nasyncio.run(main())'),
    { engine },
  );
  expect(exit).toBe(1);
  expect(stderr).toMatch(/RuntimeError: .*threads/);
});

test('what hashlib only has from OpenSSL says so where it is called', async () => {
  const { stdout, stderr } = await runs(
    program(
      'import hashlib\nprint(hashlib.sha256(b"a").hexdigest()[:5], hasattr(hashlib, "md6"))\nhashlib.scrypt(b"a")',
    ),
    { engine },
  );
  expect(stdout).toBe('ca978 False\n');
  expect(stderr).toContain(
    'RuntimeError: hashlib.scrypt needs OpenSSL, which the embedded Python does not have. Run this program with an interpreter.',
  );
});

test('sees neither the files of this machine nor Node', async () => {
  const source = `
import os
print(os.path.exists("/etc/passwd"), os.listdir("/home"))
try:
    import js
    print(hasattr(js, "process"), hasattr(js, "require"), hasattr(js, "fetch"))
except ImportError:
    print(False, False, False)
`;
  const { stdout } = await runs(program(source), { engine });
  expect(stdout.split('\n')[1]).toBe('False False False');
  expect(stdout).toMatch(/^False /);
});

test('a program in another encoding that declares it', async () => {
  const { writeFileSync } = await import('node:fs');
  const file = program('x');
  writeFileSync(
    file,
    Buffer.concat([Buffer.from('# -*- coding: euc-kr -*-\nprint("'), Buffer.from([0xb0, 0xa1]), Buffer.from('")\n')]),
  );
  expect((await runs(file, { engine })).stdout).toBe('가\n');
});
