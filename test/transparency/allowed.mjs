/**
 * Tests of CPython's own that pass bare and may fail traced, each with why: five at most. They look into private parts of the loop.
 * `id`: the test's, without `test.test_asyncio.`; `from`, `to`: minor versions of Python, where it is not all.
 */
export const allowed = [];

export const MOST_ALLOWED = 5;
