import type { WebviewView, WebviewViewProvider } from 'vscode';
import type { HostMessage } from '../../core/protocol/messages';
import { Surface, type SurfaceParts } from './surface';

export const SIDE_VIEW = 'coroscope.sideTimeline';

/** The timeline in the side bar: the same bundle, in its compact layout. */
export class SideTimeline implements WebviewViewProvider {
  #surface: Surface | undefined;

  constructor(private readonly parts: SurfaceParts) {}

  resolveWebviewView(view: WebviewView): void {
    const surface = new Surface(view.webview, true, this.parts);
    this.#surface = surface;
    view.onDidDispose(() => {
      surface.dispose();
      if (this.#surface === surface) this.#surface = undefined;
    });
  }

  send(message: HostMessage): void {
    this.#surface?.send(message);
  }
}
