import type { Disposable } from 'vscode';
import type { Change } from '../../core/trace/change';
import { registered } from '../contributions/registered';
import { commandNames } from './command-names';
import type { Parts } from './parts';

export function registerCommands(parts: Parts): Disposable[] {
  return registered(commandNames, async () => (await import('./actions')).actions(parts));
}

/** From the panel: the same again, as it stands in the editor now. */
export async function visualizeAgain(parts: Parts, clock?: 'virtual'): Promise<void> {
  await (await import('./actions')).visualizeAgain(parts, clock);
}

/** From the panel: the same, with some waits taking another time. */
export async function whatIf(parts: Parts, changes: readonly Change[]): Promise<void> {
  await (await import('./actions')).whatIf(parts, changes);
}

/** From the panel: the same, with timers that meet at one instant in this order. */
export async function runWithTies(parts: Parts, order: 'set' | 'reversed'): Promise<void> {
  await (await import('./actions')).runWithTies(parts, order);
}
