import { type Disposable, Uri, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from 'vscode';
import { baseName } from '../../core/places/base-name';
import type { HostMessage } from '../../core/protocol/messages';
import { t } from '../words/translate';
import { Surface, type SurfaceParts } from './surface';

export const PANEL_TYPE = 'coroscope.timeline';

/** The timeline panel: opened beside the code, and reused for each run. */
export class TimelinePanel implements WebviewPanelSerializer, Disposable {
  #panel: WebviewPanel | undefined;
  #surface: Surface | undefined;

  constructor(
    private readonly parts: SurfaceParts,
    private readonly media: Uri,
    /** Restores what the panel showed before the window was reloaded. */
    private readonly restore: () => Promise<void>,
  ) {
    parts.recorded.onDidChange(() => this.#name());
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Opens the panel, or reveals it where it is; the code keeps the focus. */
  show(): void {
    if (this.#panel) {
      this.#panel.reveal(undefined, true);
      return;
    }
    this.#adopt(
      window.createWebviewPanel(PANEL_TYPE, 'Coroscope', { viewColumn: ViewColumn.Beside, preserveFocus: true }),
    );
  }

  send(message: HostMessage): void {
    this.#surface?.send(message);
  }

  /** VS Code brings back a panel that was open when the window closed. */
  async deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    await this.restore();
    this.#adopt(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #adopt(panel: WebviewPanel): void {
    this.#panel?.dispose();
    const surface = new Surface(panel.webview, false, this.parts);
    panel.iconPath = {
      light: Uri.joinPath(this.media, 'timeline-light.svg'),
      dark: Uri.joinPath(this.media, 'timeline-dark.svg'),
    };
    panel.onDidDispose(() => {
      surface.dispose();
      if (this.#panel === panel) this.#panel = this.#surface = undefined;
    });
    this.#panel = panel;
    this.#surface = surface;
    this.#name();
  }

  #name(): void {
    const { file } = this.parts.recorded.current;
    if (this.#panel) this.#panel.title = file ? t('Timeline: {0}', baseName(file)) : t('Timeline');
  }
}
