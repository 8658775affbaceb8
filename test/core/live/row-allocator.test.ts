import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowAllocator } from '../../../src/core/live/row-allocator';

test('no row is given out twice, and what comes back is given out again', () => {
  const acts = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 20 }), fc.nat()), { maxLength: 200 });
  fc.assert(
    fc.property(acts, (all) => {
      const room = new RowAllocator();
      const held: { first: number; length: number }[] = [];
      const taken = new Set<number>();
      for (const [claims, length, which] of all) {
        if (claims || held.length === 0) {
          const first = room.claim(length);
          for (let row = first; row < first + length; row++) {
            expect(taken.has(row)).toBe(false);
            taken.add(row);
          }
          expect(first + length).toBeLessThanOrEqual(room.end);
          held.push({ first, length });
        } else {
          const [back] = held.splice(which % held.length, 1);
          for (let row = back.first; row < back.first + back.length; row++) taken.delete(row);
          room.release(back.first, back.length);
        }
      }
      for (const { first, length } of held) room.release(first, length);
      // All is free again, and in one piece.
      const { end } = room;
      if (end === 0) return;
      expect(room.claim(end)).toBe(0);
      expect(room.end).toBe(end);
    }),
  );
});
