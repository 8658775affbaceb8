import { failureOf } from '../../src/core/findings/failure';
import { problemWords } from '../../src/core/findings/finding-words';
import { userSite } from '../../src/core/places/chain';
import { linkTo, placeOf } from '../../src/core/words/places';
import { taskTitle } from '../../src/core/words/tasks';
import type { Actions } from '../interact/actions';
import { h, icon } from '../page/dom';
import type { State } from '../state/store';

/** What failed, where and why, with a way there. */
export function failureNotice({ lanes, words: t, root }: State, actions: Actions): HTMLElement | undefined {
  const failure = lanes && failureOf(lanes.timeline);
  if (!failure) return undefined;
  const { problem, task } = failure;
  const { timeline, indexOf } = lanes;
  const { title, why } = problemWords(timeline, problem, t);
  const site = userSite(timeline, problem.site);
  const place = site && placeOf(timeline, site.code.file, site.line, root);
  const go = () => {
    const index = indexOf.get(task?.id ?? 0);
    if (index === undefined) actions.moveTo(problem.startStep);
    else actions.select({ kind: 'task', task: index }, { reveal: true });
    if (site && place?.opens) actions.follow(linkTo(site));
  };
  return h(
    'div',
    { class: 'notice error failure', role: 'status' },
    icon('error'),
    h(
      'div',
      { class: 'grow' },
      h('strong', {}, task && !problem.error.holds ? t('{0} failed:', taskTitle(task)) : t('The program failed:')),
      ' ',
      title,
      ' · ',
      h('button', { class: 'link', 'data-tool': 'failure', click: go }, place?.text ?? t('Show')),
      ' · ',
      why,
    ),
  );
}
