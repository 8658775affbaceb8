import { parentPort, workerData } from 'node:worker_threads';
import { TraceError } from '../../core/trace/trace-error';
import { translator } from '../../core/translate';
import type { FromWatch, ToWatch, WatchOptions } from './messages';
import { Window } from './window';

/** The thread: tells of the last seconds twice a second; where that takes long, less often, so that it is a fifth of a processor at most. */
const EVERY = 500;
const SHARE = 0.2;

const { length, words } = workerData as WatchOptions;
const translate = translator(words);
const port = parentPort!;
let window = new Window(length);
const now = () => performance.now() / 1000;

port.on('message', (message: ToWatch) => {
  if (message.kind === 'bytes') {
    window.push(message.bytes, now());
    port.postMessage({ kind: 'taken', count: message.bytes.length } satisfies FromWatch);
  } else if (message.kind === 'anew') window = new Window(length);
  else window.growing = message.on;
});

function tell(): void {
  const began = performance.now();
  try {
    const recent = window.recent(now(), translate);
    if (recent) port.postMessage({ kind: 'recent', recent } satisfies FromWatch);
  } catch (error) {
    const message = error instanceof TraceError ? error.told(translate) : String(error);
    port.postMessage({ kind: 'failed', message } satisfies FromWatch);
  }
  const cost = performance.now() - began;
  setTimeout(tell, Math.max(EVERY, cost / SHARE - cost));
}
setTimeout(tell, EVERY / 2);
