import { expect, test } from 'vitest';
import { Appends } from '../../../src/editor/timeline/appends';

const bytes = (...numbers: number[]) => new Uint8Array(numbers);

function sender() {
  const sent: number[][] = [];
  return { sent, appends: new Appends((piece) => sent.push([...piece])) };
}

test('the first piece goes at once, what comes while it is read goes as one', () => {
  const { sent, appends } = sender();
  appends.add(bytes(1));
  appends.add(bytes(2, 3));
  appends.add(bytes(4));
  expect(sent).toEqual([[1]]);
  appends.read();
  expect(sent).toEqual([[1], [2, 3, 4]]);
  appends.read();
  appends.add(bytes(5));
  expect(sent).toEqual([[1], [2, 3, 4], [5]]);
});

test('of a run that is over nothing more is sent, and the next one begins at once', () => {
  const { sent, appends } = sender();
  appends.add(bytes(1));
  appends.add(bytes(2));
  appends.clear();
  appends.read();
  expect(sent).toEqual([[1]]);
  appends.add(bytes(3));
  expect(sent).toEqual([[1], [3]]);
});
