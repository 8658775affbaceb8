import { afterAll, describe, expect, test } from 'vitest';
import { chainOf } from '../../src/core/places/chain';
import { State, type Task } from '../../src/core/timeline/model';
import { disposeEngines } from '../../src/engines/run';
import { Blocks } from '../../src/source/blocks';
import type { Wish } from '../../src/source/make-plan';
import { interpreters, runs } from '../engines/here';

/** Pieces of a note, run as one program: the same on every Python, every place that of the note. */

const engines = [
  { name: 'embedded', engine: 'embedded', minor: 14 },
  ...interpreters.map(({ version, command }) => ({
    name: version,
    engine: command,
    minor: Number(version.split('.')[1]),
  })),
];
afterAll(disposeEngines);

const file = '/notes/메모.md';
const note = `# 메모

- 목록
  \`\`\`python
  async def 일(이름, s):
      x = "한글😀"; await asyncio.sleep(s)
      return 이름
  \`\`\`

\`\`\`pycon
>>> a, b = await 일("A", 1), await 일("B", 2)
>>> for n in range(2):
...     asyncio.create_task(일(n, 3))
...
<Task pending>
\`\`\`

\`\`\`python
async def main():
    await 일("C", 1)
    raise ValueError("여기")
\`\`\`

> \`\`\`python
> def f(:
>     pass
> \`\`\`

\`\`\`python
async def ticks(n=2):
    for i in range(n):
        yield i
        await asyncio.sleep(1)
\`\`\`
`;

async function run(number: number, engine: string, wish?: Wish) {
  const plan = Blocks.of({ file, text: note })!.plan(number - 1, wish);
  if (plan.kind !== 'pieces') throw new Error(JSON.stringify(plan));
  const { kind: _, ...order } = plan;
  return runs(file, { engine, clock: 'virtual', pieces: { program: file, file, folder: '/notes', ...order } });
}

describe.each(engines)('$name', ({ engine, minor }) => {
  test('awaits at module level; places in lines and UTF-16 columns of the note', async () => {
    const { timeline, exit, stdout, stderr } = await run(2, engine);
    expect({ exit, stdout, stderr }).toEqual({ exit: 0, stdout: '', stderr: '' });
    const { segments } = timeline;
    const tasks = timeline.tasks.filter((task) => task.code?.user);
    const firstWait = ({ first, count }: Task) =>
      Array.from({ length: count }, (_, i) => first + i).find((i) => segments.state[i] === State.suspended)!;
    const places = tasks.map((task) =>
      chainOf(timeline, segments.site[firstWait(task)])
        .filter(({ code }) => code.user)
        .map(({ line, column }) => [line, column]),
    );
    const column = (at: number) => (minor >= 11 ? at : null);
    const inside = [6, column(18)];
    expect(places).toEqual([[[11, column(11)], inside], [inside], [inside]]);
    // As in a notebook, what was begun goes on.
    expect(tasks.map((task) => [task.coroutine, task.ended])).toEqual([
      ['<module>', 3],
      ['일', 6],
      ['일', 6],
    ]);
    expect(timeline.sites[tasks[1].site]).toMatchObject({ line: 13, column: column(8) });
  });

  test('an entry that is called; a traceback shows the lines of the note', async () => {
    const { exit, stderr, timeline } = await run(3, engine);
    expect(exit).toBe(1);
    expect(stderr).toContain(`File "${file}", line 21, in main\n    raise ValueError("여기")\n`);
    expect(stderr).not.toMatch(/pieces\.py|program\.py/);
    expect(timeline.tasks[0]).toMatchObject({ coroutine: 'main', name: 'Task-1' });
    expect(timeline.meta.notes.map(({ kind }) => kind)).toEqual(['entry', 'imports', 'borrowed']);
  });

  test('a SyntaxError stands where it stands in the note', async () => {
    const { exit, stderr } = await run(4, engine);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/File "\/notes\/메모\.md", line 25\n {4}> def f\(:\n {12}\^\nSyntaxError: invalid syntax/);
  });

  test('an asynchronous generator is gone through', async () => {
    const { exit, timeline } = await run(5, engine);
    expect(exit).toBe(0);
    expect(timeline.tasks[0]).toMatchObject({ coroutine: 'ticks', ended: 2 });
  });

  test('a call with arguments; one that is wrong is Python’s to judge', async () => {
    expect((await run(1, engine, { call: '일("Z", s=4)' })).timeline.duration).toBe(4);
    const { exit, stderr } = await run(1, engine, { call: '일("Z")' });
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /File "\/notes\/메모\.md", line 5, in <module>[\s\S]*TypeError: .*missing 1 required positional argument: 's'/,
    );
  });
});
