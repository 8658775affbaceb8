import type { Timeline } from '../../src/core/timeline/model';
import type { Translate } from '../../src/core/translate';
import { deadlockText, stopMessage, wasOver } from '../../src/core/words/deadlocks';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { Parts } from '../page/shell';
import { isLive, type State, type View } from '../state/store';
import { whatIfNotice } from '../what-if/chips';
import { failureNotice } from './failure';
import { prepared } from './preparation';

/** Notices about the timeline below: a new run is on its way, it failed, or the record is incomplete. */
export class Notices implements View {
  constructor(
    private readonly parts: Parts,
    private readonly actions: Actions,
  ) {}

  update(state: State, previous: State): void {
    // While it runs its lanes grow all the time, and the button must stay under the pointer.
    const sameLanes = state.lanes === previous.lanes || (isLive(state) && isLive(previous));
    if (
      state.status === previous.status &&
      sameLanes &&
      state.words === previous.words &&
      state.live.available === previous.live.available
    )
      return;
    const { lanes, status } = state;
    const notices: HTMLElement[] = [];
    if (lanes && status.state === 'running') notices.push(this.#running(state));
    if (lanes && status.state === 'failed') notices.push(failed(state));
    // Without a task the failure has the whole page.
    const hasTasks = lanes !== undefined && lanes.library.size < lanes.timeline.tasks.length;
    const failure = status.state === 'done' && hasTasks ? failureNotice(state, this.actions) : undefined;
    if (failure) notices.push(failure);
    const truncated = status.state === 'running' ? undefined : lanes?.timeline.truncated;
    if (truncated) notices.push(cutShort(lanes!.timeline, truncated.reason, state));
    const deadlocks = status.state === 'running' ? [] : (lanes?.timeline.findings ?? []);
    for (const finding of deadlocks) {
      if (truncated?.reason === 'deadlock' && finding.end === undefined) continue;
      if (!wasOver(lanes!.timeline, finding))
        notices.push(
          h(
            'div',
            { class: 'notice warning', role: 'status' },
            icon('warning'),
            deadlockText(lanes!.timeline, finding, state.words),
          ),
        );
    }
    const changed = whatIfNotice(state, this.actions);
    if (changed) notices.push(changed);
    const notes = lanes && prepared(lanes, state, this.actions);
    if (notes) notices.push(notes);
    const focused = this.parts.notices.contains(document.activeElement);
    this.parts.notices.replaceChildren(...notices);
    // After removing one change, focus the next one; after the last, the stage.
    if (focused) (this.parts.notices.querySelector<HTMLElement>('button') ?? this.parts.stage).focus();
  }

  #running({ status, words: t }: State): HTMLElement {
    const program = status.state === 'running' ? baseName(status.program) : '';
    return h(
      'div',
      { class: 'notice info', role: 'status' },
      icon('loading', 'codicon-modifier-spin'),
      h('span', { class: 'grow' }, t('Running {0}…', program)),
      h('button', { class: 'secondary', click: () => this.actions.cancel() }, t('Stop')),
    );
  }
}

function failed({ status, words: t }: State): HTMLElement {
  const { message, detail } = status as Extract<State['status'], { state: 'failed' }>;
  const more =
    detail === '' ? undefined : h('details', {}, h('summary', {}, t('Details')), h('pre', { tabindex: 0 }, detail));
  return h('div', { class: 'notice error', role: 'alert' }, icon('error'), h('div', { class: 'grow' }, message, more));
}

function cutShort(timeline: Timeline, reason: string, { words: t }: State): HTMLElement {
  const advice: Record<string, string> = {
    steps: t('Raise the limit in the settings (coroscope.limits), or make the program end.'),
    'virtual-time': t('Raise the limit in the settings (coroscope.limits), or make the program end.'),
    'wall-time': t('Raise the limit in the settings (coroscope.limits), or make the program end.'),
    deadlock: t('Look at the lanes still suspended at the end: each says what it waits for.'),
    killed: t('The timeline shows what was recorded until then.'),
    cancelled: t('The timeline shows what was recorded until then.'),
  };
  return h(
    'div',
    { class: 'notice warning', role: 'status' },
    icon('warning'),
    h(
      'div',
      { class: 'grow' },
      ...(reason === 'deadlock' ? [] : [h('strong', {}, t('The recording does not cover the whole run.')), ' ']),
      stopText(timeline, reason, t),
      ' ',
      advice[reason] ?? '',
    ),
  );
}

/** The tracer's message carries numbers; its reason can be said in the reader's language. */
function stopText(timeline: Timeline, reason: string, t: Translate): string {
  if (reason === 'steps') return t('Stopped at the limit of steps.');
  if (reason === 'virtual-time') return t('Stopped at the limit of virtual time.');
  if (reason === 'wall-time') return t('Stopped at the limit of time.');
  return stopMessage(timeline, t);
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
