import { explainError } from '../../src/core/words/errors';
import { noTaskText } from '../../src/core/words/no-task';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { isLive, type State, type View } from '../state/store';
import { baseName } from './notices';

/** Letters; a longer message is told below a heading. */
const LONGEST_HEADING = 60;

/** Shown instead of a timeline: nothing ran yet, it is running, it failed, or no loop started. Each says what to do. */
export class EmptyState implements View {
  #drawn = false;

  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
    private readonly live: boolean,
  ) {}

  update(state: State, previous: State): void {
    const { lanes, status, words, unreadable } = state;
    const same =
      lanes === previous.lanes &&
      status === previous.status &&
      words === previous.words &&
      state.arriving === previous.arriving &&
      state.restricted === previous.restricted;
    if (same && unreadable === previous.unreadable && this.#drawn) return;
    this.#drawn = true;
    const empty = lanes !== undefined && lanes.library.size === lanes.timeline.tasks.length;
    this.parts.app.classList.toggle('without-timeline', !lanes);
    this.parts.app.classList.toggle('without-lanes', empty);
    this.parts.blank.hidden = lanes !== undefined && !empty;
    const content = lanes && !empty ? [] : empty && !isLive(state) ? this.#noTask(state) : this.#noTimeline(state);
    this.parts.blank.replaceChildren(...content.filter((child) => child !== undefined));
  }

  #noTimeline({ status, words: t, unreadable, arriving, restricted }: State): (HTMLElement | undefined)[] {
    if (arriving) return reading(arriving, baseName(status.state === 'empty' ? '' : status.program), t);
    if (unreadable !== undefined) {
      return [
        h('h2', {}, icon('error', 'bad'), t('This trace cannot be shown')),
        h('p', {}, unreadable),
        this.#again(t('Run the program again')),
      ];
    }
    if (status.state === 'running') {
      return [
        h('h2', {}, icon('loading', 'codicon-modifier-spin'), t('Running {0}…', baseName(status.program))),
        h('div', { class: 'progress', role: 'progressbar', 'aria-label': t('Running') }),
        h('p', { class: 'quiet' }, status.engine === '' ? t('Starting Python…') : status.engine),
        h('p', { class: 'quiet' }, t('The timeline appears with the first task.')),
        h('button', { class: 'primary', click: () => this.actions.cancel() }, t('Stop')),
      ];
    }
    if (status.state === 'failed') {
      // A sentence or two is no heading.
      const isLong = status.message.length > LONGEST_HEADING;
      return [
        h(
          'h2',
          {},
          icon(isLong ? 'info' : 'error', isLong ? '' : 'bad'),
          isLong ? t('{0} cannot run as it is', baseName(status.program)) : status.message,
        ),
        isLong ? h('p', {}, status.message) : undefined,
        status.detail === '' ? undefined : h('pre', { class: 'detail', tabindex: 0 }, status.detail),
        this.#again(t('Run again')),
      ];
    }
    if (status.state === 'done') return this.#noLoop(t);
    if (restricted) {
      return [
        h('h2', {}, icon('shield'), t('Restricted Mode')),
        h('p', {}, t('Coroscope runs the code that it shows, so it needs a workspace that you trust.')),
        h('button', { class: 'primary', click: () => this.actions.manageTrust() }, t('Manage Workspace Trust')),
      ];
    }
    return [
      h('h2', {}, icon('graph-line'), t('See how your async program really runs')),
      h('p', {}, t('Open a Python file, right-click in it and choose “Visualize async”.')),
      h(
        'div',
        { class: 'choices' },
        this.#again(t('Visualize the open file')),
        this.live
          ? h('button', { class: 'secondary', click: () => this.actions.openSample() }, t('Open a Sample'))
          : undefined,
      ),
    ];
  }

  /** A record of a program that created no task. */
  #noTask({ lanes, words: t }: State): (HTMLElement | undefined)[] {
    const error = lanes?.timeline.errors[0];
    if (
      !error &&
      lanes &&
      (lanes.timeline.loops.length + lanes.timeline.notRecorded.length > 0 || lanes.timeline.startedOthers)
    )
      return [h('h2', {}, icon('info'), noTaskText(lanes.timeline, t))];
    if (!error) return this.#noLoop(t);
    const explained = explainError(error, t);
    return [
      h('h2', {}, icon('error', 'bad'), t('The program failed before its event loop started')),
      ...(explained ? [explained.meaning, explained.advice] : []).map((text) => h('p', {}, text)),
      h('pre', { class: 'detail', tabindex: 0 }, error.traceback.trimEnd() || `${error.type}: ${error.message}`),
      this.#again(t('Run again')),
    ];
  }

  #noLoop(t: State['words']): (HTMLElement | undefined)[] {
    return [
      h('h2', {}, icon('info'), t('No timeline was recorded')),
      h('p', {}, t('The program has ended, and nothing in it started an event loop.')),
      this.live
        ? h('p', {}, t('To run one of its coroutine functions by itself, click “Visualize async” above it.'))
        : undefined,
      this.#again(t('Run again')),
    ];
  }

  #again(label: string): HTMLElement | undefined {
    return this.live ? h('button', { class: 'primary', click: () => this.actions.run() }, label) : undefined;
  }
}

/** A large trace is on its way. */
function reading({ received, length }: NonNullable<State['arriving']>, name: string, t: State['words']): HTMLElement[] {
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  const bar = h('progress', { max: length, value: received, 'aria-label': t('Reading') });
  return [
    h('h2', {}, icon('loading', 'codicon-modifier-spin'), t('Reading {0}…', name)),
    bar,
    h('p', { class: 'quiet' }, t('{0} of {1} MB', megabytes(received), megabytes(length))),
  ];
}
