import { expect, test } from 'vitest';
import { firstAxis } from '../../../src/core/axis/first-axis';
import { readTimeline } from '../../../src/core/timeline/build';
import { blocking, gather, instant, polling } from '../../webview/browser/scenes';

const of = (bytes: Uint8Array) => firstAxis(readTimeline(bytes));

test('a small program whose steps are thin lines in time begins with its order', () => {
  expect(of(gather())).toBe('steps');
});

test('a step that takes long is to be seen as long as it took', () => {
  expect(of(blocking())).toBe('time');
});

test('without time there is only the order', () => {
  expect(of(instant())).toBe('steps');
});

test('many steps would be too narrow to be read', () => {
  expect(of(polling(12))).toBe('steps');
  expect(of(polling(120))).toBe('time');
});
