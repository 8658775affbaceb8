import * as v from 'valibot';
import type { PlanNote } from './plan-notes';

const Line = v.number();
/** Decodes a `PlanNote`. */
export const PlanNoteSchema = v.variant('kind', [
  v.object({ kind: v.literal('entry'), call: v.string(), line: Line, asked: v.optional(v.boolean()) }),
  v.object({ kind: v.literal('top-level'), line: Line }),
  v.object({ kind: v.literal('script'), line: Line }),
  v.object({ kind: v.literal('imports'), statements: v.array(v.string()) }),
  v.object({ kind: v.literal('borrowed'), names: v.array(v.string()), from: v.number(), line: Line }),
  v.object({ kind: v.literal('left-out'), quote: v.string(), line: Line }),
  v.object({ kind: v.literal('indentation'), line: Line }),
  v.object({ kind: v.literal('tabs'), width: v.number(), line: Line }),
  v.object({ kind: v.literal('prompts'), line: Line }),
  v.object({ kind: v.literal('output'), line: Line, last: Line }),
  v.object({ kind: v.literal('leftover'), quote: v.string(), line: Line }),
  v.object({ kind: v.literal('characters'), line: Line }),
  v.object({ kind: v.literal('marker'), mark: v.string(), line: Line }),
  v.object({ kind: v.literal('gutter'), mark: v.picklist(['>', '1', '+']), line: Line }),
  v.object({ kind: v.literal('closed'), what: v.pipe(v.string(), v.regex(/^[)\]}]{1,100}$/)), line: Line }),
  v.object({ kind: v.literal('added'), what: v.picklist(['()', ':']), line: Line }),
  v.object({ kind: v.literal('stray'), line: Line }),
  v.object({ kind: v.literal('alternative'), number: v.number(), of: v.number(), line: Line, last: Line }),
  v.object({ kind: v.literal('undefined'), names: v.array(v.string()), line: Line }),
]) satisfies v.GenericSchema<PlanNote>;

/** Notes of a kind that this version does not know are passed over. */
export const PlanNotes = v.pipe(
  v.fallback(v.array(v.unknown()), []),
  v.transform((notes) => notes.filter((note): note is PlanNote => v.is(PlanNoteSchema, note))),
);
