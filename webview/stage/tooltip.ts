import { placeOf } from '../../src/core/words/places';
import { describe } from '../interact/selection';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import type { State, View } from '../state/store';
import { foldText } from './axis';

/** A short description of what is under the pointer. */
export class Tooltip implements View {
  constructor(private readonly parts: Parts) {}

  update(state: State, previous: State): void {
    const { hover, lanes, words: t } = state;
    const { tooltip } = this.parts;
    if (hover === previous.hover && lanes === previous.lanes) return;
    tooltip.hidden = !hover || !lanes;
    if (!hover || !lanes) return;
    tooltip.replaceChildren(...this.#content(state));
    if (hover.fold) tooltip.append(h('div', { class: 'hint' }, foldText(hover.fold, t)));
    if (hover.busy !== undefined)
      tooltip.append(h('div', {}, t('The event loop was busy {0}% of this time', Math.round(hover.busy * 100))));
    if (hover.merged > 1) {
      tooltip.append(
        h('div', { class: 'hint' }, t('{0} segments share this place: zoom in or switch to Steps', hover.merged)),
      );
    } else tooltip.append(h('div', { class: 'hint' }, t('Click: details and source · double-click: go to the line')));
    place(tooltip, hover.x, hover.y);
  }

  #content(state: State): HTMLElement[] {
    const { hover, lanes, root, words: t } = state;
    const { target } = hover!;
    if (target.kind === 'output') {
      const { text, byPython } = lanes!.timeline.output[target.index];
      const said = h('pre', {}, text.trimEnd().slice(0, 600));
      return byPython ? [h('strong', {}, t('Printed by Python itself')), said] : [said];
    }
    const description = describe(state, target);
    if (!description) return [];
    const facts = description.facts.map(({ term, text, link }) => {
      const place = link?.kind === 'source' ? placeOf(lanes!.timeline, link.file, link.line, root).text : '';
      return h(
        'div',
        { class: 'fact' },
        h('span', { class: 'term' }, term),
        h('span', {}, [text, place].filter(Boolean).join(' ')),
      );
    });
    const { crowd } = hover!;
    const here =
      crowd &&
      h('div', {}, t('Here: {0} running, {1} ready, {2} suspended', crowd.running, crowd.ready, crowd.suspended));
    return [h('strong', {}, description.title), ...(here ? [here] : []), ...facts];
  }
}

/** Places it beside the pointer, inside of the window. */
function place(tooltip: HTMLElement, x: number, y: number): void {
  const { offsetWidth, offsetHeight } = tooltip;
  const left = x + 14 + offsetWidth > window.innerWidth ? x - 10 - offsetWidth : x + 14;
  const top = y + 18 + offsetHeight > window.innerHeight ? y - 12 - offsetHeight : y + 18;
  tooltip.style.setProperty('left', `${Math.max(4, left)}px`);
  tooltip.style.setProperty('top', `${Math.max(4, top)}px`);
}
