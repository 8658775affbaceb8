import type { Cancellation } from '../causes/cancellations';
import type { TimeLimit } from '../causes/time-limits';
import type { WakeReason } from '../causes/wakes';
import type { Job, Task, Timeline } from '../timeline/model';
import { taskIndex } from '../timeline/tasks';
import type { CauseKind } from '../trace/records';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { shortName } from './names';
import { taskTitle } from './tasks';

/** Who or what woke a task, and who cancelled it, in a few words that end a sentence: "Woken by …". */

/** How what comes from the program is written: Markdown needs it in code. */
export interface Naming {
  readonly task: (task: Task) => string;
  readonly text: (text: string) => string;
}
const plain: Naming = { task: taskTitle, text: (text) => text };

/** Who or what woke a task. A task is named also where it only scheduled the callback that did. */
export function wakerWords(timeline: Timeline, reason: WakeReason, t: Translate, naming: Naming = plain): string {
  const { cause, timeout, signal, cancelled } = reason;
  if (cancelled && !passesCancellationOn(reason)) return cancellerWords(timeline, cancelled, t, naming);
  if (timeout) return limitWords(timeout, t);
  if (signal > 0) return t('signal {0}', signalName(timeline, signal));
  const job = jobOf(timeline, reason.job);
  if (job) return jobWords(job, reason.callback, t, naming);
  const waker = timeline.tasks[taskIndex(timeline.tasks, reason.task)];
  if (waker)
    return passesCancellationOn(reason) ? t('{0}, which was cancelled', naming.task(waker)) : naming.task(waker);
  if (cause === 'timer' && reason.timer > 0) return t('its own timer');
  return cause === 'io' ? ioWords(reason.callback, t) : causeWord(cause, t);
}

/** By way of what: asyncio's own helpers by the function that people call, other callbacks by their names. Empty if there is nothing to add. */
export function throughWords({ callback, cause, timeout, timer, job }: WakeReason, t: Translate): string {
  if (callback === '' || timeout || timer > 0 || cause === 'io' || cause === 'created') return '';
  const helper = HELPERS.find(([pattern]) => pattern.test(callback));
  if (helper) return job > 0 || helper[1] === '' ? '' : helper[1];
  return t('callback {0}', shortName(callback));
}

/** Who cancelled. */
export function cancellerWords(timeline: Timeline, from: Cancellation, t: Translate, naming: Naming = plain): string {
  const task = timeline.tasks[taskIndex(timeline.tasks, from.task)];
  switch (from.kind) {
    case 'task':
      return task ? naming.task(task) : t('a task');
    case 'timeout':
      return limitWords(from, t);
    case 'taskgroup':
      return task ? t('the TaskGroup, because {0} failed', naming.task(task)) : t('the TaskGroup');
    case 'interrupt':
      if (from.signal > 0) return t('{0}, as Ctrl+C sends it', signalName(timeline, from.signal));
      return t('an interrupt from outside the event loop, such as Ctrl+C');
    case 'outside':
      return t(
        'code outside the event loop, such as asyncio.run(), which cancels what is left once its coroutine has ended',
      );
    case 'ended':
      return task
        ? t('asyncio.run(), once {0} had ended, or by {0} itself in its last step', naming.task(task))
        : t(
            'code outside the event loop, such as asyncio.run(), which cancels what is left once its coroutine has ended',
          );
    case 'ready':
      return t('one of the tasks that ran while it was ready');
    case 'unknown':
      return t('itself');
    default:
      return callbackWords(timeline, from, t, naming);
  }
}

/** `signal`, `thread`, `timer`, `io`, `callback`: in which callback it was. */
function callbackWords(timeline: Timeline, from: Cancellation, t: Translate, naming: Naming): string {
  if (from.signal > 0) return t('signal {0}', signalName(timeline, from.signal));
  const job = jobOf(timeline, from.job);
  if (job) return jobWords(job, from.callback, t, naming);
  if (from.kind === 'timer') return t('a timer that was due');
  if (from.kind === 'thread') return t('another thread');
  if (from.kind === 'io') return ioWords(from.callback, t);
  return t('callback {0}', naming.text(shortName(from.callback)));
}

export function causeWord(cause: CauseKind, t: Translate): string {
  switch (cause) {
    case 'created':
      return t("asyncio.run(), as the program's first task");
    case 'task':
      return t('a task');
    case 'timer':
      return t('a timer that was due');
    case 'io':
      return t('I/O that became ready');
    case 'thread':
      return t('another thread');
    case 'callback':
      return t('a callback');
    case 'cancel':
      return t('a cancellation');
    case 'signal':
      return t('a signal');
    default:
      return t('unknown');
  }
}

/** The waker does not cancel anybody: it ended because it was cancelled, and whoever waits for it is told so. */
export function passesCancellationOn({ cause, site, cancelled, task }: WakeReason): boolean {
  return cause === 'cancel' && task > 0 && site === 0 && cancelled !== undefined && cancelled.task !== task;
}

function limitWords({ seconds }: Pick<TimeLimit, 'seconds'>, t: Translate): string {
  return seconds === undefined
    ? t('a time limit, which expired')
    : t('a time limit of {0}, which expired', durationWords(seconds, t));
}

function jobWords({ kind, label }: Job, callback: string, t: Translate, { text }: Naming): string {
  if (kind === 'subprocess') return t('the process {0}, which ended', text(label));
  // What is told by a future of the job is its end; all else it calls for itself.
  if (/^_chain_future\.|_set_state$/.test(callback))
    return t('the job {0}, which finished', text(`${shortName(label)}()`));
  return t('{0} in another thread', text(`${shortName(label)}()`));
}

function jobOf({ jobs }: Timeline, id: number): Job | undefined {
  if (id === 0) return undefined;
  return jobs[id - 1]?.id === id ? jobs[id - 1] : jobs.find((job) => job.id === id);
}

function ioWords(callback: string, t: Translate): string {
  if (/_accept/.test(callback)) return t('an incoming connection');
  if (/_connect/.test(callback)) return t('a connection that was established');
  if (/_read_ready|_sock_recv|_loop_reading/.test(callback)) return t('data that arrived on a socket');
  if (/_write_ready|_sock_send|_loop_writing/.test(callback)) return t('a socket that became writable');
  return t('I/O that became ready');
}

/** asyncio's own callbacks, and the function for which they are there; empty: none that people know. */
const HELPERS: readonly (readonly [RegExp, string])[] = [
  [/^_?gather\./, 'gather()'],
  [/^shield\./, 'shield()'],
  [/^_wait\.|^wait\./, 'wait()'],
  [/^as_completed\.|^_AsCompletedIterator\./, 'as_completed()'],
  [/^TaskGroup\./, 'TaskGroup'],
  [/^_chain_future\./, 'wrap_future()'],
  // Of wait_for() before 3.12.
  [/^(partial|_release_waiter)$/, 'wait_for()'],
  [/^(_set_result_unless_cancelled|Task\.task_wakeup|TaskWakeupMethWrapper)$/, ''],
];

/** Numbers that are the same on every system that has signals. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  6: 'SIGABRT',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
};
const OTHERS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  linux: { 10: 'SIGUSR1', 12: 'SIGUSR2', 17: 'SIGCHLD', 28: 'SIGWINCH' },
  darwin: { 30: 'SIGUSR1', 31: 'SIGUSR2', 20: 'SIGCHLD', 28: 'SIGWINCH' },
};

function signalName({ meta }: Timeline, signal: number): string {
  return SIGNALS[signal] ?? OTHERS[meta.platform]?.[signal] ?? String(signal);
}
