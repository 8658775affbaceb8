import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Growing } from '../../../src/core/live/growing-columns';

test('columns that grow hold what was written last, wherever that was', () => {
  const writes = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.integer({ min: 1, max: 1e6 })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(writes, (all) => {
      const growing = new Growing({ a: new Uint32Array(8), b: new Float64Array(8) });
      const expected: number[] = [];
      for (const [more, at, value] of all) {
        const first = expected.length;
        growing.reserve(first + more);
        for (let row = first; row < first + more; row++) expected.push(row % 7);
        expected[at % expected.length] = value;
        const write = (row: number) => {
          for (const { a, b } of growing.targets) a[row] = b[row] = expected[row];
        };
        for (let row = first; row < first + more; row++) write(row);
        write(at % expected.length);
        expect(growing.columns.a.length).toBeGreaterThanOrEqual(expected.length);
        expect([...growing.columns.b.subarray(0, expected.length)]).toEqual(expected);
      }
      expect([...growing.columns.a.subarray(0, expected.length)]).toEqual(expected);
    }),
  );
});
