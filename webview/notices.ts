import type { Translate } from '../src/core/words';
import type { Actions } from './actions';
import { h, icon } from './dom';
import type { Parts } from './shell';
import type { State, View } from './store';

/** States of the whole panel: nothing yet, running, failed, cut short. Each says what happened and what to do. */
export class Notices implements View {
  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
    private readonly live: boolean,
  ) {}

  update(state: State, previous: State): void {
    const same = state.status === previous.status && state.lanes === previous.lanes && state.words === previous.words;
    if (same && state.unreadable === previous.unreadable && this.parts.app.dataset.drawn) return;
    this.parts.app.dataset.drawn = 'true';
    const { lanes, status } = state;
    this.parts.app.classList.toggle('without-timeline', !lanes);
    this.parts.blank.hidden = lanes !== undefined;
    this.parts.blank.replaceChildren(...(lanes ? [] : this.#blank(state)));
    const notices: HTMLElement[] = [];
    if (lanes && status.state === 'running') notices.push(this.#running(state));
    if (lanes && status.state === 'failed') notices.push(failed(state));
    const truncated = status.state === 'running' ? undefined : lanes?.timeline.truncated;
    if (truncated) notices.push(cutShort(truncated.reason, truncated.message, state));
    this.parts.notices.replaceChildren(...notices);
  }

  #running({ status, words: t }: State): HTMLElement {
    const program = status.state === 'running' ? baseName(status.program) : '';
    return h(
      'div',
      { class: 'notice info', role: 'status' },
      icon('loading', 'codicon-modifier-spin'),
      h('span', { class: 'grow' }, t('Running {0} …', program)),
      h('button', { class: 'secondary', click: () => this.actions.cancel() }, t('Cancel')),
    );
  }

  #blank(state: State): HTMLElement[] {
    const { status, words: t, unreadable } = state;
    if (unreadable !== undefined) {
      return [
        h('h2', {}, icon('error', 'bad'), t('This trace cannot be shown')),
        h('p', {}, unreadable),
        this.#again(t('Run the program again')),
      ].filter((child) => child !== undefined);
    }
    if (status.state === 'running') {
      return [
        h('h2', {}, icon('loading', 'codicon-modifier-spin'), t('Running {0} …', baseName(status.program))),
        h('div', { class: 'progress', role: 'progressbar', 'aria-label': t('Running') }),
        h('p', { class: 'quiet' }, t('The timeline appears when the program ends or is stopped.')),
        h('button', { class: 'primary', click: () => this.actions.cancel() }, t('Cancel')),
      ];
    }
    if (status.state === 'failed') {
      return [
        h('h2', {}, icon('error', 'bad'), status.message),
        status.detail === '' ? undefined : h('pre', { class: 'detail', tabindex: 0 }, status.detail),
        this.#again(t('Run again')),
      ].filter((child) => child !== undefined);
    }
    if (status.state === 'done') {
      return [
        h('h2', {}, icon('info'), t('No timeline was recorded')),
        h('p', {}, t('The program ended without starting an event loop: asyncio.run() was never called.')),
        this.#again(t('Run again')),
      ].filter((child) => child !== undefined);
    }
    return [
      h('h2', {}, icon('graph-line'), t('See how your async program really runs')),
      h('p', {}, t('Open a Python file, right-click in it and choose “Visualize async”.')),
      this.#again(t('Visualize the open file')),
    ].filter((child) => child !== undefined);
  }

  #again(label: string): HTMLElement | undefined {
    return this.live ? h('button', { class: 'primary', click: () => this.actions.run() }, label) : undefined;
  }
}

function failed({ status, words: t }: State): HTMLElement {
  const { message, detail } = status as Extract<State['status'], { state: 'failed' }>;
  const more =
    detail === '' ? undefined : h('details', {}, h('summary', {}, t('Details')), h('pre', { tabindex: 0 }, detail));
  return h('div', { class: 'notice error', role: 'alert' }, icon('error'), h('div', { class: 'grow' }, message, more));
}

function cutShort(reason: string, message: string, { words: t }: State): HTMLElement {
  const advice: Record<string, string> = {
    steps: t('Raise the limit in the settings (coroscope.limits), or make the program end.'),
    'virtual-time': t('Raise the limit in the settings (coroscope.limits), or make the program end.'),
    'wall-time': t('Raise the limit in the settings (coroscope.limits), or make the program end.'),
    deadlock: t('Look at the lanes still suspended at the end: each says what it waits for.'),
    killed: t('What was recorded up to then is shown.'),
    cancelled: t('What was recorded up to then is shown.'),
  };
  return h(
    'div',
    { class: 'notice warning', role: 'status' },
    icon('warning'),
    h(
      'div',
      { class: 'grow' },
      h('strong', {}, reason === 'deadlock' ? t('Deadlock.') : t('The record is not of the whole run.')),
      ' ',
      stopText(reason, message, t),
      ' ',
      advice[reason] ?? '',
    ),
  );
}

/** The tracer's message carries numbers; its reason can be said in the reader's language. */
function stopText(reason: string, message: string, t: Translate): string {
  if (reason === 'steps') return t('Stopped at the limit of steps.');
  if (reason === 'virtual-time') return t('Stopped at the limit of virtual time.');
  if (reason === 'wall-time') return t('Stopped at the limit of time.');
  return t(message);
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
