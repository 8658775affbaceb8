import { describe, expect, test } from 'vitest';
import { storyOf } from '../../src/core/describe/story';
import { sentenceText } from '../../src/core/describe/story-words';
import { buildLanes } from '../../src/core/lanes/lanes';
import { timelineText } from '../../src/core/text/text';
import { translator } from '../../src/core/translate';
import { interpreters, program, runs } from '../engines/here';

/** What Python itself prints is never said to be printed by a task. */

const t = translator(undefined);
const engines = [{ version: 'embedded', command: 'embedded' }, ...interpreters];

const SOURCE = `import asyncio, gc, logging, sys, time, warnings
class Bad:
    def __del__(self):
        raise ValueError("in del")
async def lost():
    raise ValueError("lost")
async def never():
    pass
async def main():
    loop = asyncio.get_running_loop()
    warnings.warn("careful")
    never()
    b = Bad()
    del b
    print("own words", file=sys.stderr)
    logging.getLogger("asyncio").error("own record")
    asyncio.create_task(lost())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()
    loop.set_debug(True)
    await asyncio.sleep(0.1)
    time.sleep(0.3)
    await asyncio.sleep(0.1)
    print("end")
asyncio.run(main())`;

describe.each(engines)('what Python itself says: $version', ({ command }) => {
  test('it has no task and no line, and is marked', async () => {
    const { timeline } = await runs(program(SOURCE), { engine: command, clock: 'virtual' });
    const said = (own: boolean) =>
      timeline.output
        .filter(({ byPython }) => byPython !== own)
        .map(({ text }) => text)
        .join('');
    expect(said(true)).toBe('own words\nown record\nend\n');
    for (const words of ['careful', 'was never awaited', 'in del', 'never retrieved', 'Executing <Task'])
      expect(said(false)).toContain(words);
    for (const { byPython, task, site } of [...timeline.output, ...timeline.logs])
      expect(byPython ? [task, site] : [task], 'whose it is').toEqual(byPython ? [0, 0] : [1]);
    expect(timeline.logs.filter(({ byPython }) => !byPython).map(({ message }) => message)).toEqual(['own record']);
  });

  test('the story has the words of the program only; the text names Python', async () => {
    const { timeline } = await runs(program(SOURCE), { engine: command, clock: 'virtual' });
    const lanes = buildLanes(timeline);
    const told = storyOf(lanes);
    const text = Array.from({ length: told.count }, (_, i) => sentenceText(lanes, told, told.sentence(i), t)).join(' ');
    expect(text).toContain('It prints “own words”. It logs ERROR: “own record”.');
    expect(text).not.toMatch(/UserWarning|RuntimeWarning|never retrieved|Exception ignored|Executing/);
    const drawn = timelineText(timeline, { width: 120, translate: t, root: '', ascii: false, colour: false });
    expect(drawn).toMatch(/ Python +│.*UserWarning: careful/);
  });
});
