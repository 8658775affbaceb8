import { describe, expect, test } from 'vitest';
import { FrameBudget, type WorkSlices } from '../../../webview/frames/frame-budget';
import { IdleTasks } from '../../../webview/frames/idle-tasks';
import type { Live } from '../../../webview/live/live-reader';
import { LiveScheduler } from '../../../webview/live/live-scheduler';

/** LiveScheduler on a clock that only goes on with the work, with so much to read and a picture of so many pieces. */
function world({ read = 0, pieces = 4, cost = 3 } = {}) {
  let now = 0;
  let left = read;
  let changed = true;
  let asked = 0;
  const log: string[] = [];
  const work = (what: string) => {
    now += cost;
    log.push(what);
  };
  const live = {
    get more() {
      return left > 0;
    },
    *reading(): WorkSlices {
      for (let any = false; left > 0; any = true) {
        if (any) changed = true;
        yield 'read';
        left--;
        changed = true;
        work('read');
      }
    },
    *deriving(): WorkSlices {},
    settle: () => {},
    rest: () => void log.push('rest'),
  } as unknown as Live;
  const idleTasks = new IdleTasks(() => asked++);
  const scheduler = new LiveScheduler(new FrameBudget(() => now, 8), live, idleTasks, {
    changed: () => changed,
    *picture(apart) {
      changed = false;
      for (let i = 0; i < pieces; i++) {
        yield 'paint';
        work(apart ? `paint ${i}` : `whole ${i}`);
      }
      log.push('shown');
    },
    request: () => asked++,
  });
  const frame = () => {
    log.length = 0;
    scheduler.frame();
    return [...log];
  };
  return { scheduler, idleTasks, frame, work, more: (count: number) => (left += count), asked: () => asked };
}

describe('rounds', () => {
  test('read, then draw, some of it in each frame, until there is nothing left', () => {
    const { frame, asked } = world({ read: 2 });
    const frames = [1, 2, 3, 4, 5].map(frame);
    const work = frames.map((each) => each.filter((what) => what !== 'shown' && what !== 'rest'));
    expect(work.flat()).toEqual(['read', 'read', 'paint 0', 'paint 1', 'paint 2', 'paint 3']);
    for (const each of work) expect(each.length).toBeLessThan(3);
    expect(frames.at(-1)).toEqual(['rest']);
    expect(asked()).toBe(2);
  });

  test('nothing is read while a picture is being made, and what may wait comes between two pictures', () => {
    const { frame, more, idleTasks, work } = world({ read: 1 });
    const all = [...frame(), ...frame()];
    more(1);
    idleTasks.ask({}, () => void work('aside'));
    for (let i = 0; i < 9; i++) all.push(...frame());
    const names = all.filter((what) => what !== 'rest').map((what) => what.replace(/ \d/, ''));
    expect(names.join(' ')).toBe('read paint paint paint paint shown read aside paint paint paint paint shown');
  });

  test('what a person asks for is drawn in one frame, and the picture that was being made is not shown', () => {
    const { frame, scheduler } = world();
    frame();
    scheduler.promptly();
    const whole = frame();
    expect(whole.slice(0, 5)).toEqual(['whole 0', 'whole 1', 'whole 2', 'whole 3', 'shown']);
    const after = [...whole.slice(5), ...frame(), ...frame()];
    expect(after).not.toContain('shown');
  });

  test('however often that is, reading goes on', () => {
    const { frame, scheduler } = world({ read: 5, pieces: 5 });
    let read = 0;
    for (let i = 0; i < 12; i++) {
      scheduler.promptly();
      const done = frame();
      expect(done.slice(0, 6).at(-1)).toBe('shown');
      read += done.filter((what) => what === 'read').length;
    }
    expect(read).toBe(5);
  });

  test('when the run is over, what was begun is forgotten', () => {
    const { frame, scheduler } = world();
    frame();
    scheduler.end();
    expect([...frame(), ...frame()]).not.toContain('shown');
  });
});
