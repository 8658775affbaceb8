import { turnAt } from '../../src/core/axis/moments';
import { placesAt } from '../../src/core/describe/task-at-turn';
import type { Host } from '../state/host';
import type { State, View } from '../state/store';

/** Reports to the host, once for each event, the line of every task at the playhead; the editor shows them. */
export class PlaceReporter implements View {
  #told: string | undefined;

  constructor(private readonly host: Host) {}

  update({ lanes, playhead, words, driven }: State, previous: State): void {
    if (lanes === previous.lanes && playhead === previous.playhead) return;
    const turn = lanes && playhead !== undefined ? turnAt({ count: lanes.timeline.steps }, playhead) : undefined;
    const places = lanes && turn !== undefined ? placesAt(lanes.timeline, turn, words) : null;
    const told = `${turn} ${JSON.stringify(places)}`;
    // The playhead was never moved: nothing to clear.
    if (told === this.#told || (places === null && this.#told === undefined)) return;
    this.#told = told;
    const again = playhead !== undefined && playhead === previous.playhead;
    const how = { ...(again ? { again } : {}), ...(driven ? { driven } : {}) };
    this.host.post({ type: 'playhead', places, turn: turn ?? null, ...how });
  }
}
