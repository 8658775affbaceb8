import { expect, test } from 'vitest';
import { axisOf } from '../../../src/core/axis/axis';
import { storyOf } from '../../../src/core/describe/story';
import { buildLanes } from '../../../src/core/lanes/lanes';
import { shownSteps } from '../../../src/core/lanes/shown-steps';
import { readTimeline } from '../../../src/core/timeline/build';
import { cleanedUp, cut, gather } from '../../webview/browser/scenes';

const lanesOf = (bytes: Uint8Array) => buildLanes(readTimeline(bytes));

test('the tasks that asyncio.run() cleans up with have no place on the axis of steps, unless libraries are shown', () => {
  const lanes = lanesOf(cleanedUp());
  // main(), idle, its timer, main(); then three callbacks and two tasks.
  expect(lanes.timeline.steps).toBe(9);
  expect(shownSteps(lanes)).toBe(4);
  expect(axisOf(lanes, 'steps', undefined, false).length).toBe(4);
  expect(axisOf(lanes, 'steps').length).toBe(9);
  expect(axisOf(lanes, 'time', undefined, false).length).toBe(1);
});

test('the story ends where the axis does', () => {
  const story = storyOf(lanesOf(cleanedUp()));
  expect(story.sentence(story.count - 1)).toEqual({ kind: 'end', step: 3 });
});

test('what is printed meanwhile is seen', () => {
  const lanes = lanesOf(cleanedUp('bye'));
  const [first, last] = lanes.timeline.output;
  expect(shownSteps(lanes)).toBe(last.step + 1);
  expect(last.step).toBeGreaterThan(first.step);
});

test('a run that is not cleaned up, or was cut off, is shown to its end', () => {
  for (const bytes of [gather(), cut()]) {
    const lanes = lanesOf(bytes);
    expect(shownSteps(lanes)).toBe(lanes.timeline.steps);
    expect(axisOf(lanes, 'steps', undefined, false)).toEqual(axisOf(lanes, 'steps'));
  }
});
