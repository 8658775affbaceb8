import { expect, test } from 'vitest';
import { readNeeds } from '../../src/source/imports';

const modules = (source: string) => readNeeds(source).imports.map((found) => found.module);
const uses = (source: string) => readNeeds(source).uses.map((use) => use.name);

test('imports in every form, nested ones too', () => {
  const source = `
import os.path as p, sys
from . import models, views as v
from ..a.b import c as d
from asyncio import (to_thread as tt,
                     run)
def f():
    import aiohttp.client
`;
  expect(modules(source)).toEqual(['os.path', 'sys', '.', '.models', '.views', '..a.b', 'asyncio', 'aiohttp.client']);
  expect(readNeeds(source).imports.at(-1)?.line).toBe(8);
});

test('an import that the program does without is optional', () => {
  const source = `
try:
    import uvloop
except ImportError:
    import asyncio as uvloop
try:
    import needed
except ValueError:
    pass
if TYPE_CHECKING:
    import foo
if typing.TYPE_CHECKING:
    import bar
`;
  const found = Object.fromEntries(readNeeds(source).imports.map(({ module, optional }) => [module, optional]));
  expect(found).toEqual({ uvloop: true, asyncio: false, needed: false, foo: true, bar: true });
});

test('uses are traced back through aliases', () => {
  expect(uses('import asyncio as aio\nawait aio.to_thread(f)')).toContain('asyncio.to_thread');
  expect(uses('from asyncio import to_thread as tt\nawait tt(f)')).toContain('asyncio.to_thread');
  expect(uses('import concurrent.futures\nconcurrent.futures.ThreadPoolExecutor()')).toContain(
    'concurrent.futures.ThreadPoolExecutor',
  );
  expect(uses('loop.run_in_executor(None, f)')).toContain('.run_in_executor');
  expect(uses('asyncio.get_running_loop().sock_recv(s, 1)')).toContain('.sock_recv');
});

test('own functions are not the builtins, own methods not those of a loop', () => {
  expect(uses('open("x")')).toContain('builtins.open');
  expect(uses('async def open(x): ...\nopen("x")')).not.toContain('builtins.open');
  expect(uses('class A:\n  def f(self):\n    self.create_server()')).not.toContain('.create_server');
});

test('source with syntax errors yields what can be read', () => {
  expect(modules('import aiohttp\nasync def f(:\n  await (')).toEqual(['aiohttp']);
  expect(readNeeds('')).toEqual({ imports: [], uses: [] });
});
