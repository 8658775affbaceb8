import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { TraceStory } from '../core/encode';
import { coroscope, type Said, scratch } from './coroscope';

/** Sets the clipboard (OSC 52), a title, a colour, moves the cursor; C1 forms of the same; a bell; marks that turn the direction of writing. */
const hostile =
  '\u001b]52;c;Y2Fs\u0007\u001b]0;t\u001b\\\u001b[31m\u001b[2J\u009b2J\u009d0;t\u009c\r\b\u202egnp\u202c\u2066x\u2069\u200f\u061c';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** Every text of a program that a trace can hold, each hostile. */
const program = `
import asyncio
class E(Exception): pass
E.__name__ = E.__qualname__ = ${JSON.stringify(hostile)}
bad = ${JSON.stringify(hostile)}
async def job(lock):
    async with lock: await asyncio.sleep(1)
    return bad
job.__qualname__ = job.__name__ = bad
async def fails(): raise E(bad)
async def lost(): pass
async def main():
    lock = asyncio.Lock()
    tasks = [asyncio.create_task(job(lock), name=f"{bad}{i}") for i in range(2)]
    await asyncio.gather(*tasks)
    print(bad)
    asyncio.create_task(fails(), name=bad)
    lost()
    await asyncio.get_running_loop().create_future()
asyncio.run(main())
`;

const folder = scratch();
const trace = join(folder, 'hostile.coroscope');

beforeAll(async () => {
  const file = join(folder, 'hostile.py');
  writeFileSync(file, program);
  const ran = await coroscope(['run', '--engine', 'embedded', '--trace', trace, file]);
  expect(ran.code).toBe(4);
});

const harmless = ({ stdout, stderr }: Said) => {
  expect(stdout + stderr).not.toMatch(obeyed);
  expect(stdout.length).toBeGreaterThan(200);
};

describe('nothing of a trace is obeyed by the terminal', () => {
  test.each([
    ['the timeline', ['show']],
    ['in Korean', ['show', '--lang', 'ko']],
    ['JSON', ['show', '--json']],
    ['a comparison', ['compare', trace]],
    ['a comparison as JSON', ['compare', '--json', trace]],
  ])('%s', async (_, args) => harmless(await coroscope([...args, trace])));

  test('a header that lies', async () => {
    const file = join(folder, 'header.coroscope');
    const story = new TraceStory(`/tmp/${hostile}.py`);
    const main = story.task(hostile, hostile, 0);
    story.step(main, { start: 0, stands: [`${hostile}:1:1`], wait: ['future', hostile] });
    writeFileSync(file, story.bytes());
    harmless(await coroscope(['show', file]));
  });

  test('a path on the command line', async () => {
    const { stderr, code } = await coroscope(['show', `/${hostile}`]);
    expect([code, obeyed.test(stderr)]).toEqual([3, false]);
    expect(stderr).toContain('There is no file /');
  });
});

test('JSON has the same texts as the program', async () => {
  const { stdout } = await coroscope(['show', '--json', trace]);
  const names = (JSON.parse(stdout) as { tasks: { name: string }[] }).tasks.map(({ name }) => name);
  expect(names).toContain(`${hostile}0`);
});

test('a message of several lines cannot pass for several messages', async () => {
  const { stderr } = await coroscope(['show', '/nowhere/a\ncoroscope: all is well']);
  expect(stderr.match(/^coroscope: /gm)).toHaveLength(1);
});
