import { expect, test } from 'vitest';
import { TEST_FILE } from '../../src/editor/tests/file-names';
import { asyncTests } from '../../src/source/async-tests';

test('coroutine functions that pytest and unittest collect', () => {
  const text = `import unittest
from unittest import IsolatedAsyncioTestCase

async def test_plain(client): ...

@pytest.mark.asyncio
async def test_marked():
    async def test_inner(): ...

def test_sync(): ...
async def helper(): ...

class TestGroup:
    async def test_a(self): ...
    def test_b(self): ...
    class TestNested:
        async def test_c(self): ...

class Case(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self): ...
    async def test_d(self): ...

class Other(IsolatedAsyncioTestCase):
    @skip
    async def test_e(self): ...

class Service:
    async def test_connection(self): ...
`;
  expect(asyncTests(text).map(({ path, line, runner }) => `${runner} ${path.join('.')} ${line}`)).toEqual([
    'pytest test_plain 4',
    'pytest test_marked 7',
    'pytest TestGroup.test_a 14',
    'unittest Case.test_d 21',
    'unittest Other.test_e 25',
  ]);
  expect(asyncTests('async def main(): ...')).toEqual([]);
});

test('files in which they look for tests', () => {
  const files = ['test_a.py', 'a/test_b.py', 'a\\b_test.py', 'tests.py', 'conftest.py', 'testing.py', 'test_a.pyc'];
  expect(files.filter((file) => TEST_FILE.test(file))).toEqual([
    'test_a.py',
    'a/test_b.py',
    'a\\b_test.py',
    'tests.py',
  ]);
});
