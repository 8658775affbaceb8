import { code } from './explain';
import type { Count, LineRun, WakerCount } from './explain-run';
import { formatDuration } from './units';
import { cancellerWords, type Naming, passesCancellationOn, wakerWords } from './wake-words';
import type { Translate } from './words';

/** How many names are listed before the rest is counted. */
const MOST_NAMES = 3;

/** What a line did in the last run, in words. Markdown; whatever comes from the program stands in inline code. */
export function explainRun(run: LineRun, t: Translate): string[] {
  if (run.suspensions === 0) {
    return [run.reached ? t('Nothing suspended here.') : t('The function around it never ran.')];
  }
  const sentences = [
    howLong(run, t),
    t(
      'It waited for {0}.',
      list(run.waits, (label) => code(label), t),
    ),
  ];
  if (run.wakers.length > 0) {
    sentences.push(
      t(
        'Woken by {0}.',
        list(run.wakers, (_, waker) => wakerText(run, waker, t), t),
      ),
    );
  }
  if (run.open > 0) {
    sentences.push(run.open === 1 ? t('It was never woken.') : t('{0} of them were never woken.', run.open));
  }
  return sentences;
}

function howLong(run: LineRun, t: Translate): string {
  const names = list(
    run.tasks.map((task) => ({ ...task, count: 1 })),
    (name) => code(name),
    t,
  );
  if (run.suspensions === 1) return t('{0} suspended here once, for {1}.', names, formatDuration(run.total));
  return t(
    '{0} suspended here {1} times, {2} in all, {3} at the longest.',
    names,
    run.suspensions,
    formatDuration(run.total),
    formatDuration(run.longest),
  );
}

function list<C extends Count>(counts: readonly C[], show: (text: string, count: C) => string, t: Translate): string {
  const shown = counts.slice(0, MOST_NAMES).map((item) => {
    const text = show(item.text, item);
    return item.count > 1 ? `${text} ×${item.count}` : text;
  });
  const rest = counts.length - shown.length;
  if (rest > 0) shown.push(t('{0} more', rest));
  return shown.join(', ');
}

function wakerText({ timeline }: LineRun, { reason }: WakerCount, t: Translate): string {
  if (!reason) return t('itself, for the next round of the loop');
  const who = wakerWords(timeline, reason, t, IN_CODE);
  if (!reason.cancelled) return who;
  // Who passed it on, and who began.
  const from = passesCancellationOn(reason) ? cancellerWords(timeline, reason.cancelled, t, IN_CODE) : '';
  if (from === '') return t('{0}, which cancelled it', who);
  return reason.cancelled.kind === 'unknown' ? who : t('{0} by {1}', who, from);
}

const IN_CODE: Naming = { task: ({ name }) => code(name), text: code };
