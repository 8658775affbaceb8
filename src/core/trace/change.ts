import * as v from 'valibot';
import type { Seconds } from '../units';

/** A time that a wait may take: more than nothing, and no longer than anybody waits. */
export const LONGEST_WAIT: Seconds = 1e9;
const Duration = v.pipe(v.number(), v.finite(), v.gtValue(0), v.maxValue(LONGEST_WAIT));
const Count = v.pipe(v.number(), v.integer(), v.minValue(1));

/** Which task: the one of this name, or, where `path` is given, the one that was made so: the n-th of its coroutine by each in turn. */
export const ChangedTask = v.object({
  name: v.string(),
  path: v.nullable(v.array(v.tuple([v.string(), Count]))),
});
export type ChangedTask = v.InferOutput<typeof ChangedTask>;

/**
 * A wait that takes another time than the program says: a sleep, or what a comment simulates. Contract with `what_if.py` of the tracer,
 * and part of the header of the trace that comes of it.
 */
export const Change = v.object({
  /** As frames of the program say it. */
  file: v.string(),
  /** From 1. */
  line: Count,
  /** From 0, UTF-16 code units; null: any. */
  column: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** null: whichever comes there. */
  task: v.nullable(ChangedTask),
  /** The n-th time that the task comes there, from 1; null: each time. */
  visit: v.nullable(Count),
  to: Duration,
});
export type Change = v.InferOutput<typeof Change>;

/** More than anybody makes by hand. */
export const MOST_CHANGES = 100;
export const Changes = v.pipe(v.array(Change), v.maxLength(MOST_CHANGES));

/** Changes that this version does not understand are passed over: whatever they were, the record tells what happened. */
export const KnownChanges = v.pipe(
  v.fallback(v.array(v.unknown()), []),
  v.transform((all) => all.map((each) => (v.is(Change, each) ? each : undefined))),
);

/** The changes, with one more: it takes the place of those that it makes pointless. */
export function withChange(changes: readonly Change[], next: Change): Change[] {
  return [...changes.filter((each) => !covers(next, each)), next];
}

function covers(wide: Change, narrow: Change): boolean {
  return (
    wide.file === narrow.file &&
    wide.line === narrow.line &&
    (wide.column === null || wide.column === narrow.column) &&
    (wide.task === null || (narrow.task !== null && sameTask(wide.task, narrow.task))) &&
    (wide.visit === null || (wide.visit === narrow.visit && (wide.task === null) === (narrow.task === null)))
  );
}

function sameTask(one: ChangedTask, other: ChangedTask): boolean {
  if (one.path === null || other.path === null) return one.path === other.path && one.name === other.name;
  return JSON.stringify(one.path) === JSON.stringify(other.path);
}
