import { taskColor } from '../../src/core/colors';
import { explainError } from '../../src/core/explain-error';
import { formatDuration } from '../../src/core/units';
import type { Actions } from '../actions';
import { h, icon } from '../dom';
import type { State, View } from '../store';

/** More lines than this in the page would make it slow. */
const MOST_LINES = 2000;

/** What the program wrote, each piece with its time and task; its errors above. */
export class OutputPane implements View {
  readonly element = h('section', { class: 'pane output-pane' });

  constructor(private readonly actions: Actions) {}

  update(state: State, previous: State): void {
    const { lanes, words: t, selection } = state;
    if (lanes !== previous.lanes || t !== previous.words || this.element.childElementCount === 0) {
      this.element.setAttribute('aria-label', t('Output'));
      this.element.replaceChildren(
        h('h2', {}, t('Output')),
        h('div', { class: 'body', tabindex: 0 }, ...this.#errors(state), ...this.#lines(state)),
      );
    } else if (selection === previous.selection) return;
    const index = selection?.kind === 'output' ? String(selection.index) : undefined;
    for (const line of this.element.querySelectorAll<HTMLElement>('.line')) {
      const current = line.dataset.index === index;
      line.setAttribute('aria-current', String(current));
      if (current) line.scrollIntoView({ block: 'nearest' });
    }
  }

  #lines({ lanes, words: t }: State): HTMLElement[] {
    const output = lanes?.timeline.output ?? [];
    if (output.length === 0) return [h('p', { class: 'quiet' }, t('The program wrote nothing.'))];
    const lines = output.slice(0, MOST_LINES).map(({ time, text, task, stream }, index) => {
      const owner = lanes!.indexOf.get(task);
      const name = owner === undefined ? '' : lanes!.timeline.tasks[owner].name;
      return h(
        'button',
        { class: `line ${stream}`, 'data-index': index, click: () => this.#select(index) },
        h('span', { class: 'time' }, formatDuration(time)),
        h(
          'span',
          { class: 'who' },
          h('span', {
            class: owner === undefined ? 'swatch' : `swatch task-${taskColor(owner)}`,
            'aria-hidden': 'true',
          }),
          name,
        ),
        h('span', { class: 'said' }, text.replace(/\n$/, '') || ' '),
      );
    });
    const more = output.length - lines.length;
    return more > 0 ? [...lines, h('p', { class: 'quiet' }, t('{0} more are in the output channel.', more))] : lines;
  }

  #select(index: number): void {
    this.actions.select({ kind: 'output', index }, { open: true, reveal: true });
  }

  #errors({ lanes, words: t }: State): HTMLElement[] {
    return (lanes?.timeline.errors ?? []).slice(0, 200).map(({ kind, type, message, traceback, task }) => {
      const owner = lanes!.indexOf.get(task);
      const bad = kind === 'uncaught' || kind === 'tracer';
      const explained = kind === 'tracer' ? undefined : explainError({ type, message }, t);
      return h(
        'div',
        { class: `problem ${bad ? 'bad' : 'warn'}` },
        icon(bad ? 'error' : 'warning'),
        h(
          'div',
          { class: 'grow' },
          kind === 'tracer' && `${t('Coroscope could not record the rest; the program itself was not disturbed.')} `,
          h('strong', {}, type),
          message === '' ? '' : `: ${message}`,
          owner !== undefined && ' — ',
          owner !== undefined &&
            h(
              'button',
              { class: 'link', click: () => this.actions.select({ kind: 'task', task: owner }, { reveal: true }) },
              lanes!.timeline.tasks[owner].name,
            ),
          explained && h('p', {}, explained.meaning, ' ', explained.advice),
          traceback !== '' && h('details', {}, h('summary', {}, t('Traceback')), h('pre', { tabindex: 0 }, traceback)),
        ),
      );
    });
  }
}
