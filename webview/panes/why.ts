import { formatDuration } from '../../src/core/units';
import { areSameAsked } from '../../src/core/why/span-path';
import { pathLines, pathTitle } from '../../src/core/why/words';
import type { Actions } from '../interact/actions';
import { askedOf, spanOf } from '../interact/selection';
import { h, icon } from '../page/dom';
import { pathOf } from '../state/derived';
import { isLive, type State } from '../state/store';

/** What led to the end of something: the button that asks for it, and the critical path in words. */

export function whyButton({ words: t, selection }: State, actions: Actions): HTMLElement {
  return h(
    'button',
    {
      class: 'secondary why-button',
      'data-tool': 'why',
      title: t('What led to the end of the selection, or of the program (B)'),
      click: () => actions.toggleWhy(),
    },
    selection === undefined ? t('What led to the end?') : t('What led here?'),
  );
}

/** Whether there is anything to ask about. */
export function canAskWhy(state: State): boolean {
  const { selection, lanes, why } = state;
  if (!lanes || isLive(state) || lanes.timeline.segments.count === 0) return false;
  // A path that is shown is closed by the button beside its heading.
  if (selection === undefined) return why === undefined;
  if (spanOf(lanes, selection) !== undefined) return !areSameAsked(why, askedOf(lanes, selection));
  return selection.kind === 'task' || (selection.kind === 'segment' && selection.segment !== why);
}

export function whySection(state: State, actions: Actions): HTMLElement | undefined {
  const { lanes, root, words: t } = state;
  const path = pathOf(state);
  if (!lanes || !path) return undefined;
  const close = t('Close (Esc)');
  const list = h('ol', { class: 'why-lines' });
  for (const { start, length, share, text, segment } of pathLines(lanes.timeline, path, root, t)) {
    const go = () => actions.select({ kind: 'segment', segment: segment! }, { reveal: true, open: 'show' });
    list.append(
      h(
        'li',
        {},
        h('span', { class: 'when' }, formatDuration(start)),
        h(
          'span',
          { class: 'share', title: `${Math.round(share * 100)}%` },
          meter(share),
          h('span', {}, formatDuration(length)),
        ),
        segment === undefined ? h('span', {}, text) : h('button', { class: 'link', click: go }, text),
      ),
    );
  }
  return h(
    'section',
    { class: 'why', 'aria-label': t('What led here') },
    h(
      'h4',
      {},
      h('span', {}, pathTitle(lanes.timeline, path, t)),
      h(
        'button',
        { class: 'tool', 'data-tool': 'why-close', title: close, 'aria-label': close, click: () => actions.endWhy() },
        icon('close'),
      ),
    ),
    list,
  );
}

/** A bar that shows the share of the whole. */
function meter(share: number): HTMLElement {
  const bar = h('span', { class: 'meter', 'aria-hidden': 'true' }, h('span', {}));
  (bar.firstElementChild as HTMLElement).style.setProperty('width', `${Math.round(share * 100)}%`);
  return bar;
}
