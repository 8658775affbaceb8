import type { Translate } from '../translate';
import { durationWords } from '../units';
import { taskLabel } from '../words/tasks';
import { cancellerWords, type Naming, passesCancellationOn, wakerWords } from '../words/wakes';
import { code } from './explain';
import { type Count, type LineRun, MOST_WAKERS, type WakerCount } from './run';

/** How many names are listed before the rest is counted. */
const MOST_NAMES = 3;

/** What a line did in the last run. Markdown, with text of the program as inline code. */
export function explainRun(run: LineRun, t: Translate): string[] {
  if (run.visits.length === 0) {
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
    const who = list(run.wakers, (_, waker) => wakerText(run, waker, t), t);
    sentences.push(
      run.visits.length > MOST_WAKERS
        ? t('The first {0} times it was woken by {1}.', MOST_WAKERS, who)
        : t('Woken by {0}.', who),
    );
  }
  if (run.open > 0) {
    sentences.push(run.open === 1 ? t('It was never woken.') : t('{0} of them were never woken.', run.open));
  }
  return [...sentences, ...meanwhileText(run, t)];
}

/** What ran while tasks waited here, by time; on the virtual clock, where steps take no time, by turns. */
function meanwhileText({ timeline, meanwhile: { waited, idle, runners } }: LineRun, t: Translate): string[] {
  const name = (task: number | undefined) =>
    task === undefined ? t('callbacks') : code(taskLabel(timeline.tasks[task]));
  const busy = runners.reduce((sum, { time }) => sum + time, 0);
  if (waited > 0 && busy >= 0.01 * waited) {
    const seen = runners.filter(({ time }) => time >= 0.005 * waited);
    const shares = seen.map(({ task, time }) => ({ text: `${name(task)} ${percent(time / waited)}`, count: 1 }));
    const who = list(shares, (text) => text, t);
    return [
      idle >= 0.005 * waited
        ? t('Meanwhile the event loop ran {0}, and was idle for {1} of the time.', who, percent(idle / waited))
        : t('Meanwhile the event loop ran {0}.', who),
    ];
  }
  const turns = runners.flatMap(({ task, turns }) => (task === undefined ? [] : [{ text: name(task), count: turns }]));
  if (turns.length > 0)
    return [
      t(
        'Meanwhile these tasks ran: {0}.',
        list(turns, (text) => text, t),
      ),
    ];
  return waited > 0 ? [t('Meanwhile nothing else ran.')] : [];
}

function percent(share: number): string {
  return `${Math.min(100, Math.round(share * 100))}%`;
}

function howLong(run: LineRun, t: Translate): string {
  const names = list(
    run.tasks.map((task) => ({ ...task, count: 1 })),
    (name) => code(name),
    t,
  );
  if (run.visits.length === 1) return t('{0} waited here once, for {1}.', names, durationWords(run.total, t));
  if (run.total === 0) return t('{0} waited here {1} times, each for no time at all.', names, run.visits.length);
  return t(
    '{0} waited here {1} times, {2} in all, {3} at the longest.',
    names,
    run.visits.length,
    durationWords(run.total, t),
    durationWords(run.longest, t),
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
  if (!reason) return t('itself, for the next iteration of the event loop');
  const who = wakerWords(timeline, reason, t, IN_CODE);
  if (!reason.cancelled) return who;
  // Who passed it on, and who began.
  const from = passesCancellationOn(reason) ? cancellerWords(timeline, reason.cancelled, t, IN_CODE) : '';
  if (from === '') return t('{0}, which cancelled it', who);
  return reason.cancelled.kind === 'unknown' ? who : t('{0}, cancelled by {1}', who, from);
}

const IN_CODE: Naming = { task: (task) => code(taskLabel(task)), text: code };
