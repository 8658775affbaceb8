import { expect, test, vi } from 'vitest';
import { exactBytes } from '../../../src/editor/recording/exact-bytes';
import { Recorded, type StoredTrace } from '../../../src/editor/recording/recording';
import { inMemory } from '../../../src/engines/record/recorder';

vi.mock('vscode', () => import('../fake-vscode'));

const running = {
  status: { state: 'running', program: 'a.py', engine: 'Python' },
  trace: undefined,
  file: 'a.py',
  source: undefined,
  root: '',
} as const;

test('a page that comes late gets all that was recorded, and what is appended afterwards once', () => {
  vi.useFakeTimers();
  const recorded = new Recorded();
  const told: number[] = [];
  recorded.onDidAppend((bytes) => told.push(...bytes));
  const recorder = inMemory();
  const append = (...bytes: number[]) => {
    recorder.push(Uint8Array.from(bytes));
    recorded.append(Uint8Array.from(bytes));
  };
  recorded.begin(running);
  expect(recorded.soFar).toBe(undefined);
  recorded.follow(() => recorder.soFar());
  append(1, 2);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1, 2]);
  append(3);
  append(4);
  // Bytes that were not announced yet are announced now: from here on every page gets the same.
  expect([...recorded.soFar!]).toEqual([1, 2, 3, 4]);
  expect(told).toEqual([1, 2, 3, 4]);
  append(5);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1, 2, 3, 4, 5]);
  recorded.begin(running);
  expect(recorded.soFar).toBe(undefined);
  recorded.dispose();
  vi.useRealTimers();
});

test('bytes are copied only where they are a part of others', () => {
  const whole = Uint8Array.of(1, 2, 3);
  expect(exactBytes(whole).buffer).toBe(whole.buffer);
  const part = exactBytes(whole.subarray(1));
  expect([part.buffer.byteLength, ...part]).toEqual([2, 2, 3]);
  expect(exactBytes(Buffer.from('abc')).constructor).toBe(Uint8Array);
});

test('the file of a trace is closed when neither it nor what is compared with it is shown', () => {
  const recorded = new Recorded();
  const closed: string[] = [];
  const stored = (name: string) => {
    const trace = { length: 0, bytes: () => new Uint8Array(0), meta: {}, sites: [], uri: name };
    return { ...trace, close: () => void closed.push(name) } as unknown as StoredTrace;
  };
  const [first, second, third] = ['first', 'second', 'third'].map(stored);
  const done = { ...running, status: { state: 'done', program: 'a.py', engine: '', reason: '' } } as const;
  recorded.set({ ...done, trace: first });
  recorded.set({ ...done, trace: second, older: { trace: first, label: 'before' } });
  expect(closed).toEqual([]);
  recorded.compareWith({ trace: third, label: 'another' });
  expect(closed).toEqual(['first']);
  recorded.set({ ...done, trace: third });
  expect(closed).toEqual(['first', 'second']);
  recorded.dispose();
  expect(closed).toEqual(['first', 'second', 'third']);
});
