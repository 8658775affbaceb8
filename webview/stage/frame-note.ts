import type { Lanes } from '../../src/core/lanes/lanes';
import { sideMarksInView } from '../../src/core/layout/marks-in-view';
import type { Scene } from '../../src/core/layout/scene';
import { wakesInView } from '../../src/core/layout/wakes-in-view';
import { h } from '../page/dom';
import { isLive, type State } from '../state/store';

/** Milliseconds to keep a number that would change in each picture of a live run. */
const STAYS = 500;

/** Number of overlapping marks from which zooming in is suggested. */
const MANY_MARKS = 20;

/** A note about what the current picture leaves out for lack of room. */
export class FrameNote {
  readonly element = h('div', { class: 'frame-note', role: 'status', hidden: true });
  #text = '';
  #said = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  tell(scene: Scene, state: State, lanes: Lanes): void {
    const live = isLive(state);
    const before = this.#text;
    this.#text = leftOut(scene, state, lanes);
    if (this.#text === before) return;
    // Do not announce growing numbers: a screen reader would never finish.
    this.element.setAttribute('aria-live', live ? 'off' : 'polite');
    const wait = live && this.#text !== '' && before !== '' ? this.#said + STAYS - performance.now() : 0;
    if (wait <= 0) this.#say();
    else this.#timer ??= setTimeout(() => this.#say(), wait);
  }

  #say(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#said = performance.now();
    this.element.textContent = this.#text;
    this.element.hidden = this.#text === '';
  }
}

function leftOut(scene: Scene, state: State, lanes: Lanes): string {
  const { words: t } = state;
  const rows = scene.rows.map(({ row }) => row);
  const notes: string[] = [];
  if (scene.arrows.some) {
    const all = wakesInView(lanes, scene, rows, isLive(state));
    const drawn = scene.arrows.drawn.length;
    if (all > drawn) notes.push(t('{0} of {1} wake-ups in view are drawn: zoom in to see the others.', drawn, all));
  }
  if (scene.thinned) {
    const all = sideMarksInView(lanes, scene, rows);
    const drawn = scene.marks.filter(({ kind }) => kind === 'notified').length;
    if (all - drawn >= MANY_MARKS)
      notes.push(
        t('{0} of {1} marks of conditions and barriers in view are drawn: zoom in to see the others.', drawn, all),
      );
  }
  return notes.join(' ');
}
