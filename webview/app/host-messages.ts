import type { HostMessage } from '../../src/core/protocol/messages';
import type { TraceSource } from '../../src/core/trace/source';
import { translator } from '../../src/core/translate';
import type { Actions } from '../interact/actions';
import type { ArrivingTrace } from '../live/arriving-trace';
import { type Live, selectionOf } from '../live/live-reader';
import type { Player } from '../playback/player';
import type { Predicting } from '../predict/predicting';
import type { Host } from '../state/host';
import type { Store } from '../state/store';
import type { Renderer } from './renderer';
import type { ShownRun } from './shown-run';

/** Handles the messages from the host: VS Code, or the page's own data and source pane where it was exported. */
export class HostMessages {
  constructor(
    private readonly store: Store,
    private readonly run: ShownRun,
    private readonly host: Host,
    private readonly live: Live,
    private readonly arriving: ArrivingTrace,
    private readonly renderer: Renderer,
    private readonly actions: Actions,
    private readonly player: Player,
    private readonly predicting: Predicting,
  ) {}

  receive(message: HostMessage): void {
    if (message.type !== 'append') this.live.settle();
    if (message.type === 'hydrate' || message.type === 'status') {
      const { coming, trace } = message;
      if (message.type === 'hydrate') {
        const { locale, words, root, compact, dismissed = [], restricted = false } = message;
        this.store.set({
          ...{ locale, words: translator(words), root, compact, restricted },
          dismissed: new Set(dismissed),
        });
      }
      if (!coming) this.#show(message, trace);
      else {
        this.arriving.expect(coming.from, coming.length, (whole) => this.#show(message, whole));
        // What goes on from the picture before keeps it until then.
        if (message.type === 'hydrate' || !message.again) this.run.await(message.status, this.arriving.progress);
      }
    } else if (message.type === 'shapes') this.store.set({ shapes: new Map(message.files) });
    else if (message.type === 'live') this.store.set({ live: message.live });
    else if (message.type === 'predict') this.predicting.start();
    else if (message.type === 'why') this.actions.toggleWhy();
    else if (message.type === 'move') this.player.move(message.move, message.at);
    else if (message.type === 'older') this.run.compareWith(message.older);
    else if (message.type === 'append') {
      this.#append(message.bytes);
    } else if (message.type === 'reveal') {
      const { lanes } = this.store.state;
      const selection = lanes && selectionOf(lanes, message.task, message.segment);
      if (selection) this.actions.select(selection, { reveal: true });
    } else if (message.type === 'moment') this.actions.goTo(message);
    else this.store.set({ cursor: { file: message.file, line: message.line } });
  }

  #show(message: HostMessage & { type: 'hydrate' | 'status' }, trace: Uint8Array | TraceSource | null): void {
    const { status } = message;
    // A run that goes on has only got an engine.
    if (!this.run.continues(status, trace)) {
      this.arriving.clear();
      // Of a run that goes on the rest will come.
      if (status.state === 'running' && trace instanceof Uint8Array) this.arriving.add(trace);
    }
    this.store.set({ shapes: undefined });
    const again = message.type === 'status' ? message.again : undefined;
    if (!again || !trace || !this.run.replace(status, trace, again)) this.run.show(status, trace);
    if (message.type === 'hydrate') this.predicting.startIfAsked();
  }

  #append(bytes: Uint8Array): void {
    this.host.post({ type: 'read' });
    const { progress } = this.arriving;
    this.arriving.add(bytes);
    if (progress) this.run.progressed(this.arriving.progress);
    else {
      this.live.append(bytes);
      this.renderer.appended();
    }
  }
}
