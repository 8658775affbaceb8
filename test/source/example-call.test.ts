import { describe, expect, test } from 'vitest';
import { chooseEntry } from '../../src/source/entries';
import { blankIn } from '../../src/source/example-call';
import { readModule } from '../../src/source/statements';
import { Source } from '../../src/source/syntax';

/** The initial text of the box that asks for arguments. */

function example(text: string) {
  return chooseEntry(readModule(new Source(text)))!.candidates[0].example;
}

test.each([
  ['async def greet(name: str): await x', 'greet("name")', []],
  ['async def greet(name, delay): await x', 'greet("name", 1)', []],
  ['async def work(times: int, rate: float, loud: bool): await x', 'work(1, 1.0, True)', []],
  ['async def work(items: list[int], names: dict[str, int]): await x', 'work([], {})', []],
  ['async def work(queue: "asyncio.Queue[int]", lock): await x', 'work(asyncio.Queue(), asyncio.Lock())', []],
  ['async def work(limit: int | None, *, name): await x', 'work(1, name="name")', []],
  ['async def work(n, retries=3, *rest, **more): await x', 'work(1)', []],
  ['async def fetch(session, url): await x', 'fetch(session, "url")', ['session']],
  ['async def fetch(session: ClientSession): await x', 'fetch(session)', ['session']],
  ['session = Session()\nasync def fetch(session): await x', 'fetch(session)', []],
])('%j begins with %s', (source, text, blanks) => {
  expect(example(source)).toEqual({ text, blanks });
});

describe('a placeholder', () => {
  test.each([
    ['fetch(session, "url")', 'session'],
    ['fetch( session )', 'session'],
    ['fetch("url", session=session)', 'session'],
    ['fetch(Session(), "session")', undefined],
    ['fetch(session(), 1)', undefined],
    ['fetch(my_session)', undefined],
  ])('in %j: %s', (call, blank) => {
    expect(blankIn(call, ['session'])).toBe(blank);
  });
});
