import type { Translate } from '../translate';

/** Of a run in which the coroutines inside tasks were not followed (`meta.detail`). */
export function tasksOnlyText(t: Translate): string {
  return t(
    'Coroutines inside tasks are not drawn here: before Python 3.12, following them on the real clock makes a program several times slower. To follow them, set {0}, or run with {1}.',
    'coroscope.detail: full',
    '--detail full',
  );
}
