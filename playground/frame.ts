import { decodeViewMessage, type HostMessage, type ViewMessage } from '../src/core/protocol/messages';

/** The timeline, in a frame of its own: the same page as in VS Code, with this one as its host. */
export class Frame {
  readonly element = document.createElement('iframe');

  constructor(title: string, receive: (message: ViewMessage) => void) {
    this.element.title = title;
    this.element.src = 'timeline.html';
    window.addEventListener('message', ({ source, data }) => {
      if (source !== this.element.contentWindow) return;
      const message = decodeViewMessage(data);
      if (message.type === 'invalid') console.error(message.why);
      else receive(message);
    });
  }

  post(message: HostMessage): void {
    this.element.contentWindow?.postMessage(message, window.location.origin);
  }
}
