import type { Disposable } from 'vscode';
import { registered } from '../registered';
import type { FindingParts } from './commands';

export const findingCommandNames = ['revealFinding', 'copyFinding', 'copyFindings'] as const;

/** Commands of the list of findings. */
export function registerFindings(parts: FindingParts): Disposable[] {
  return registered(findingCommandNames, async () => (await import('./commands')).findingCommands(parts));
}
