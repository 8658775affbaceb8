import type { Seconds } from '../../core/units';
import { Watch } from '../../engines/watch/watch';
import type { Language } from '../language';
import { say } from '../say';
import type { Screen } from '../screen';
import { Display } from './display';
import { FullScreen } from './full-screen';
import { Log } from './log';
import { Pinned } from './pinned';
import type { LiveView } from './view';

export interface FollowOptions {
  /** How many of the last seconds are shown. */
  readonly length: Seconds;
  readonly ascii: boolean;
  readonly hint: string;
  /** `pinned`: the program writes to this terminal, too. */
  readonly surface: 'pinned' | 'full';
  /** The trace is complete; told once. */
  readonly ended?: () => void;
}

/** Whether something can be drawn in place. A terminal of a CI is a log. */
export function canDraw({ stderr, env }: Screen): boolean {
  return stderr.isTTY === true && env.TERM !== 'dumb' && !env.CI;
}

/** Shows what a program does while its trace comes in. */
export class Follow {
  readonly #watch: Watch;
  readonly #view: LiveView;
  #failed = false;
  #ended = false;

  constructor(
    { length, ascii, hint, surface, ended }: FollowOptions,
    screen: Screen,
    { words, translate }: Language,
    assets: string,
  ) {
    const { stderr } = screen;
    this.#view = canDraw(screen)
      ? new Display(surface === 'pinned' ? new Pinned(stderr) : new FullScreen(stderr), screen, {
          ...{ ascii, hint, translate },
        })
      : new Log(screen, length, translate);
    this.#watch = new Watch(
      assets,
      { length, words },
      {
        recent: (recent) => {
          this.#view.show(recent);
          if (recent.ended && !this.#ended) ended?.();
          this.#ended = recent.ended;
        },
        failed: (message) => {
          // Once: the next look would say the same.
          if (!this.#failed) say(screen, translate('What the program does cannot be shown any more: {0}', message));
          this.#failed = true;
        },
      },
    );
  }

  push(bytes: Uint8Array): void {
    this.#watch.push(bytes);
  }

  /** See `Watch`. */
  drained(): Promise<void> {
    return this.#watch.drained();
  }

  anew(): void {
    this.#watch.anew();
  }

  /** Whether what comes is as new as it is now; see `ToWatch`. */
  set growing(on: boolean) {
    this.#watch.growing = on;
  }

  /** The terminal is left as it was. */
  close(): void {
    this.#watch.close();
    this.#view.close();
  }
}
