import { expect, test } from 'vitest';
import { Asides } from '../../../webview/frames/idle-tasks';

/** How many pieces there were. */
function done(pieces: Iterable<string>): string[] {
  return [...pieces];
}

function says(log: string[], text: string): () => undefined {
  return () => void log.push(text);
}

test('while a program runs one thing is done at a time, the one that waits longest, whole or in pieces', () => {
  const log: string[] = [];
  let asked = 0;
  const asides = new Asides(() => asked++);
  const [one, other] = [{}, {}];
  asides.ask(one, says(log, 'early'));
  asides.ask(one, says(log, 'one'));
  asides.ask(other, function* () {
    log.push('first');
    yield 'lines';
    log.push('second');
  });
  expect(asked).toBe(3);
  expect(done(asides.next())).toHaveLength(1);
  expect(log).toEqual(['one']);
  expect(done(asides.next()).at(-1)).toBe('lines');
  expect(log).toEqual(['one', 'first', 'second']);
  expect(asides.any).toBe(false);
  expect(done(asides.next())).toEqual([]);
});

test('what takes its time is known by whose it is', () => {
  const asides = new Asides(() => {});
  const [one, other] = [{}, {}];
  const kinds = [one, other, one].map((whose) => {
    asides.ask(whose, says([], ''));
    return done(asides.next())[0];
  });
  expect(kinds[0]).toBe(kinds[2]);
  expect(kinds[0]).not.toBe(kinds[1]);
});

test('what was dropped, or asked for anew, is not done as it was asked for before', () => {
  const log: string[] = [];
  const asides = new Asides(() => {});
  const one = {};
  asides.ask(one, says(log, 'before'));
  const pieces = asides.next();
  pieces.next();
  asides.ask(one, says(log, 'after'));
  done(pieces);
  expect(log).toEqual([]);
  done(asides.next());
  expect(log).toEqual(['after']);
  asides.ask(one, says(log, 'never'));
  asides.drop(one);
  asides.all();
  expect(log).toEqual(['after']);
});

test('at other times all is done at once, to the end', () => {
  const log: string[] = [];
  const asides = new Asides(() => {});
  asides.ask({}, says(log, 'one'));
  asides.ask({}, function* () {
    yield 'a';
    log.push('other');
  });
  asides.all();
  expect(log).toEqual(['one', 'other']);
  expect(asides.any).toBe(false);
});
