import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { interpreters, program } from '../engines/here';
import { coroscope } from './coroscope';

/** A library with an event loop of its own: stand-ins, since few machines have the real one. */

const trio = `class Run:
    def send(self, value): pass
def run(function):
    coroutine = function()
    try:
        while True: coroutine.send(None)
    except StopIteration: pass
`;
const onTrio = `import trio
async def main():
    print('done')
trio.run(main)
`;

describe.each(interpreters.slice(-1))('$version', ({ command }) => {
  const ran = (source: string, ...options: string[]) => {
    const file = program({ 'program.py': source, 'trio.py': trio });
    const env = { PYTHONPATH: dirname(file) };
    return coroscope(['run', '--engine', command, ...options, file], { env, cwd: join(dirname(file), '..') });
  };

  test('a program on trio is told so, and nothing of it is offered', async () => {
    const { code, stdout, stderr } = await ran(onTrio);
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'No task of asyncio ran. The program imports trio, whose event loop Coroscope does not record.',
    );
    expect(stdout + stderr).not.toMatch(/started no event loop|To run one of its/);
    expect(JSON.parse((await ran(onTrio, '--json')).stdout)).toMatchObject({ notRecorded: ['trio'], tasks: [] });
  });

  test('a program on asyncio that imports it is told as any other', async () => {
    const { stdout } = await ran('import asyncio, trio\nasync def main(): print(1)\nasyncio.run(main())\n');
    expect(stdout).toContain('main()');
    expect(stdout).not.toContain('trio');
  });
});
