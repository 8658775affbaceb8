import { momentsOf, timeAt } from '../../src/core/axis/moments';
import type { Projection } from '../../src/core/axis/projection';
import type { CssPixels } from '../../src/core/units';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import type { Prediction, State } from '../state/store';

/** Covers the part of the run that a question is about. */
export class FutureCover {
  readonly #element = h('div', { class: 'curtain', hidden: true, 'aria-hidden': 'true' });

  constructor(
    private readonly parts: Parts,
    private readonly projection: () => Projection,
    private readonly width: () => CssPixels,
  ) {
    parts.stage.append(this.#element);
    // What is below must not react to the pointer.
    for (const type of ['pointermove', 'click', 'dblclick'])
      this.#element.addEventListener(type, (event) => event.stopPropagation());
  }

  /** Call after the lanes were drawn. */
  update({ lanes, predict }: State): void {
    const seen = lanes && predict && seenUpTo(predict);
    this.#element.hidden = seen === undefined;
    if (!lanes || seen === undefined) return;
    const x = this.projection().at(timeAt(momentsOf(lanes), seen), seen);
    const left = Math.max(0, Math.min(x, this.width()));
    const { style } = this.#element;
    style.setProperty('left', `${left}px`);
    style.setProperty('width', `${this.width() - left}px`);
    // The stage overlays the lanes and has no height of its own.
    style.setProperty('height', this.parts.canvas.style.height);
  }
}

/** The position on the steps axis up to which the run is shown; undefined: all of it. */
export function seenUpTo({ questions, at, chosen }: Prediction): number | undefined {
  const question = questions[at];
  if (!question) return undefined;
  return (chosen === undefined ? question.turn : question.until) + 1;
}
