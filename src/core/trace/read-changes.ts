import * as v from 'valibot';
import { type Change, LONGEST_WAIT, MOST_CHANGES } from './change';

const Duration = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(LONGEST_WAIT));
const Count = v.pipe(v.number(), v.integer(), v.minValue(1));

const ChangedTaskSchema = v.object({
  name: v.string(),
  path: v.nullable(v.array(v.tuple([v.string(), Count]))),
});

/** Decodes a `Change`. */
export const ChangeSchema = v.object({
  file: v.string(),
  line: Count,
  column: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  task: v.nullable(ChangedTaskSchema),
  visit: v.nullable(Count),
  to: Duration,
}) satisfies v.GenericSchema<Change>;

export const Changes = v.pipe(v.array(ChangeSchema), v.maxLength(MOST_CHANGES));

/** Changes that this version does not understand are passed over: whatever they were, the record tells what happened. */
export const KnownChanges = v.pipe(
  v.fallback(v.array(v.unknown()), []),
  v.transform((all) => all.map((each) => (v.is(ChangeSchema, each) ? each : undefined))),
);
