import type { HostMessage } from '../../src/core/protocol/messages';
import { translator } from '../../src/core/translate';
import type { Actions } from '../interact/actions';
import { type Live, selectionOf } from '../live/live-reader';
import type { Player } from '../playback/player';
import type { Predicting } from '../predict/predicting';
import type { Store } from '../state/store';
import type { Renderer } from './renderer';
import type { ShownRun } from './shown-run';

/** Handles the messages from the host: VS Code, or the page's own data and source pane where it was exported. */
export class HostMessages {
  constructor(
    private readonly store: Store,
    private readonly run: ShownRun,
    private readonly live: Live,
    private readonly renderer: Renderer,
    private readonly actions: Actions,
    private readonly player: Player,
    private readonly predicting: Predicting,
  ) {}

  receive(message: HostMessage): void {
    if (message.type !== 'append') this.live.settle();
    if (message.type === 'hydrate' || message.type === 'status') this.store.set({ shapes: undefined });
    if (message.type === 'hydrate') {
      const { locale, words, root, compact, status, trace, dismissed = [], restricted = false } = message;
      this.store.set({
        ...{ locale, words: translator(words), root, compact, restricted },
        dismissed: new Set(dismissed),
      });
      this.run.show(status, trace);
      this.predicting.startIfAsked();
    } else if (message.type === 'status') {
      const { status, trace, again } = message;
      if (!again || !trace || !this.run.replace(status, trace, again)) this.run.show(status, trace);
    } else if (message.type === 'shapes') this.store.set({ shapes: new Map(message.files) });
    else if (message.type === 'live') this.store.set({ live: message.live });
    else if (message.type === 'predict') this.predicting.start();
    else if (message.type === 'why') this.actions.toggleWhy();
    else if (message.type === 'move') this.player.move(message.move, message.at);
    else if (message.type === 'older') this.run.compareWith(message.older);
    else if (message.type === 'append') {
      this.live.append(message.bytes);
      this.renderer.appended();
    } else if (message.type === 'reveal') {
      const { lanes } = this.store.state;
      const selection = lanes && selectionOf(lanes, message.task, message.segment);
      if (selection) this.actions.select(selection, { reveal: true });
    } else if (message.type === 'moment') this.actions.goTo(message);
    else this.store.set({ cursor: { file: message.file, line: message.line } });
  }
}
