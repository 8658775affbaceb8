import type { CoroutineSpan, Task } from '../timeline/model';
import type { Translate } from '../translate';
import { durationWords, type Seconds } from '../units';
import { taskLabel } from '../words/tasks';
import { code } from './explain';

/** How many names are listed before the rest is counted. */
const MOST_NAMES = 3;

/** How the tasks ended that a call created. Markdown, with names as inline code. */
export function madeWords(tasks: readonly Task[], t: Translate): string[] {
  if (tasks.length === 0) return [t('No task was created here.')];
  const names = tasks.slice(0, MOST_NAMES).map((task) => code(taskLabel(task)));
  if (tasks.length > MOST_NAMES) names.push(t('{0} more', tasks.length - MOST_NAMES));
  const lengths = tasks.map(({ created, ended }) => ended - created);
  const ends = (kind: Task['outcome']['kind']) => tasks.filter(({ outcome }) => outcome.kind === kind).length;
  return [
    tasks.length === 1
      ? t('A task was created here: {0}. It lived for {1}.', names.join(', '), durationWords(lengths[0], t))
      : t(
          '{0} tasks were created here: {1}. The longest lived for {2}.',
          tasks.length,
          names.join(', '),
          longest(lengths, t),
        ),
    ...outcomes(tasks.length, { raised: ends('exception'), cancelled: ends('cancelled'), pending: ends('pending') }, t),
  ];
}

/** How often a coroutine function ran, and for how long. */
export function ranWords(spans: readonly CoroutineSpan[], t: Translate): string[] {
  if (spans.length === 0) return [t('It never ran.')];
  const lengths = spans.map(({ start, end }) => end - start);
  const ends = (kind: CoroutineSpan['outcome']) => spans.filter(({ outcome }) => outcome === kind).length;
  return [
    spans.length === 1
      ? t('It ran once, for {0}.', durationWords(lengths[0], t))
      : t('It ran {0} times, {1} at the longest.', spans.length, longest(lengths, t)),
    ...outcomes(spans.length, { raised: ends('raised'), cancelled: ends('cancelled'), pending: ends('pending') }, t),
  ];
}

function longest(lengths: readonly Seconds[], t: Translate): string {
  return durationWords(
    lengths.reduce((most, each) => Math.max(most, each), 0),
    t,
  );
}

function outcomes(
  all: number,
  { raised, cancelled, pending }: Readonly<Record<'raised' | 'cancelled' | 'pending', number>>,
  t: Translate,
): string[] {
  const told = (count: number, one: string, many: string) => (count === 0 ? [] : [all === 1 ? one : many]);
  return [
    ...told(raised, t('It raised an exception.'), t('Raised an exception: {0} of {1}.', raised, all)),
    ...told(cancelled, t('It was cancelled.'), t('Cancelled: {0} of {1}.', cancelled, all)),
    ...told(
      pending,
      t('It had not finished when the recording ended.'),
      t('Not finished when the recording ended: {0} of {1}.', pending, all),
    ),
  ];
}
