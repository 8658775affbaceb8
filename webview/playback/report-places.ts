import { turnAt } from '../../src/core/axis/moments';
import { placesAt } from '../../src/core/describe/task-at-turn';
import type { Host } from '../state/host';
import type { State, View } from '../state/store';

/** Tells the host where every task stands at the playhead, once an event: the editor shows it at the lines. */
export class PlaceReporter implements View {
  #told: string | undefined;

  constructor(private readonly host: Host) {}

  update({ lanes, playhead, words, driven }: State, previous: State): void {
    if (lanes === previous.lanes && playhead === previous.playhead) return;
    const turn = lanes && playhead !== undefined ? turnAt({ count: lanes.timeline.steps }, playhead) : undefined;
    const places = lanes && turn !== undefined ? placesAt(lanes.timeline, turn, words) : null;
    const told = `${turn} ${JSON.stringify(places)}`;
    // Nobody has moved the playhead yet: nothing has to be taken back.
    if (told === this.#told || (places === null && this.#told === undefined)) return;
    this.#told = told;
    const again = playhead !== undefined && playhead === previous.playhead;
    const how = { ...(again ? { again } : {}), ...(driven ? { driven } : {}) };
    this.host.post({ type: 'playhead', places, turn: turn ?? null, ...how });
  }
}
