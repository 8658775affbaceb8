import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Lanes } from '../../../src/core/lanes/lanes';
import type { WorkSlices } from '../../../webview/frames/frame-budget';
import { IdleTasks } from '../../../webview/frames/idle-tasks';
import { DeferredView } from '../../../webview/state/deferred-view';
import { initialState, type State } from '../../../webview/state/store';

const running = { state: 'running', program: 'demo.py', engine: '' } as const;
const [one, two, three] = [1, 2, 3].map((steps) => ({ timeline: { steps } }) as unknown as Lanes);
const state = (lanes: Lanes | undefined, more: Partial<State> = {}): State => ({
  ...initialState,
  status: running,
  lanes,
  ...more,
});

/** A view that shows lanes in three pieces, as it tells. */
function world() {
  const log: string[] = [];
  const name = ({ lanes }: State) => String(lanes?.timeline.steps ?? 0);
  const view = {
    update: (now: State, before: State) => void log.push(`${name(before)} to ${name(now)} at once`),
    *updating(now: State, before: State): WorkSlices {
      for (const piece of [1, 2, 3]) {
        yield 'piece';
        log.push(`${name(before)} to ${name(now)}: ${piece}`);
      }
    },
  };
  const idleTasks = new IdleTasks(() => {});
  return { log, idleTasks, deferred: new DeferredView(view, idleTasks) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a view of a run that goes on is brought up to date later, in pieces', () => {
  const { log, idleTasks, deferred } = world();
  deferred.update(state(two), state(one));
  expect(log).toEqual([]);
  vi.runAllTimers();
  for (const _ of idleTasks.next());
  expect(log).toEqual(['1 to 2: 1', '1 to 2: 2', '1 to 2: 3']);
});

test('what comes while it is being brought up to date is not lost', () => {
  const { log, idleTasks, deferred } = world();
  deferred.update(state(two), state(one));
  vi.runAllTimers();
  const pieces = idleTasks.next();
  pieces.next();
  pieces.next();
  pieces.next();
  deferred.update(state(three), state(two));
  for (const _ of pieces);
  vi.runAllTimers();
  for (const _ of idleTasks.next());
  expect(log.at(2)).toBe('1 to 2: 3');
  expect(log.slice(3)).toEqual(['2 to 3: 1', '2 to 3: 2', '2 to 3: 3']);
});

test('what a person chooses takes the place of the rest, and is told against what the view showed last', () => {
  const { log, idleTasks, deferred } = world();
  deferred.update(state(two), state(one));
  vi.runAllTimers();
  const pieces = idleTasks.next();
  for (let i = 0; i < 3; i++) pieces.next();
  expect(log).toEqual(['1 to 2: 1']);
  deferred.update(state(two, { selection: { kind: 'task', task: 0 } }), state(two));
  for (const _ of pieces);
  expect(log).toEqual(['1 to 2: 1', '1 to 2 at once']);
  vi.runAllTimers();
  expect(idleTasks.any).toBe(false);
});
