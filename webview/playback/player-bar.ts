import { formatDuration } from '../../src/core/units';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import type { State, Store, View } from '../state/store';
import { naturalPace, type Player, SPEEDS } from './player';

/** Step, play, pause, and the speed. */
export class PlayerBar implements View {
  #shown = '';

  constructor(
    private readonly parts: Parts,
    private readonly player: Player,
    private readonly store: Store,
  ) {}

  update(state: State, previous: State): void {
    const { lanes, playing, speed, axis, words: t } = state;
    const bar = this.parts.player;
    const same = lanes === previous.lanes && playing === previous.playing && speed === previous.speed;
    if (same && axis === previous.axis && t === previous.words && bar.childElementCount > 0) return;
    const paces = pacesOf(state);
    // A run that took no time can only be played by steps.
    const still = axis !== 'steps' && (lanes?.timeline.duration ?? 0) <= 0;
    const shown = JSON.stringify([playing, speed, paces, state.locale, still]);
    if (shown === this.#shown && t === previous.words) return;
    this.#shown = shown;
    const focused = bar.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.tool
      : undefined;
    const tool = (name: string, glyph: string, title: string, click: () => void) =>
      h('button', { class: 'tool', 'data-tool': name, title, 'aria-label': title, click }, icon(glyph));
    bar.setAttribute('aria-label', t('Playing'));
    bar.replaceChildren(
      tool('back', 'chevron-left', t('Previous event (,)'), () => this.player.stepBy(-1)),
      playing
        ? tool('play', 'debug-pause', t('Pause (P)'), () => this.player.toggle())
        : tool('play', 'play', t('Play (P)'), () => this.player.toggle()),
      tool('on', 'chevron-right', t('Next event (.)'), () => this.player.stepBy(1)),
      ...(still ? [] : [this.#speeds(paces, state)]),
    );
    if (focused) bar.querySelector<HTMLElement>(`[data-tool="${focused}"]`)?.focus();
  }

  #speeds(paces: readonly string[], { speed, words: t }: State): HTMLElement {
    const select = h('select', {
      class: 'speed',
      'data-tool': 'speed',
      'aria-label': t('Speed'),
      title: t('Speed'),
      change: () => this.store.set({ speed: Number(select.value) }),
    });
    SPEEDS.forEach((each, i) => {
      select.append(h('option', { value: each, selected: each === speed }, paces[i]));
    });
    return select;
  }
}

/** What each speed means in this run. */
function pacesOf({ lanes, axis, words: t }: State): string[] {
  const budget = lanes ? naturalPace(lanes.timeline, axis === 'steps') : 1;
  return SPEEDS.map((each) => paceText(budget * 2 ** each, axis === 'steps', t));
}

/** How much of the run is played in a second. */
function paceText(budget: number, inSteps: boolean, t: State['words']): string {
  const rounded = Number(budget.toPrecision(2));
  if (inSteps) return t('{0} events/s', rounded);
  return budget >= 0.01 && budget < 1000 ? `${rounded}×` : `${formatDuration(budget)}/s`;
}
