import type { Disposable } from 'vscode';
import { registered } from '../contributions/registered';
import { findingCommandNames } from './command-names';
import type { FindingParts } from './commands';

/** Commands of the list of findings. */
export function registerFindings(parts: FindingParts): Disposable[] {
  return registered(findingCommandNames, async () => (await import('./commands')).findingCommands(parts));
}
