import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { afterAll, describe, expect, test } from 'vitest';
import { disposeEngines } from '../../src/engines/run';
import { interpreters, program } from '../engines/here';
import { command, coroscope } from './coroscope';
import { sarifSchema } from './sarif-schema';

afterAll(disposeEngines);

const faulty = `import asyncio
import time


async def fetch():
    await asyncio.sleep(0.1)


async def main():
    fetch()
    await asyncio.sleep(0.1)
    time.sleep(0.3)


asyncio.run(main())
`;
const sound = 'import asyncio\nasync def main():\n    await asyncio.sleep(1)\nasyncio.run(main())\n';

/** Checks files of one folder, which is where the command is started. */
async function check(files: Readonly<Record<string, string>>, ...args: string[]) {
  const cwd = dirname(program(files));
  const said = await command(['check', ...args], { cwd });
  return { ...said, cwd, again: (...more: string[]) => command(['check', ...more], { cwd }) };
}

const heads = (stdout: string) => stdout.split('\n').filter((line) => /^\S/.test(line));

describe('findings', () => {
  test('stand on stdout as compilers print them; the program’s own output does not', async () => {
    const { code, stdout, stderr } = await check({ 'a.py': `print("hello")\n${faulty}` }, 'a.py');
    expect(code).toBe(1);
    expect(heads(stdout)).toEqual([
      "a.py:11:5: warning: coroutine 'fetch' was never awaited [never-awaited]",
      'a.py:13:5: warning: main() blocked the event loop for 300 ms at line 13: time.sleep(0.3) [blocking]',
    ]);
    expect(stdout).toContain('    Write await fetch(…), or asyncio.create_task(fetch(…)) to run it concurrently.\n');
    expect(stderr).toContain('hello\n');
    expect(stderr).toMatch(/coroscope: Findings: 2 \(warning: 2\)\.\n$/);
  });

  test('none: exit code 0, and nothing on stdout', async () => {
    const { code, stdout, stderr } = await check({ 'a.py': sound }, 'a.py');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/No findings\.\n$/);
  });

  test('of several programs, each with its own lines', async () => {
    const { code, stdout } = await check({ 'a.py': faulty, 'b.py': sound, 'c.py': faulty }, 'a.py', 'b.py', 'c.py');
    expect(code).toBe(1);
    expect(heads(stdout).map((line) => line.split(':')[0])).toEqual(['a.py', 'a.py', 'c.py', 'c.py']);
  });

  test('of a note: of every block, with the lines of the note', async () => {
    const note = `# Notes\n\n\`\`\`python\n${faulty}\`\`\`\n\n\`\`\`python\n${sound}\`\`\`\n`;
    const { stdout } = await check({ 'n.md': note }, 'n.md');
    expect(heads(stdout).map((line) => line.split(' ')[0])).toEqual(['n.md:13:5:', 'n.md:15:5:']);
  });

  test('of a trace: the same as of the run', async () => {
    const { cwd, stdout, again } = await check({ 'a.py': faulty }, 'a.py');
    await command(['run', '--trace', 'a.coroscope', 'a.py'], { cwd });
    const { code, stdout: ofTrace } = await again('a.coroscope');
    expect({ code, ofTrace }).toEqual({ code: 1, ofTrace: stdout });
  });

  test('in Korean keep their form', async () => {
    const { stdout } = await check({ 'a.py': faulty }, '--lang', 'ko', 'a.py');
    expect(heads(stdout)).toEqual([
      expect.stringMatching(/^a\.py:10:5: warning: .* \[never-awaited\]$/),
      expect.stringMatching(/^a\.py:12:5: warning: .*[가-힣].* \[blocking\]$/),
    ]);
  });

  test.runIf(interpreters.length > 0)('are the same under an interpreter', async () => {
    const { cwd } = await check({ 'a.py': faulty }, 'a.py');
    const { command: path } = interpreters.at(-1)!;
    const { code, stdout } = await coroscope(['check', '--engine', path, 'a.py'], { cwd });
    expect(code).toBe(1);
    expect(
      heads(stdout)
        .map((line) => line.replace(/for \d+ ms/, 'for … ms'))
        .sort(),
    ).toEqual([
      expect.stringMatching(/^a\.py:10:5: warning: coroutine 'fetch' was never awaited \[never-awaited\]$/),
      expect.stringMatching(/^a\.py:12:5: warning: .* for … ms at line 12: time\.sleep\(0\.3\) \[blocking\]$/),
    ]);
  });
});

describe('what fails', () => {
  test('--fail-on: a severity, kinds, or nothing', async () => {
    const { again } = await check({ 'a.py': faulty }, 'a.py');
    const codes = async (...failOn: string[]) =>
      Promise.all(failOn.map(async (each) => [each, (await again('--fail-on', each, 'a.py')).code]));
    expect(await codes('warning', 'error', 'none', 'blocking', 'deadlock', 'error,never-awaited')).toEqual([
      ['warning', 1],
      ['error', 0],
      ['none', 0],
      ['blocking', 1],
      ['deadlock', 0],
      ['error,never-awaited', 1],
    ]);
  });

  test('what is merely worth knowing is reported where it is asked for', async () => {
    const cancels = `import asyncio
async def main():
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
asyncio.run(main())
`;
    const { code, stdout, again } = await check({ 'a.py': cancels }, 'a.py');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const asked = await again('--fail-on', 'cancelled', 'a.py');
    expect(asked.code).toBe(1);
    expect(heads(asked.stdout)).toEqual([expect.stringMatching(/^a\.py:\d+:\d+: info: .* \[cancelled\]$/)]);
  });

  test('--max-block: how long a step may hold the event loop', async () => {
    const { code, stdout } = await check({ 'a.py': faulty }, '--max-block', '0.5', 'a.py');
    expect(code).toBe(1);
    expect(heads(stdout)).toEqual([expect.stringContaining('[never-awaited]')]);
  });

  test('a program that fails, whatever --fail-on says; a deadlock is a finding', async () => {
    const { code, stderr } = await check({ 'a.py': 'raise SystemExit(3)' }, '--fail-on', 'none', 'a.py');
    expect(code).toBe(1);
    expect(stderr).toContain('coroscope: a.py failed with exit code 3.\n');
    const waits = 'import asyncio\nasync def main():\n    await asyncio.Event().wait()\nasyncio.run(main())\n';
    const stuck = await check({ 'b.py': waits }, 'b.py');
    expect(stuck.code).toBe(1);
    expect(heads(stuck.stdout)).toEqual([expect.stringMatching(/^b\.py:3:\d+: error: .* \[deadlock\]$/)]);
  });

  test('4: stopped at a limit without a finding; 3: what cannot be run, though others have findings', async () => {
    const endless =
      'import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())';
    const { code, again } = await check({ 'a.py': endless, 'b.py': faulty }, '--max-virtual-time', '20', 'a.py');
    expect(code).toBe(4);
    const gone = await again('b.py', 'gone.py');
    expect(gone.code).toBe(3);
    expect(gone.stderr).toContain('There is no file');
  });

  test('2: a command line that makes no sense', async () => {
    const says = async (...args: string[]) => {
      const { code, stderr } = await command(['check', ...args]);
      return [code, stderr.trim()];
    };
    expect(await says()).toEqual([2, expect.stringContaining('Write coroscope check FILE….')]);
    expect(await says('--fail-on', 'blokking', 'a.py')).toEqual([2, expect.stringMatching(/blokking .* blocking,/)]);
    expect(await says('--max-block', '5ms', 'a.py')).toEqual([2, expect.stringContaining('100ms or more')]);
    expect(await says('--story', 'a.py')).toEqual([2, expect.stringContaining('--story')]);
    expect(await says('--update-baseline', 'a.py')).toEqual([2, expect.stringContaining('--baseline FILE')]);
    expect(await says('--sarif', '--json', 'a.py')).toEqual([2, expect.stringContaining('--sarif needs a value')]);
  });
});

describe('comments', () => {
  const ignoring = faulty
    .replace('fetch()\n    await', 'fetch()  # coroscope: ignore\n    await')
    .replace('time.sleep(0.3)', 'time.sleep(0.3)  # coroscope: ignore[never-awaited]');

  test('leave out what they name', async () => {
    const { code, stdout, stderr, again } = await check({ 'a.py': ignoring }, 'a.py');
    expect(code).toBe(1);
    expect(heads(stdout)).toEqual([expect.stringContaining('[blocking]')]);
    expect(stderr).toMatch(/Findings: 1 \(warning: 1\)\. Ignored by comments: 1\.\n$/);
    const all = await again('--json', 'a.py');
    const { findings } = JSON.parse(all.stdout);
    expect(findings.map(({ kind, leftOut, fails }: Record<string, unknown>) => [kind, leftOut, fails])).toEqual([
      ['never-awaited', 'comment', false],
      ['blocking', null, true],
    ]);
  });

  test('at a call are about what it leads to', async () => {
    const text =
      'import asyncio, time\nasync def slow():\n    time.sleep(0.2)\nasync def main():\n    await slow()  # coroscope: ignore[blocking]\nasyncio.run(main())\n';
    expect(await check({ 'a.py': text }, 'a.py')).toMatchObject({ code: 0, stdout: '' });
  });

  test('are obeyed on the real clock', async () => {
    if (interpreters.length === 0) return;
    const { cwd } = await check({ 'a.py': ignoring }, 'a.py');
    const { stdout } = await coroscope(['check', '--engine', interpreters.at(-1)!.command, 'a.py'], { cwd });
    expect(heads(stdout)).toEqual([expect.stringContaining('[blocking]')]);
  });
});

describe('a baseline', () => {
  test('lets pass what it knows, wherever its lines have moved, and nothing else', async () => {
    const { cwd, again } = await check({ 'a.py': faulty }, 'a.py');
    const written = await again('--baseline', 'known.json', '--update-baseline', 'a.py');
    expect(written.code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8'))).toMatchObject({
      format: 1,
      findings: [
        { kind: 'blocking', file: 'a.py', count: 1 },
        { kind: 'never-awaited', file: 'a.py', count: 1 },
      ],
    });
    const moved = `"""A docstring."""\n\n${faulty}`;
    writeFileSync(join(cwd, 'a.py'), moved);
    const same = await again('--baseline', 'known.json', 'a.py');
    expect(same).toMatchObject({ code: 0, stdout: '' });
    expect(same.stderr).toMatch(/No findings\. Known from known\.json: 2\.\n$/);
    writeFileSync(join(cwd, 'a.py'), moved.replace('    fetch()\n', '    fetch()\n    fetch()\n'));
    const more = await again('--baseline', 'known.json', 'a.py');
    expect(more.code).toBe(1);
    expect(heads(more.stdout)).toEqual([expect.stringContaining('[never-awaited]')]);
  });

  test('that is missing, or is none, is told', async () => {
    const { code, stderr, cwd, again } = await check({ 'a.py': sound }, '--baseline', 'known.json', 'a.py');
    expect(code).toBe(3);
    expect(stderr).toBe('coroscope: There is no baseline known.json. --update-baseline writes it.\n');
    writeFileSync(join(cwd, 'known.json'), '{"format": 2}');
    expect(await again('--baseline', 'known.json', 'a.py')).toMatchObject({
      code: 3,
      stderr: 'coroscope: known.json is not a baseline that this version of Coroscope can read.\n',
    });
  });
});

describe('SARIF', () => {
  test('is valid, with places, levels and fingerprints', async () => {
    const { cwd, code, again } = await check({ 'a b.py': faulty }, '--sarif', 'out.sarif', 'a b.py');
    expect(code).toBe(1);
    const log = JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8'));
    const valid = new Ajv({ allErrors: true }).compile(sarifSchema);
    expect(valid(log) ? [] : valid.errors).toEqual([]);
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules).toEqual([
      { id: 'never-awaited', shortDescription: { text: 'never awaited' } },
      { id: 'blocking', shortDescription: { text: 'blocked event loop' } },
    ]);
    expect(results[1]).toMatchObject({
      ruleId: 'blocking',
      ruleIndex: 1,
      level: 'warning',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b.py', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 5, endLine: 12, endColumn: 20 },
          },
        },
      ],
    });
    const before = results.map(({ partialFingerprints }: Record<string, unknown>) => partialFingerprints);
    writeFileSync(join(cwd, 'a b.py'), `\n\n${faulty}`);
    await again('--sarif', 'out.sarif', 'a b.py');
    const after = JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')).runs[0].results;
    expect(after.map(({ partialFingerprints }: Record<string, unknown>) => partialFingerprints)).toEqual(before);
  });

  test('is valid without a finding, and where no column is known', async () => {
    const { cwd } = await check({ 'a.py': sound }, '--sarif', 'out.sarif', 'a.py');
    const valid = new Ajv().compile(sarifSchema);
    expect(valid(JSON.parse(readFileSync(join(cwd, 'out.sarif'), 'utf8')))).toBe(true);
  });
});

describe('--try', () => {
  const shop = `import asyncio
import time


async def fetch(name, delay):
    await asyncio.sleep(delay)
    return name


async def beat():
    await asyncio.sleep(1.5)


async def main():
    asyncio.create_task(beat())
    user = await fetch("user", 1)
    orders = await fetch("orders", 2)
    print(user, orders)
    time.sleep(0.5)


asyncio.run(main())
`;

  test('runs the program with each change, and tells what came of it; the file stays as it is', async () => {
    const { cwd, code, stdout } = await check({ 'a.py': shop }, '--try', 'a.py');
    expect(code).toBe(1);
    expect(stdout).toContain(
      '    + async with asyncio.TaskGroup() as task_group:\n' +
        '    +     user_task = task_group.create_task(fetch("user", 1))\n' +
        '    +     orders_task = task_group.create_task(fetch("orders", 2))\n' +
        '    + user, orders = user_task.result(), orders_task.result()\n' +
        '    Tried on the virtual clock: with the change, the program takes 2.5 s instead of 3.5 s. It prints the same.\n',
    );
    expect(stdout).toContain('    + await asyncio.sleep(0.5)\n    Tried on the virtual clock');
    expect(readFileSync(join(cwd, 'a.py'), 'utf8')).toBe(shop);
  });

  test('a program that prints something else is told with the line', async () => {
    const ordered = shop
      .replace('    return name', '    print(name, "after", delay)\n    return name')
      .replace('"user", 1', '"user", 3');
    const { stdout } = await check({ 'a.py': ordered }, '--try', '--fail-on', 'none', '--lang', 'ko', 'a.py');
    expect(stdout).toContain('출력하는 줄은 같지만 순서가 다릅니다.');
    const timed = shop
      .replace('    asyncio.create_task', '    began = time.monotonic()\n    asyncio.create_task')
      .replace('print(user, orders)', 'print(time.monotonic() - began > 2.9)');
    const told = await check({ 'a.py': timed }, '--try', '--fail-on', 'none', 'a.py');
    expect(told.stdout).toContain('Line 1 of its output is “False” instead of “True”.');
  });

  test('as JSON; without the option nothing is tried', async () => {
    const { stdout, again } = await check({ 'a.py': shop }, '--try', '--json', 'a.py');
    const { findings } = JSON.parse(stdout);
    const found = findings.find(({ kind }: { kind: string }) => kind === 'sequential-awaits');
    expect(found).toMatchObject({ severity: 'info', fails: false, tried: { difference: null } });
    expect(found.tried.after - found.tried.before).toBeCloseTo(-1, 2);
    const plain = await again('a.py');
    expect(plain.stdout).not.toContain('Tried');
  });

  test('on an interpreter, also where the check itself is on the real clock', async () => {
    const cwd = dirname(program({ 'a.py': shop }));
    const { stdout } = await coroscope(['check', '--try', '--engine', interpreters.at(-1)!.command, 'a.py'], { cwd });
    expect(stdout).toMatch(/takes 2\.5\d* s instead of 3\.5\d* s\. It prints the same\./);
  });
});
