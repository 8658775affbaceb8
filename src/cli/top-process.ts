import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Translate } from '../core/translate';
import { type AttachEnd, attach } from '../engines/attach/attach';
import { followFile } from '../engines/watch/followed-file';
import type { Follow } from './live/follow';
import type { Shown, Watching } from './live/watching';
import { say } from './say';
import type { Screen } from './screen';
import type { TopCommand } from './top-arguments';

/** Bytes of the trace that the process writes, from which on it begins another: it is only looked at. */
const MOST_BYTES = 256 << 20;

/** Records a process until it was looked at for long enough or it ends, and shows what it does. @throws EngineError */
export async function topOfProcess(
  pid: number,
  command: TopCommand,
  { stop, stays, begin }: Watching,
  screen: Screen,
  t: Translate,
  assets: string,
  most = MOST_BYTES,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'coroscope-'));
  let shown: Shown | undefined;
  let end: AttachEnd | undefined;
  try {
    for (let part = 1; end !== 'process' && !stop.aborted; part++) {
      const trace = join(folder, `${part}.coroscope`);
      const full = new AbortController();
      const read = new AbortController();
      let reading: Promise<void> = Promise.resolve();
      const attached = () => {
        if (shown) shown.follow.anew();
        else shown = begin();
        const grown = (size: number) => size > most && full.abort();
        reading = readAlong(trace, shown.follow, grown, read.signal);
      };
      const request = {
        pid,
        trace,
        arguments: command.arguments,
        libraryCalls: command.libraryCalls,
        assets,
        env: screen.env,
        translate: t,
      };
      end = await attach(request, attached, AbortSignal.any([stop, full.signal]));
      // What it did last stays until it was looked at.
      if (end === 'process' && stays) await aborted(stop);
      read.abort();
      await reading;
      rmSync(trace, { force: true });
    }
  } finally {
    shown?.close();
    rmSync(folder, { recursive: true, force: true });
  }
  say(screen, end === 'process' ? t('Process {0} has ended.', pid) : t('Process {0} goes on, unrecorded.', pid));
}

function readAlong(trace: string, follow: Follow, grown: (size: number) => void, stop: AbortSignal): Promise<void> {
  const listener = {
    bytes(bytes: Uint8Array) {
      follow.push(bytes);
      return follow.drained();
    },
    anew: () => follow.anew(),
    caughtUp: (_growing: boolean, size: number) => grown(size),
  };
  return followFile(trace, { awaited: true }, listener, stop);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
