import { turnAt } from '../../src/core/axis/moments';
import { stateWord } from '../../src/core/describe/describe';
import { lineOfTask, taskAtTurn } from '../../src/core/describe/task-at-turn';
import { State as TaskState } from '../../src/core/timeline/model';
import { waitText } from '../../src/core/words/waits';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import type { State } from '../state/store';

/** Shows beside each name in view the state of the task at the playhead, and its line. */
export class TaskStates {
  #shown = '';

  constructor(private readonly parts: Parts) {}

  /** Call after the names of the frame were updated. */
  update({ lanes, playhead, words: t, locale }: State): void {
    const { names } = this.parts;
    const turn = lanes && playhead !== undefined ? turnAt({ count: lanes.timeline.steps }, playhead) : -1;
    const places = [...names.querySelectorAll<HTMLElement>('.standing')];
    // Elements are recreated when lanes come into view: fill empty ones.
    const shown = `${turn} ${locale} ${places.map(({ dataset }) => dataset.task).join()}`;
    if (shown === this.#shown && (turn < 0 || places.every((place) => place.dataset.turn === String(turn)))) return;
    this.#shown = shown;
    names.classList.toggle('with-standings', turn >= 0);
    for (const place of places) {
      place.dataset.turn = String(turn);
      const task = Number(place.dataset.task);
      if (turn < 0 || !lanes) {
        place.replaceChildren();
        continue;
      }
      const at = taskAtTurn(lanes.timeline, task, turn);
      const { state, segment } = at;
      place.className = `standing ${state}`;
      if (state === 'unborn' || state === 'ended' || segment === undefined) {
        place.replaceChildren();
        place.title = '';
        continue;
      }
      const word = stateWord(TaskState[state], t);
      const link = lineOfTask(lanes.timeline, at);
      const waits = state === 'suspended' ? waitText(lanes.timeline, segment, t) : '';
      place.title = [word, waits].filter(Boolean).join(': ');
      place.replaceChildren(
        icon(ICONS[state]),
        h('span', { class: 'unseen' }, `${word} `),
        h('span', { class: 'place' }, link ? t('line {0}', link.line) : ''),
      );
    }
  }
}

const ICONS = { running: 'play', ready: 'watch', suspended: 'debug-pause' } as const;
