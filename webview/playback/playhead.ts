import { momentsOf, stepAt, timeAt, turnAt } from '../../src/core/axis/moments';
import type { Projection } from '../../src/core/axis/projection';
import { storyOf } from '../../src/core/describe/story';
import { sentenceText } from '../../src/core/describe/story-words';
import { type CssPixels, formatDuration } from '../../src/core/units';
import type { Actions } from '../interact/actions';
import { type CommandIn, commandOf } from '../interact/keys';
import { h, svg } from '../page/dom';
import type { Parts } from '../page/shell';
import { stepsOf } from '../state/derived';
import type { State, View } from '../state/store';
import type { Player } from './player';

/** The handle above the lanes: it shows the current moment, and can be dragged. A click on the axis moves it there. */
export class Playhead implements View {
  readonly #handle = h('div', { class: 'playhead', role: 'slider', tabindex: 0, 'aria-valuemin': 1 });

  readonly #line = svg('line', { class: 'moment', y1: 0, y2: 10_000 });

  constructor(
    private readonly parts: Parts,
    private readonly state: () => State,
    private readonly actions: Actions,
    private readonly player: Player,
    private readonly projection: () => Projection,
    /** Width of the stage. Reading it from the DOM would force a layout in every frame. */
    private readonly width: () => CssPixels,
  ) {
    const { ruler } = parts;
    ruler.append(this.#handle);
    parts.overlay.append(this.#line);
    ruler.addEventListener('pointerdown', (event) => this.#drag(event));
    this.#handle.addEventListener('keydown', (event) => {
      const command = commandOf('playhead', event);
      if (!command) return;
      this.#commands[command]();
      event.preventDefault();
      event.stopPropagation();
    });
  }

  update(state: State, previous: State): void {
    const { lanes, playhead, words: t } = state;
    this.#place(state);
    const same =
      lanes === previous.lanes &&
      playhead === previous.playhead &&
      state.library === previous.library &&
      t === previous.words;
    if (same && this.#handle.hasAttribute('aria-label')) return;
    const steps = stepsOf(state);
    this.#handle.hidden = steps === 0;
    this.#handle.setAttribute('aria-label', t('Playhead'));
    this.#handle.setAttribute('aria-valuemax', String(Math.max(1, steps)));
    this.#handle.classList.toggle('away', playhead === undefined);
    if (!lanes || steps === 0) return;
    const turn = turnAt({ count: steps }, playhead ?? 0);
    this.#handle.setAttribute('aria-valuenow', String(turn + 1));
    const said = playhead === undefined ? t('hidden') : momentText(state, playhead);
    this.#handle.setAttribute('aria-valuetext', said);
    const moved = playhead !== undefined && playhead !== previous.playhead && !state.playing;
    if (moved && lanes === previous.lanes && document.activeElement !== this.#handle)
      this.parts.live.textContent = momentText(state, playhead);
  }

  /** Updates its position; call after the lanes were drawn. */
  #place({ lanes, playhead }: State): void {
    if (!lanes) return;
    const step = playhead ?? 0;
    const x = this.projection().at(playhead === undefined ? 0 : timeAt(momentsOf(lanes), step), step);
    const visible = x > -7 && x < this.width() + 7;
    this.#handle.style.setProperty('transform', `translateX(${visible ? x : -99}px)`);
    const line = playhead !== undefined && visible ? x : -9;
    this.#line.setAttribute('x1', String(line));
    this.#line.setAttribute('x2', String(line));
  }

  readonly #commands: Readonly<Record<CommandIn<'playhead'>, () => void>> = {
    stepOn: () => this.player.stepBy(1),
    stepBack: () => this.player.stepBy(-1),
    tenOn: () => this.player.stepBy(10),
    tenBack: () => this.player.stepBy(-10),
    toStart: () => this.player.toStart(),
    toEnd: () => this.player.toEnd(),
    play: () => this.player.toggle(),
    putAway: () => this.actions.moveTo(undefined),
  };

  #drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { ruler } = this.parts;
    const go = ({ clientX }: PointerEvent) => {
      const step = this.#stepAt(clientX - ruler.getBoundingClientRect().left);
      if (step !== undefined) this.actions.moveTo(step, { reveal: false });
    };
    ruler.setPointerCapture(event.pointerId);
    go(event);
    event.preventDefault();
    this.#handle.focus({ preventScroll: true });
    ruler.addEventListener('pointermove', go);
    ruler.addEventListener('lostpointercapture', () => ruler.removeEventListener('pointermove', go), { once: true });
  }

  #stepAt(x: number): number | undefined {
    const state = this.state();
    const { lanes, axis } = state;
    if (!lanes) return undefined;
    const value = this.projection().valueAt(x);
    return Math.min(Math.max(0, axis === 'steps' ? value : stepAt(momentsOf(lanes), value)), stepsOf(state));
  }
}

/** `Event 5 of 11, 1 s. Task-2 goes on …` */
function momentText(state: State, playhead: number): string {
  const { lanes, words: t } = state;
  const moments = momentsOf(lanes!);
  const turn = turnAt(moments, playhead);
  const story = storyOf(lanes!);
  const index = story.at(turn);
  const sentence = index < 0 ? '' : sentenceText(lanes!, story, story.sentence(index), t);
  const time = formatDuration(timeAt(moments, playhead));
  return [t('Event {0} of {1}, {2}.', turn + 1, stepsOf(state), time), sentence].filter(Boolean).join(' ');
}
