import { expect, test } from 'vitest';
import { Asides } from '../../webview/asides';

test('while a program runs each thing gets a frame of its own, and every other one is left to the picture', () => {
  const done: string[] = [];
  let asked = 0;
  const asides = new Asides(() => asked++);
  const [one, other] = [{}, {}];
  asides.ask(one, () => done.push('early'));
  asides.ask(one, () => done.push('one'));
  asides.ask(other, () => done.push('other'));
  expect(asked).toBe(3);
  expect([1, 2, 3, 4].map(() => asides.take(true))).toEqual([true, false, true, false]);
  expect(done).toEqual(['one', 'other']);
  // As long as there is something left, there is a next frame.
  expect(asked).toBe(5);
});

test('what was dropped is not done; at other times all is done at once, and the picture with it', () => {
  const done: string[] = [];
  const asides = new Asides(() => {});
  const [one, other, third] = [{}, {}, {}];
  asides.ask(one, () => done.push('one'));
  asides.ask(other, () => done.push('other'));
  asides.ask(third, () => done.push('third'));
  asides.drop(other);
  expect(asides.take(false)).toBe(false);
  expect(done).toEqual(['one', 'third']);
  expect(asides.take(true)).toBe(false);
});
