import { describe, expect, test } from 'vitest';
import { Blocks } from '../../src/source/blocks';

const functions = 'import asyncio\nasync def main():\n    await asyncio.sleep(1)\nasync def other():\n    pass\n';

/** How a file would be run: as it is written, by a call, or after a question. */
function planOf(text: string, name = 'p.py'): string {
  const plan = Blocks.of({ file: name, text })!.plan(0);
  if (plan.kind !== 'pieces') return plan.kind;
  return plan.entry.kind === 'call' ? plan.entry.call : plan.entry.kind;
}

describe('a file that does something of its own is run as it is written', () => {
  test.each([
    'import server\nserver.go()',
    'from server import Server\ns = Server()\ns.run()',
    'from tornado.ioloop import IOLoop\nIOLoop.current().start()',
    'import server\nserver.start(other())',
    'import sys, server\nsys.exit(server.cli())',
    'import server\nresult = server.collect()',
    'print("hello")',
    'if __name__ == "__main__":\n    print("hello")',
    'import app\nif app.ready:\n    app.go()',
    'for n in range(3):\n    print(n)',
    'try:\n    import server\nexcept ImportError:\n    raise\nelse:\n    server.run()',
    'with open("x") as f:\n    f.read()',
  ])('%s', (text) => {
    expect(planOf(`${functions}${text}\n`)).toBe('file');
    // The same where nobody could tell which of several functions is meant.
    expect(planOf(`${functions.replace('main', 'one')}${text}\n`)).toBe('file');
  });
});

test('a decorator that starts the loop has run its function already', () => {
  const entry = 'def entry(f):\n    asyncio.run(f())\n    return f\n';
  expect(planOf(`import asyncio\n${entry}@entry\nasync def main():\n    await asyncio.sleep(1)\n`)).toBe('file');
  // A function that returns a function which starts the loop has not started it.
  const sync = 'def sync(f):\n    def run():\n        return asyncio.run(f())\n    return run\n';
  expect(
    planOf(`import asyncio\n${sync}@sync\nasync def one():\n    await asyncio.sleep(1)\nasync def main():\n    pass\n`),
  ).toBe('main()');
});

describe('of one that only defines things, a function is run', () => {
  test.each([
    'X = 3\nNAMES = ["a", "b"]\n"""words"""',
    'import logging\nlogging.basicConfig(level=logging.INFO)\nlog = logging.getLogger(__name__)',
    'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\nasync def read():\n    pass',
    'semaphore = asyncio.Semaphore(3)\nqueue = asyncio.Queue()',
    'try:\n    import uvloop\nexcept ImportError:\n    uvloop = None',
    'from typing import TypeVar\nT = TypeVar("T")\nclass A:\n    x = dict(a=1)',
    'import os, time\nKEY = os.environ.get("KEY", "")\nstarted = time.perf_counter()',
    'import random\nrandom.seed(1)',
  ])('%s', (text) => expect(planOf(`${functions}${text}\n`)).toBe('main()'));
});

test('in a note what is printed, or fetched, leaves the functions to be run', () => {
  const note = (text: string) => planOf(`\`\`\`python\n${functions}${text}\n\`\`\`\n`, 'n.md');
  expect(note('print("hello")')).toBe('main()');
  expect(note('import server\nclient = server.connect()')).toBe('main()');
  expect(note('import server\nserver.go()')).toBe('written');
});

test('asked for one function, what the file does of its own is left out', () => {
  const text = `${functions}import server\nserver.go()\nserver.configure(1)\n`;
  const plan = Blocks.of({ file: 'p.py', text })!.plan(0, { function: 'other' });
  const notes = plan.kind === 'pieces' ? plan.notes : [];
  expect(notes).toEqual([
    { kind: 'entry', call: 'other()', line: 4, asked: true },
    { kind: 'left-out', quote: 'server.go()', line: 7 },
  ]);
});
