import type { Disposable, Uri } from 'vscode';
import type { HostMessage } from '../core/protocol/messages';
import type { Change } from '../core/trace/change';
import type { Questions } from './ask';
import type { Catalogue } from './catalogue';
import type { LiveMode } from './live-mode';
import type { ProgramOutput } from './output';
import type { TimelinePanel } from './panel';
import type { Recorded } from './recording';
import { registered } from './registered';
import type { SourceLines } from './reveal';
import type { Runs } from './runs';

export interface Parts {
  readonly recorded: Recorded;
  readonly runs: Runs;
  readonly output: ProgramOutput;
  readonly panel: TimelinePanel;
  readonly lines: SourceLines;
  readonly assets: Uri;
  /** Folder of the examples. */
  readonly samples: Uri;
  readonly catalogue: Catalogue;
  readonly questions: Questions;
  readonly live: LiveMode;
  /** To every view that is open. */
  send(message: HostMessage): void;
}

/** Here are their names, in `actions.ts` is what they do: that is loaded when one is used. */
const commandNames = [
  'visualize',
  'visualizeFunction',
  'cancel',
  'live',
  'liveOff',
  'showOutput',
  'openTimeline',
  'openTrace',
  'compareTraces',
  'saveTrace',
  'exportHtml',
  'selectEngine',
  'openSample',
  'copyTasks',
  'revealTask',
] as const;
export type CommandName = (typeof commandNames)[number];

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
