import type { Language } from '../language';
import type { Screen } from '../screen';
import type { Signals } from '../signals';
import { canDraw, Follow } from './follow';
import { quitKeys } from './keys';

/** One `coroscope top`. */
export interface Watching {
  /** Aborts when it was looked at for long enough. */
  readonly stop: AbortSignal;
  /** It stays until somebody has looked at it. Lines of a log end with what they tell of. */
  readonly stays: boolean;
  /** Begins to show. */
  begin(): Shown;
  over(): void;
}

export interface Shown {
  readonly follow: Follow;
  /** The terminal is left as it was. */
  close(): void;
}

export function watching(
  {
    length,
    seconds,
    ascii,
  }: { readonly length: number; readonly seconds: number | undefined; readonly ascii: boolean },
  screen: Screen,
  language: Language,
  assets: string,
  signals: Signals,
): Watching {
  const quit = new AbortController();
  const end = () => quit.abort();
  const timer = seconds === undefined ? undefined : setTimeout(end, seconds * 1000);
  const stays = canDraw(screen);
  return {
    stop: AbortSignal.any([quit.signal, signals.interrupt, signals.end, signals.kill]),
    stays,
    begin() {
      const ended = stays ? () => {} : end;
      const options = { length, ascii, hint: language.translate('q quits'), surface: 'full', ended } as const;
      const follow = new Follow(options, screen, language, assets);
      const forget = stays ? quitKeys(process.stdin, end) : () => {};
      return {
        follow,
        close() {
          forget();
          follow.close();
        },
      };
    },
    over: () => clearTimeout(timer),
  };
}
