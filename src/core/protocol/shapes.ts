import * as v from 'valibot';

/** What the sources of a program tell of how its awaits are written, as it travels: a `Shapes` by its entries. */

const Line = v.number();
const Catch = v.object({ first: Line, last: Line, line: Line, text: v.string() });

export const ShapesByFile = v.array(
  v.tuple([
    v.string(),
    v.object({
      sequences: v.array(
        v.object({
          how: v.picklist(['statements', 'loop', 'comprehension']),
          awaits: v.array(v.object({ first: Line, last: Line, call: v.string() })),
        }),
      ),
      polls: v.array(v.object({ line: Line, sleep: Line, test: v.string() })),
      atOnce: v.array(v.object({ created: Line, awaited: Line, call: v.string() })),
      uncancels: v.array(v.tuple([Line, Line])),
      catches: v.array(Catch),
      handles: v.array(Catch),
      borrows: v.array(v.object({ get: Line, put: Line })),
      waitsInIf: v.array(v.object({ line: Line, test: v.string(), condition: v.string() })),
      races: v.array(
        v.object({
          how: v.picklist(['check', 'copy']),
          name: v.string(),
          read: Line,
          write: Line,
          awaits: v.array(v.tuple([Line, Line])),
          function: Line,
          within: Line,
          key: v.optional(v.number()),
          fixed: v.boolean(),
        }),
      ),
    }),
  ]),
);
export type ShapesByFile = v.InferInput<typeof ShapesByFile>;
