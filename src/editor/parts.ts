import type { Uri } from 'vscode';
import type { HostMessage } from '../core/protocol/messages';
import type { Questions } from './ask';
import type { Catalogue } from './catalogue';
import type { LiveMode } from './live-mode';
import type { ProgramOutput } from './output';
import type { TimelinePanel } from './panel';
import type { Recorded } from './recording';
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
