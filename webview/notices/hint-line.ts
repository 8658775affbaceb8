import type { HintName } from '../../src/core/protocol/messages';
import { axisName } from '../../src/core/words/axes';
import { tasksOnlyText } from '../../src/core/words/detail';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { isLive, type State, type View } from '../state/store';

/** A line that says what the axis shows, or does not show, to somebody who meets it for the first time. */
export class HintLine implements View {
  #shown: HintName | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
  ) {}

  update(state: State, previous: State): void {
    const hint = hintOf(state);
    if (hint === this.#shown && state.words === previous.words) return;
    this.#shown = hint;
    const { hint: line, stage } = this.parts;
    const focused = line.contains(document.activeElement);
    line.hidden = hint === undefined;
    line.replaceChildren(...(hint ? this.#content(hint, state) : []));
    // The button that had the focus is gone.
    if (focused) stage.focus({ preventScroll: true });
  }

  #content(hint: HintName, { words: t }: State): HTMLElement[] {
    const text = hint === 'tasks' ? [tasksOnlyText(t)] : this.#axisText(hint, t);
    const close = t('Got it, do not show this again');
    return [
      icon('lightbulb'),
      h('div', { class: 'grow' }, ...text),
      h(
        'button',
        { class: 'tool', title: close, 'aria-label': close, click: () => this.actions.dismiss(hint) },
        icon('close'),
      ),
    ];
  }

  #axisText(hint: 'steps' | 'time', t: State['words']): (HTMLElement | string)[] {
    const other = hint === 'steps' ? 'time' : 'steps';
    const text =
      hint === 'steps'
        ? t('Every step of the event loop is drawn equally wide here, so you see the order. To see how long it took:')
        : t('Bars are as long as they took here, so quick steps are thin lines. To see their order:');
    const show = h('button', { class: 'link', 'data-tool': 'hint', click: () => this.actions.chooseAxis(other) });
    show.textContent = axisName(other, t);
    return [h('strong', {}, axisName(hint, t)), ' · ', text, ' ', show];
  }
}

function hintOf(state: State): HintName | undefined {
  const { lanes, axis, compact, dismissed, predict } = state;
  // In the side bar the picture needs the room; a question of its own needs no second text.
  if (!lanes || compact || predict || isLive(state) || lanes.timeline.duration <= 0) return undefined;
  if (axis !== 'squeezed' && !dismissed.has(axis)) return axis;
  return lanes.timeline.meta.detail === 'tasks' && !dismissed.has('tasks') ? 'tasks' : undefined;
}
