import type { Disposable } from 'vscode';
import type { Change } from '../../core/trace/change';
import { registered } from '../contributions/registered';
import { commandNames } from './command-names';
import type { Parts } from './parts';

export function registerCommands(parts: Parts): Disposable[] {
  return registered(commandNames, async () => (await import('./actions')).actions(parts));
}

/** Runs the program of the panel again, with its current text. */
export async function visualizeAgain(parts: Parts, clock?: 'virtual'): Promise<void> {
  await (await import('./actions')).visualizeAgain(parts, clock);
}

/** The same, with other durations for some waits. */
export async function whatIf(parts: Parts, changes: readonly Change[]): Promise<void> {
  await (await import('./actions')).whatIf(parts, changes);
}

/** The same, with timers that are due at the same instant in this order. */
export async function runWithTies(parts: Parts, order: 'set' | 'reversed'): Promise<void> {
  await (await import('./actions')).runWithTies(parts, order);
}
