import { EventKind } from './events';

/** What the columns a to d of events refer to, as docs/trace-format.md lists them. */
export type IdKind =
  | 'task'
  | 'site'
  | 'text'
  | 'code'
  | 'loop'
  | 'job'
  | 'coroutine'
  | 'with'
  | 'deadline'
  | 'span'
  | 'group'
  | 'wait'
  | 'resource';

type Fields = readonly (IdKind | undefined)[];

/** By kind of event; `undefined`: a number that is no id. What depends on other columns is told where it is used. */
export const ID_FIELDS: Readonly<Record<number, Fields>> = {
  [EventKind.callback]: [undefined, 'task', 'text', 'job'],
  [EventKind.task]: ['task', 'task', 'code', 'site'],
  [EventKind.name]: ['task', 'text'],
  [EventKind.done]: ['task', undefined, 'text', 'site'],
  [EventKind.coroutineStarted]: ['coroutine', 'task', 'code', 'coroutine'],
  [EventKind.coroutineEnded]: ['coroutine', undefined, 'site'],
  [EventKind.output]: ['task', 'site', 'text'],
  [EventKind.error]: ['task', 'site', 'text'],
  [EventKind.grouped]: ['task', 'group'],
  [EventKind.neverAwaited]: ['task', 'site', 'code', 'site'],
  [EventKind.loop]: ['loop', undefined, 'text', 'text'],
  [EventKind.stop]: [undefined, undefined, 'text'],
  [EventKind.cut]: ['task', 'site'],
  [EventKind.woken]: ['task', 'task'],
  [EventKind.log]: ['task', 'site', 'text'],
  [EventKind.job]: ['job', 'task', undefined, 'site'],
  [EventKind.jobStarted]: ['job', undefined, 'text'],
  [EventKind.jobEnded]: ['job', undefined, 'text', 'site'],
  [EventKind.unbegun]: ['task'],
  [EventKind.item]: ['coroutine', undefined, 'site', 'task'],
  [EventKind.thrown]: ['coroutine', 'task', 'text', 'site'],
  [EventKind.with]: ['with', 'task', 'text', 'site'],
  [EventKind.withPhase]: ['with'],
  [EventKind.deadline]: ['deadline', 'task'],
  [EventKind.deadlineOver]: ['deadline'],
  [EventKind.deadlineLeft]: ['deadline'],
  [EventKind.held]: ['task', 'site'],
  [EventKind.stuck]: ['task'],
  [EventKind.arguments]: ['task', 'text'],
  [EventKind.before]: ['task', 'site', 'wait'],
  [EventKind.crossed]: ['site', undefined, 'text'],
  [EventKind.notRecorded]: ['text'],
  [EventKind.label]: ['task', 'text'],
  [EventKind.span]: ['task', 'span', 'text', 'site'],
  [EventKind.request]: ['task', 'span', 'text'],
  [EventKind.spanTold]: ['task', 'span', 'text'],
  [EventKind.spanEnded]: ['task', 'span', 'text'],
  [EventKind.ofLibrary]: ['task'],
};

/** Their text is JSON that holds ids of sites or codes. */
export const SITED_JSON: ReadonlySet<number> = new Set([EventKind.error, EventKind.request, EventKind.spanTold]);
