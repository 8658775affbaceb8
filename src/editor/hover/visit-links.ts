import { commands, type Disposable, window } from 'vscode';
import type { HostMessage } from '../../core/protocol/messages';
import type { Timeline } from '../../core/timeline/model';
import type { TimelinePanel } from '../timeline/panel';
import { t } from '../words/translate';

export const visitCommands = ['coroscope.showVisit', 'coroscope.previousVisit', 'coroscope.nextVisit'] as const;

/** A place in the source with its visits in a run, which links step through. */
interface Walk {
  readonly timeline: Timeline;
  readonly visits: Uint32Array;
  at: number;
}

/** The last run. */
interface VisitSource {
  timeline(): Timeline | undefined;
  /** The visits of the line at the cursor, for commands without a link. */
  atCursor(): Promise<Uint32Array | undefined>;
}

/** Number of hovered places to remember: a hover is closed long before. */
const MOST_WALKS = 32;

/** Steps through the visits of a line in the timeline, from the links of a hover or from the line at the cursor. */
export class VisitLinks {
  readonly #walks = new Map<number, Walk>();
  #last = 0;

  constructor(
    private readonly panel: TimelinePanel,
    private readonly send: (message: HostMessage) => void,
    private readonly runs: VisitSource,
  ) {}

  /** @returns an id for links. A known place continues at its last visit. */
  add(timeline: Timeline, visits: Uint32Array): number {
    for (const [number, walk] of this.#walks)
      if (walk.timeline === timeline && sameRows(walk.visits, visits)) return number;
    this.#walks.set(++this.#last, { timeline, visits, at: -1 });
    for (const [oldest] of this.#walks) if (this.#walks.size > MOST_WALKS) this.#walks.delete(oldest);
    return this.#last;
  }

  register(): Disposable[] {
    const step = (direction: -1 | 0 | 1) => (link: unknown) => this.#go(link, direction);
    const [show, previous, next] = visitCommands;
    return [
      commands.registerCommand(show, step(0)),
      commands.registerCommand(previous, step(-1)),
      commands.registerCommand(next, step(1)),
    ];
  }

  /** Around the ends. The first step forwards is the first visit, the first backwards the last. */
  async #go(link: unknown, direction: -1 | 0 | 1): Promise<void> {
    const walk = await this.#walkOf(link);
    if (!walk) return;
    const count = walk.visits.length;
    if (walk.at < 0) walk.at = direction < 0 ? count - 1 : 0;
    else walk.at = (walk.at + direction + count) % count;
    const row = walk.visits[walk.at];
    const { segments, tasks } = walk.timeline;
    const { id, first } = tasks[segments.task[row]];
    this.panel.show();
    this.send({ type: 'reveal', task: id, segment: row - first });
    window.setStatusBarMessage(t('Stop {0} of {1}', walk.at + 1, count), 3000);
  }

  /** Validate the arguments: they come from a link in Markdown. */
  async #walkOf(link: unknown): Promise<Walk | undefined> {
    if (typeof link === 'number') return this.#current(link);
    const visits = await this.runs.atCursor();
    const timeline = visits && this.runs.timeline();
    if (timeline && visits.length > 0) return this.#current(this.add(timeline, visits));
    window.setStatusBarMessage(t('Nothing suspended at this line in the last run.'), 3000);
    return undefined;
  }

  #current(number: number): Walk | undefined {
    const walk = this.#walks.get(number);
    return walk && walk.timeline === this.runs.timeline() ? walk : undefined;
  }
}

function sameRows(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a[0] === b[0] && a.at(-1) === b.at(-1);
}
