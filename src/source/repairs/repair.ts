import type { PlanNote } from '../../core/trace/plan-notes';
import type { CodeLine } from '../document';
import type { Source } from '../syntax';

/** Lines that were put right, and what was done. Nothing: there was nothing to do. `parsed` gives the lines as they are, parsed once. */
export type Repair = (lines: readonly CodeLine[], parsed: () => Source) => Repaired | undefined;

export interface Repaired {
  readonly lines: readonly CodeLine[];
  readonly notes: readonly PlanNote[];
}

/** A line without its first `count` characters. */
export function cut({ text, line, shift }: CodeLine, count: number): CodeLine {
  return { text: text.slice(count), line, shift: shift + count };
}

export function blanked({ line, shift }: CodeLine): CodeLine {
  return { text: '', line, shift };
}

export function isBlank({ text }: CodeLine): boolean {
  return text.trim() === '';
}
