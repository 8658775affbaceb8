import { expect, test } from 'vitest';
import { IdleTasks } from '../../../webview/frames/idle-tasks';

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
  const idleTasks = new IdleTasks(() => asked++);
  const [one, other] = [{}, {}];
  idleTasks.ask(one, says(log, 'early'));
  idleTasks.ask(one, says(log, 'one'));
  idleTasks.ask(other, function* () {
    log.push('first');
    yield 'lines';
    log.push('second');
  });
  expect(asked).toBe(3);
  expect(done(idleTasks.next())).toHaveLength(1);
  expect(log).toEqual(['one']);
  expect(done(idleTasks.next()).at(-1)).toBe('lines');
  expect(log).toEqual(['one', 'first', 'second']);
  expect(idleTasks.any).toBe(false);
  expect(done(idleTasks.next())).toEqual([]);
});

test('what takes its time is known by whose it is', () => {
  const idleTasks = new IdleTasks(() => {});
  const [one, other] = [{}, {}];
  const kinds = [one, other, one].map((whose) => {
    idleTasks.ask(whose, says([], ''));
    return done(idleTasks.next())[0];
  });
  expect(kinds[0]).toBe(kinds[2]);
  expect(kinds[0]).not.toBe(kinds[1]);
});

test('what was dropped, or asked for anew, is not done as it was asked for before', () => {
  const log: string[] = [];
  const idleTasks = new IdleTasks(() => {});
  const one = {};
  idleTasks.ask(one, says(log, 'before'));
  const pieces = idleTasks.next();
  pieces.next();
  idleTasks.ask(one, says(log, 'after'));
  done(pieces);
  expect(log).toEqual([]);
  done(idleTasks.next());
  expect(log).toEqual(['after']);
  idleTasks.ask(one, says(log, 'never'));
  idleTasks.drop(one);
  idleTasks.all();
  expect(log).toEqual(['after']);
});

test('at other times all is done at once, to the end', () => {
  const log: string[] = [];
  const idleTasks = new IdleTasks(() => {});
  idleTasks.ask({}, says(log, 'one'));
  idleTasks.ask({}, function* () {
    yield 'a';
    log.push('other');
  });
  idleTasks.all();
  expect(log).toEqual(['one', 'other']);
  expect(idleTasks.any).toBe(false);
});
