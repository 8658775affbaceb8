import { expect, test } from 'vitest';
import { holdsInSteps } from '../../../src/core/timeline/holds-in-steps';
import type { Hold } from '../../../src/core/timeline/model';

const hold: Hold = {
  loop: 1,
  step: 4,
  task: 1,
  start: 1,
  end: 1.16,
  computing: 0.15,
  blocked: 0.01,
  site: 1,
  inner: 1,
  share: 1,
  stretches: [
    { start: 1, end: 1.1 },
    { start: 1.152, end: 1.16 },
  ],
};
const trace = (clock: string) =>
  ({
    meta: { clock, origin: 100 },
    steps: { count: 2, loop: [1, 1], seq: [3, 4], end: [100.5, 101.15] },
  }) as unknown as Parameters<typeof holdsInSteps>[1];

test.each(['virtual', 'real'])('what held a step is told within the step: on the %s clock', (clock) => {
  const [cut] = holdsInSteps([hold], trace(clock));
  expect(cut.end).toBeCloseTo(1.15, 9);
  expect(cut.computing).toBeCloseTo(0.14, 9);
  expect(cut.blocked).toBe(0.01);
  expect(cut.stretches).toEqual([{ start: 1, end: 1.1 }]);
});

test('where no step is known, it stays as it was sampled', () => {
  expect(holdsInSteps([{ ...hold, step: 9 }], trace('virtual'))).toEqual([{ ...hold, step: 9 }]);
});
