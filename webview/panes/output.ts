import { taskColor } from '../../src/core/colors';
import type { LogRecord, OutputWrite } from '../../src/core/timeline/model';
import { formatDuration } from '../../src/core/units';
import { explainError } from '../../src/core/words/errors';
import { taskLabel } from '../../src/core/words/tasks';
import type { Actions, Opening } from '../interact/actions';
import { h, icon } from '../page/dom';
import { isLive, type State, type View } from '../state/store';
import { Roving } from './roving-focus';

/** More lines than this in the page would make it slow. */
const MOST_LINES = 2000;
const MOST_LIVE_LINES = 50;

/** What the program wrote and logged, each piece with its time and task; its errors above. */
export class OutputPane implements View {
  readonly element = h('section', { class: 'pane output-pane' });
  readonly #list = h('div', { class: 'lines', role: 'listbox' });
  readonly #roving: Roving;

  constructor(private readonly actions: Actions) {
    this.#roving = new Roving(this.#list, {
      reach: (line) => this.#go(line),
      open: (line, how) => this.#go(line, how),
    });
  }

  update(state: State, previous: State): void {
    const { lanes, words: t, selection } = state;
    if (lanes !== previous.lanes || t !== previous.words || this.element.childElementCount === 0) {
      this.#list.setAttribute('aria-label', t('Output'));
      this.#list.replaceChildren(...lines(state));
      const quiet = h('p', { class: 'quiet' }, t('The program wrote nothing.'));
      this.element.replaceChildren(
        h(
          'div',
          { class: 'body' },
          ...this.#errors(state),
          this.#list.childElementCount > 0 ? this.#list : quiet,
          ...leftOut(state),
        ),
      );
      this.#roving.current(undefined);
    } else if (selection === previous.selection) return;
    const chosen = selection?.kind === 'output' || selection?.kind === 'log' ? selection : undefined;
    for (const line of this.#roving.lines) {
      const current = chosen !== undefined && line.dataset[chosen.kind] === String(chosen.index);
      line.setAttribute('aria-selected', String(current));
      if (!current) continue;
      this.#roving.current(line);
      line.scrollIntoView({ block: 'nearest' });
    }
  }

  #go({ dataset }: HTMLElement, open?: Opening): void {
    const [kind, index] =
      dataset.output !== undefined ? (['output', dataset.output] as const) : (['log', dataset.log] as const);
    this.actions.select({ kind, index: Number(index) }, { open, reveal: true, keepPane: true });
  }

  #errors({ lanes, words: t }: State): HTMLElement[] {
    return (lanes?.timeline.errors ?? []).slice(0, 200).map(({ kind, type, message, traceback, task }) => {
      const owner = lanes!.indexOf.get(task);
      const bad = kind === 'uncaught' || kind === 'tracer';
      const explained = kind === 'tracer' ? undefined : explainError({ type, message, traceback }, t);
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
              taskLabel(lanes!.timeline.tasks[owner]),
            ),
          explained && h('p', {}, explained.meaning, ' ', explained.advice),
          traceback !== '' && h('details', {}, h('summary', {}, t('Traceback')), h('pre', { tabindex: 0 }, traceback)),
        ),
      );
    });
  }
}

/** Output of `logging` handlers is shown as its log record. */
function entries({ lanes }: State): ({ write: OutputWrite; index: number } | { log: LogRecord; index: number })[] {
  if (!lanes) return [];
  const { output, logs } = lanes.timeline;
  const logged = logs.map((log, index) => ({ log, index, time: log.time, step: log.step }));
  const known = logged.length > 0;
  const written = output
    .map((write, index) => ({ write, index, time: write.time, step: write.step }))
    .filter(({ write }) => !(write.byLogging && known));
  return [...written, ...logged].sort((a, b) => a.time - b.time || a.step - b.step);
}

function leftOut(state: State): HTMLElement[] {
  const more = entries(state).length - MOST_LINES;
  return more > 0 ? [h('p', { class: 'quiet' }, state.words('{0} more are in the output channel.', more))] : [];
}

function lines(state: State): HTMLElement[] {
  const { lanes } = state;
  // In a live run, keep the latest output in view.
  const shown = isLive(state) ? entries(state).slice(-MOST_LIVE_LINES) : entries(state).slice(0, MOST_LINES);
  return shown.map((entry) => {
    const { time, task, byPython } = 'log' in entry ? entry.log : entry.write;
    const owner = lanes!.indexOf.get(task);
    const swatch = owner === undefined ? 'swatch' : `swatch task-${taskColor(owner)}`;
    const look = 'log' in entry ? (entry.log.levelNumber >= 30 ? 'log stderr' : 'log') : entry.write.stream;
    return h(
      'div',
      {
        class: `line ${look}`,
        role: 'option',
        'aria-selected': 'false',
        tabindex: -1,
        ...('log' in entry ? { 'data-log': entry.index } : { 'data-output': entry.index }),
      },
      h('span', { class: 'time' }, formatDuration(time)),
      h(
        'span',
        { class: 'who' },
        h('span', { class: swatch, 'aria-hidden': 'true' }),
        byPython ? 'Python' : owner === undefined ? '' : taskLabel(lanes!.timeline.tasks[owner]),
      ),
      'log' in entry ? logText(entry.log) : h('span', { class: 'said' }, entry.write.text.replace(/\n$/, '') || ' '),
    );
  });
}

function logText({ level, logger, message, error }: LogRecord): HTMLElement {
  return h(
    'span',
    { class: 'said' },
    h('span', { class: 'level' }, level),
    ` ${logger === 'root' ? '' : `${logger}: `}${message}`,
    error !== undefined && h('span', { class: 'quiet' }, ` — ${error}`),
  );
}
