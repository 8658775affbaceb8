import { expect, test } from 'vitest';
import { FrameBudget, SlicedWork, type WorkSlices } from '../../../webview/frames/frame-budget';

/** A clock that only goes on with the work. */
function paced(most: number): { readonly budget: FrameBudget; readonly work: (cost: number) => void } {
  let now = 0;
  return {
    budget: new FrameBudget(() => now, most),
    work: (cost) => {
      now += cost;
    },
  };
}

/** How many pieces were done in each frame. */
function frames(budget: FrameBudget, pieces: WorkSlices, count: { pieces: number }): number[] {
  const job = new SlicedWork(budget, pieces);
  const all: number[] = [];
  for (let over = false; !over; ) {
    const before = count.pieces;
    budget.begin();
    over = job.go();
    all.push(count.pieces - before);
  }
  return all;
}

test('pieces fill frames as far as they are known to fit', () => {
  const { budget, work } = paced(8);
  const count = { pieces: 0 };
  const all = frames(
    budget,
    (function* () {
      for (let i = 0; i < 9; i++) {
        yield 'row';
        work(2);
        count.pieces++;
      }
    })(),
    count,
  );
  // What was never done before gets a frame of its own; what follows is known.
  expect(all).toEqual([4, 4, 1]);
});

test('what is too large for any frame has one of its own, and what is left is put into the next', () => {
  const { budget, work } = paced(8);
  const count = { pieces: 0 };
  const costs = [3, 20, 3, 3, 20, 3];
  const job = () =>
    (function* () {
      for (const cost of costs) {
        yield `${cost}`;
        work(cost);
        count.pieces++;
      }
    })();
  frames(budget, job(), count);
  expect(frames(budget, job(), count)).toEqual([1, 1, 2, 1, 1]);
});

test('what takes long now and then is taken to do so for a while', () => {
  const { budget, work } = paced(8);
  const row = (cost: number) => {
    budget.begin();
    budget.run('row', () => work(cost));
  };
  const fits = () => {
    budget.begin();
    budget.take();
    work(5);
    return budget.has('row');
  };
  for (let i = 0; i < 20; i++) row(1);
  expect(fits()).toBe(true);
  row(100);
  expect(fits()).toBe(false);
  let times = 0;
  for (; !fits(); times++) row(1);
  expect(times).toBeGreaterThan(1);
  expect(times).toBeLessThan(10);
});

test('a frame that is taken has room only for what is known to fit', () => {
  const { budget, work } = paced(8);
  budget.begin();
  budget.take();
  expect(budget.has('never done')).toBe(false);
  budget.begin();
  expect(budget.has('never done')).toBe(true);
  budget.run('never done', () => work(1));
  budget.begin();
  budget.take();
  expect(budget.has('never done')).toBe(true);
});
