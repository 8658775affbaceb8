import { limitsOf } from '../../src/core/axis/limits';
import type { Lanes } from '../../src/core/lanes/lanes';
import { h, svg } from '../page/dom';
import type { Parts } from '../page/shell';
import { ghostOf } from '../state/derived';
import type { State, View } from '../state/store';

/** What the marks mean. The samples are drawn as the canvas draws them. */
export class Legend implements View {
  #shown = '';
  #ghost = false;

  constructor(private readonly parts: Parts) {}

  update(state: State, previous: State): void {
    const { words: t, lanes } = state;
    const ghost = ghostOf(state) !== undefined;
    this.parts.legend.hidden = !lanes;
    if (!lanes) return;
    if (
      t === previous.words &&
      lanes === previous.lanes &&
      ghost === this.#ghost &&
      this.parts.legend.childElementCount > 0
    )
      return;
    this.#ghost = ghost;
    const present = marksIn(lanes);
    if (ghost) present.add('ghost');
    const entries: [string, string, string?][] = [
      ['running', t('running'), t('The task has the event loop: its code is running.')],
      ['ready', t('ready'), t('It could continue, but has to wait until the event loop is free.')],
      ['suspended', t('suspended'), t('It waits at an await for what its label says.')],
      [
        'callback',
        t('callback'),
        t('The event loop runs a function that is not a task, such as a timer that wakes a task.'),
      ],
      ['ghost', t('earlier run'), t('The hollow bars below each task show what it did in the other run.')],
      ['created', t('created')],
      ['result', t('finished')],
      ['exception', t('raised')],
      ['cancelled', t('cancelled')],
      ['kept', t('time limit'), t('The time that was left is dotted.')],
      ['expired', t('time limit ran out')],
      ['forgotten', t('never awaited')],
      ['held', t('blocked event loop'), t('While this call ran, nothing else could. Its label says which call it is.')],
      ['trouble', t('problem')],
      ['changed', t('what if'), t('It took a different time than the program says.')],
      [
        'wake',
        t('woken by'),
        t('Points from whoever woke the task. Shown for the segment that you select or hover over.'),
      ],
    ];
    const shown = entries.filter(([kind]) => !rare.has(kind) || present.has(kind));
    const key = JSON.stringify(shown);
    if (key === this.#shown) return;
    this.#shown = key;
    this.parts.legend.replaceChildren(
      ...shown.map(([kind, label, title]) =>
        h('span', { class: title ? 'entry' : 'entry minor', title }, sample(kind), label),
      ),
    );
  }
}

/** Marks that are explained only where there are some. */
const rare = new Set([
  'result',
  'exception',
  'cancelled',
  'kept',
  'expired',
  'forgotten',
  'held',
  'trouble',
  'ghost',
  'changed',
]);

function marksIn(lanes: Lanes): Set<string> {
  const { tasks, errors } = lanes.timeline;
  const present = new Set<string>(tasks.map(({ outcome }) => outcome.kind));
  for (const { kind } of errors)
    if (kind !== 'uncaught') present.add(kind === 'never-awaited' ? 'forgotten' : 'trouble');
  for (const { expired } of limitsOf(lanes).list) present.add(expired ? 'expired' : 'kept');
  if (lanes.holds.size > 0) present.add('held');
  if (lanes.timeline.meta.whatIf.length > 0) present.add('changed');
  return present;
}

function sample(kind: string): SVGSVGElement {
  const wide = ['running', 'ready', 'suspended', 'callback', 'ghost'].includes(kind);
  const width = wide ? 26 : 12;
  const picture = svg('svg', {
    class: `sample ${kind}`,
    width,
    height: 12,
    viewBox: `0 0 ${width} 12`,
    'aria-hidden': 'true',
  });
  if (wide)
    picture.append(
      svg('rect', { x: 0.5, y: kind === 'ghost' ? 3.5 : 0.5, width: 25, height: kind === 'ghost' ? 6 : 11 }),
    );
  if (kind === 'ready')
    picture.append(
      svg('path', {
        d: 'M1 8L8 1M1 11.5L11.5 1M5 11.5L15.5 1M9 11.5L19.5 1M13 11.5L23.5 1M17 11.5L25.5 3M21 11.5L25.5 7',
      }),
    );
  const shapes: Record<string, string> = {
    result: 'M2 6L5 9.5L10 2.5',
    exception: 'M2 2L10 10M10 2L2 10',
    cancelled: 'M6 2a4 4 0 1 0 .01 0M3.2 3.2L8.8 8.8',
    kept: 'M6 1.5L10.5 6L6 10.5L1.5 6Z',
    expired: 'M6 1.5L10.5 6L6 10.5L1.5 6Z',
    forgotten: 'M6 1a5 5 0 1 0 .01 0M6 3.5V6.2M6 8.4V8.5',
    held: 'M1 9V4H11V9',
    trouble: 'M6 1.5L11 10.5H1Z',
    ghost: 'M25.5 1.5V11.5',
    changed: 'M1 6H11M3.5 3.5L1 6L3.5 8.5M8.5 3.5L11 6L8.5 8.5',
    created: 'M6 3a3 3 0 1 0 .01 0',
    wake: 'M6 1V10M2.5 6.5L6 10L9.5 6.5',
  };
  if (shapes[kind]) picture.append(svg('path', { d: shapes[kind] }));
  return picture;
}
