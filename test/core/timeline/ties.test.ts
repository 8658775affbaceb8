import { expect, test } from 'vitest';
import { storyOf } from '../../../src/core/describe/story';
import { sentenceText } from '../../../src/core/describe/story-words';
import { timelineJson } from '../../../src/core/json/json';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { State } from '../../../src/core/timeline/model';
import { tieOf, wokenAt } from '../../../src/core/timeline/ties';
import { translator } from '../../../src/core/translate';
import { program, runs } from '../../engines/here';

const t = translator(undefined);
const MEET = `import asyncio

async def chain():
    await asyncio.sleep(0.1)
    await asyncio.sleep(0.1)
    print("chain")

async def once():
    await asyncio.sleep(0.2)
    print("once")

async def main():
    await asyncio.gather(chain(), once())

asyncio.run(main())
`;

test('timers of different moments that meet are told as a tie, and can be shown in the other order', async () => {
  const { timeline, stdout } = await runs(program(MEET), { engine: 'embedded' });
  expect(stdout).toBe('once\nchain\n');
  const names = (rows: readonly number[]) => rows.map((row) => timeline.tasks[timeline.segments.task[row]].name);
  expect(timeline.ties).toMatchObject([{ time: 0.2 }]);
  const rows = wokenAt(timeline, timeline.ties[0]);
  expect(names(rows)).toEqual(['Task-3', 'Task-2']);
  const ready = timeline.segments.state.findIndex((state, row) => state === State.ready && rows.includes(row));
  expect(tieOf(timeline, ready)).toBe(timeline.ties[0]);
  expect(timelineJson(timeline).ties).toMatchObject([{ time: 0.2, tasks: [3, 2] }]);
  const lanes = buildLanes(timeline);
  const story = storyOf(lanes);
  const told = Array.from({ length: story.count }, (_, i) => sentenceText(lanes, story, story.sentence(i), t));
  expect(told.join('\n')).toMatch(
    /set at different moments: \w+\(.*?\), \w+\(.*?\)\. In reality either may fire first/,
  );
  const other = await runs(program(MEET), { engine: 'embedded', ties: 'reversed' });
  expect(other.stdout).toBe('chain\nonce\n');
  expect(other.timeline.meta.ties).toBe('reversed');
});

test('a loop that never waits is given time, and the timeline tells how much', async () => {
  const source = `import asyncio, time

async def main():
    end = time.monotonic() + 0.1
    while time.monotonic() < end:
        await asyncio.sleep(0)

asyncio.run(main())
`;
  const { timeline } = await runs(program(source), { engine: 'embedded' });
  const [given] = timeline.timeGiven;
  // What a step of it computed comes on top.
  expect(given.end - given.start).toBeGreaterThan(0.09);
  expect(given.turns).toBeGreaterThan(1000);
  expect(timelineJson(timeline).timeGiven).toHaveLength(1);
});
