import { type CustomDocument, type CustomReadonlyEditorProvider, type Uri, type WebviewPanel, window } from 'vscode';
import { baseName } from '../../core/places/base-name';
import { host } from '../host/host';
import { Recorded } from '../recording/recording';
import { t } from '../words/translate';
import { Surface, type SurfaceParts } from './surface';

export const TRACE_EDITOR = 'coroscope.trace';

/** A trace cannot be run again, or stepped through from an editor. */
const ALONE = { greeting: () => [], counted: () => {} };

/** The path of the program in a trace is untrusted. */
export function cannotRun(): void {
  window.showInformationMessage(t('To run this again, open its program and visualize it.'));
}

interface TraceDocument extends CustomDocument {
  /** A recording of its own: several traces can be open beside each other, and beside the last run. */
  readonly recorded: Recorded;
}

/** Opens `*.coroscope` files as timelines, like any other kind of file. */
export class TraceEditor implements CustomReadonlyEditorProvider<TraceDocument> {
  constructor(private readonly parts: SurfaceParts) {}

  async openCustomDocument(uri: Uri): Promise<TraceDocument> {
    const recorded = new Recorded();
    const { showStored } = await import('../traces/trace-files');
    if (!(await showStored(uri, recorded))) {
      const program = baseName(uri.path);
      const message = t('This trace cannot be shown');
      const status = { state: 'failed', program, message, detail: host().paths.of(uri) } as const;
      recorded.set({ ...recorded.current, status });
    }
    return { uri, recorded, dispose: () => recorded.dispose() };
  }

  resolveCustomEditor({ recorded }: TraceDocument, panel: WebviewPanel): void {
    // Its playhead and selection do not affect other recordings.
    const receive: SurfaceParts['receive'] = (message) => {
      if (message.type === 'selected' || message.type === 'whatIf' || message.type === 'ties') return;
      if (message.type === 'run') return cannotRun();
      this.parts.receive(message.type === 'playhead' ? { ...message, turn: null } : message);
    };
    const surface = new Surface(panel.webview, false, { ...this.parts, recorded, ...ALONE, receive });
    panel.onDidDispose(() => surface.dispose());
  }
}
