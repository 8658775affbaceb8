import type { Seconds } from '../units';

/** A time that a wait may take: more than nothing, and no longer than anybody waits. */
export const LONGEST_WAIT: Seconds = 1e9;

/** Which task: the one of this name, or, where `path` is given, the one that was made so: the n-th of its coroutine by each in turn. */
export interface ChangedTask {
  readonly name: string;
  readonly path: [coroutine: string, nth: number][] | null;
}

/**
 * A wait that takes another time than the program says: a sleep, or what a comment simulates. Contract with `what_if.py` of the tracer,
 * and part of the header of the trace that comes of it. `read-changes.ts` reads it.
 */
export interface Change {
  /** As frames of the program say it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 0, UTF-16 code units; null: any. */
  readonly column: number | null;
  /** null: whichever comes there. */
  readonly task: ChangedTask | null;
  /** The n-th time that the task comes there, from 1; null: each time. */
  readonly visit: number | null;
  readonly to: Seconds;
}

/** More than anybody makes by hand. */
export const MOST_CHANGES = 100;

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
