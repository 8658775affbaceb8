import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkHeader, HEADER_BYTES } from '../core/trace/read';
import { followFile } from '../engines/watch/followed-file';
import { Exit } from './exit';
import type { Language } from './language';
import { type Watching, watching } from './live/watching';
import type { Screen } from './screen';
import type { Signals } from './signals';
import type { TopCommand } from './top-arguments';
import { topOfProcess } from './top-process';

/**
 * `coroscope top`: what a process, or the program of a trace, does now. @returns the exit code
 * @throws TraceError, EngineError, an error of the file system
 */
export async function top(
  command: TopCommand,
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Promise<number> {
  const watched = watching(command, screen, language, assets, signals);
  signals.running(true);
  try {
    const { of } = command;
    if (typeof of === 'number') await topOfProcess(of, command, watched, screen, language.translate, assets);
    else await topOfFile(resolve(screen.cwd, of), watched);
    return Exit.good;
  } finally {
    watched.over();
    signals.running(false);
  }
}

async function topOfFile(path: string, { stop, begin }: Watching): Promise<void> {
  checkIsTrace(path);
  const { follow, close } = begin();
  const listener = {
    bytes(bytes: Uint8Array) {
      follow.push(bytes);
      return follow.drained();
    },
    anew: () => follow.anew(),
    caughtUp: (growing: boolean) => {
      follow.growing = growing;
    },
  };
  follow.growing = false;
  try {
    await followFile(path, { awaited: false }, listener, stop);
  } finally {
    close();
  }
}

/** Told before the terminal is taken. A trace that has just been begun may be empty. @throws TraceError, an error of the file system */
function checkIsTrace(path: string): void {
  const header = new Uint8Array(HEADER_BYTES);
  const file = openSync(path, 'r');
  try {
    if (readSync(file, header, 0, HEADER_BYTES, 0) > 0) checkHeader(header);
  } finally {
    closeSync(file);
  }
}
