import type { Uri } from 'vscode';
import type { HostMessage } from '../../core/protocol/messages';
import type { CallQuestions } from '../program/call-questions';
import type { Recorded } from '../recording/recording';
import type { LiveMode } from '../run/live-mode';
import type { ProgramOutput } from '../run/output';
import type { Runs } from '../run/runs';
import type { TimelinePanel } from '../timeline/panel';
import type { SourceLines } from '../timeline/source-lines';
import type { Catalogue } from '../words/catalogue';

export interface Parts {
  readonly recorded: Recorded;
  readonly runs: Runs;
  readonly output: ProgramOutput;
  readonly panel: TimelinePanel;
  readonly lines: SourceLines;
  /** Folder of the examples. */
  readonly samples: Uri;
  readonly catalogue: Catalogue;
  readonly questions: CallQuestions;
  readonly live: LiveMode;
  /** Sends a message to every open view. */
  send(message: HostMessage): void;
}
