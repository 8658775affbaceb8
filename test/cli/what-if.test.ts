import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { afterAll, describe, expect, test } from 'vitest';
import { disposeEngines } from '../../src/engines/run';
import { program } from '../engines/here';
import { command } from './coroscope';

const SLEEPS = `import asyncio


async def worker(n):
    await asyncio.sleep(n)
    print("done", n)


async def main():
    one = asyncio.create_task(worker(1), name="one")
    two = asyncio.create_task(worker(2), name="two")
    await asyncio.wait([one, two])


asyncio.run(main())
`;

afterAll(disposeEngines);

describe('--what-if', () => {
  test('another time for the wait of one task: said, marked, and in the JSON', async () => {
    const file = program({ 'sleeps.py': SLEEPS });
    const args = ['run', '--engine', 'embedded', '--what-if', 'sleeps.py:5@one#1=5s'];
    const cwd = dirname(file);
    const { code, stdout, stderr } = await command([...args, file], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^done 2\ndone 1\n/);
    expect(stdout).toContain('What if line 5 in one takes 5 s?');
    expect(stdout).toContain('sleep 5 s · changed by you: 1 s → 5 s');
    expect(stderr).not.toContain('never came');
    const json = JSON.parse((await command([...args, '--what-if', '7=1', '--json', file], { cwd })).stdout);
    expect(json.duration).toBeCloseTo(5, 6);
    expect(json.whatIf).toMatchObject([
      { line: 5, task: { name: 'one', path: null }, visit: 1, to: 5, came: true },
      { file, line: 7, task: null, visit: null, to: 1, came: false },
    ]);
    const valid = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync('docs/timeline.schema.json', 'utf8')),
    );
    expect(valid(json), JSON.stringify(valid.errors)).toBe(true);
  });

  test('a wait that never comes is said; so is what makes no sense', async () => {
    const file = program({ 'sleeps.py': SLEEPS });
    const lost = await command(['run', '--engine', 'embedded', '--what-if', '6=5s', file]);
    expect(lost.code).toBe(0);
    expect(lost.stderr).toContain(
      'What if line 6 always takes 5 s: the program never waited there, so nothing was changed.',
    );
    expect(await command(['run', '--what-if', 'soon', file])).toMatchObject({ code: 2 });
    const real = await command(['run', '--clock', 'real', '--what-if', '5=1s', file]);
    expect(real).toMatchObject({ code: 2, stdout: '' });
    expect(real.stderr).toContain('--what-if needs the virtual clock');
  });

  test('of a block of a note, and of code on the command line', async () => {
    const note = program({ 'notes.md': `# Sleeping\n\n\`\`\`python\n${SLEEPS}\`\`\`\n` });
    const { stdout } = await command(['run', '--engine', 'embedded', '--what-if', '8@one=9', `${note}#1`]);
    expect(stdout).toContain('sleep 9 s · changed by you: 1 s → 9 s');
    const code = ['-c', 'import asyncio\nawait asyncio.sleep(2)'];
    expect((await command(['run', '--what-if', '2=3s', ...code])).stdout).toContain('sleep 3 s');
  });
});
