/** In the frame of the timeline, before its own script: the page around it is its host, as VS Code is elsewhere. */
let state: unknown;
(window as unknown as { acquireVsCodeApi: () => unknown }).acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => window.parent.postMessage(message, window.location.origin),
  getState: () => state,
  setState: (next: unknown) => {
    state = next;
  },
});
