import { timeLeft } from '../timeline/deadlines';
import type { CoroutineSpan, Resource, Task, Timeline } from '../timeline/model';
import {
  arrivedAt,
  holdersAt,
  permitsLeft,
  queueSize,
  resourceOf,
  taskOf,
  unfinishedItems,
} from '../timeline/resource-state';
import { taskIndex } from '../timeline/tasks';
import type { Wait } from '../trace/records';
import { type Translate, translator } from '../translate';
import { formatDuration } from '../units';
import { changedText } from '../what-if/applied';
import { shortName } from './names';
import { isNumbered, taskCall, taskLabel, taskMention } from './tasks';

const english = translator(undefined);

/**
 * What a suspended task waits for, with how that stood at `step`, else when the task began to wait: `queue.get() on jobs (0/10)`,
 * `lock db held by Task worker-2`. The trace holds what never changes; the rest follows from the history of the resource.
 */
export function waitLabel(
  timeline: Timeline,
  segment: number,
  t: Translate = english,
  step = timeline.segments.startStep[segment],
): string | undefined {
  const wait = timeline.waits[timeline.segments.about[segment]];
  if (!wait) return undefined;
  const changed = changedText(wait, t);
  return plainLabel(timeline, segment, t, step) + (changed && ` · ${changed}`) + leftText(timeline, segment, wait, t);
}

/** The same without what a time limit or a change of the program adds to it; empty for a segment without a wait. */
export function plainLabel(
  timeline: Timeline,
  segment: number,
  t: Translate,
  step = timeline.segments.startStep[segment],
): string {
  const wait = timeline.waits[timeline.segments.about[segment]];
  if (!wait) return '';
  return labelAt(timeline, segment) ?? tasksLabel(timeline, wait) ?? standing(timeline, step, wait, t);
}

/** What the program's own comment calls the innermost place that has one. */
function labelAt({ sites, segments }: Timeline, segment: number): string | undefined {
  for (let site = sites[segments.site[segment]]; site; site = sites[site.parent])
    if (site.label !== undefined) return site.label;
  return undefined;
}

/** Up to this many awaited tasks are named by what they run. */
const MOST_CALLS = 3;

/** The tracer names no more; `, +9` stands for the others. */
const MOST_NAMES = 4;

/**
 * Tasks that others wait for are called by what they run: `gather(get(1), get(2), get(3), +10)` for `gather(Task-2, Task-3, Task-4, Task-5, +9)`.
 * Undefined where the label names none, or none whose call is known.
 */
export function tasksLabel({ tasks }: Timeline, { label, fields }: Wait): string | undefined {
  const ids = fields.members ?? (fields.task ? [fields.task] : []);
  const found = ids.slice(0, MOST_NAMES).map((id) => tasks[taskIndex(tasks, id)]);
  if (ids.length === 0 || !found.every((task) => task && taskCall(task) !== undefined)) return undefined;
  const names = found.map((task) => task.name).join(', ');
  const at = label.indexOf(names);
  const before = label.slice(0, at);
  const [, more = '0', after] = /^(?:, \+(\d+))?(.*)$/s.exec(label.slice(at + names.length))!;
  // Whole names only, all of them.
  if (names === '' || at < 0 || !/(^|[( ])$/.test(before) || !/^($|[),])/.test(after)) return undefined;
  // In a list the calls are enough, also where another task was called alike.
  const nameOf = (task: Task) => (found.length > 1 && isNumbered(task) && taskCall(task)) || taskLabel(task);
  const calls = found.slice(0, MOST_CALLS).map(nameOf);
  const rest = found.length - calls.length + Number(more);
  return before + [...calls, ...(rest > 0 ? [`+${rest}`] : [])].join(', ') + after;
}

/** `wait_for` says its deadline itself. */
function leftText(timeline: Timeline, segment: number, wait: Wait, t: Translate): string {
  if (timeline.deadlines.length === 0 || wait.fields.deadline !== undefined) return '';
  const { start, startStep, task } = timeline.segments;
  const left = timeLeft(timeline, timeline.tasks[task[segment]], start[segment], startStep[segment]);
  return left === undefined ? '' : ` · ${t('timeout {0} left', formatDuration(left))}`;
}

/** Verbs of waits that name the other side. */
const verbs: Readonly<Record<string, string>> = {
  'stream.read': 'read from {0}',
  'stream.write': 'write to {0}',
  'stream.close': 'close {0}',
  connect: 'connect to {0}',
  accept: 'accept on {0}',
  dns: 'look up {0}',
  server: 'serve on {0}',
};

function standing(timeline: Timeline, step: number, wait: Wait, t: Translate): string {
  const { peer, call, ...fields } = wait.fields;
  if (typeof call === 'string') return calledText(timeline, step, wait, call, fields, t);
  if (typeof peer === 'string') {
    const verb =
      wait.kind === 'socket' ? `${wait.label.startsWith('write') ? 'write to' : 'read from'} {0}` : verbs[wait.kind];
    return verb && wait.label === verb.replace('{0}', peer) ? t(verb, peer) : wait.label;
  }
  const resource = resourceOf(timeline, wait.fields.resource);
  if (!resource) return wait.label;
  const state = stateText(timeline, wait, resource, step, t);
  if (state === '') return wait.label;
  const name = wait.kind.startsWith('queue.') ? ` on ${resource.name}` : resource.name;
  const at = wait.label.lastIndexOf(name);
  if (at < 0) return `${wait.label} ${state}`;
  const end = at + name.length;
  return `${wait.label.slice(0, end)} ${state}${wait.label.slice(end)}`;
}

/** What was asked of a library, and what else is waited for before it can be sent: `Redis GET · connect to 127.0.0.1:6379`. */
function calledText(
  timeline: Timeline,
  step: number,
  wait: Wait,
  call: string,
  fields: Wait['fields'],
  t: Translate,
): string {
  const { kind, label } = wait;
  const before = `${call} · `;
  if (!label.startsWith(before)) return label;
  const beside = label.slice(before.length);
  if (beside === 'connection pool') return before + t('connection pool');
  const { peer } = wait.fields;
  return before + standing(timeline, step, { kind, label: beside, fields: peer ? { ...fields, peer } : fields }, t);
}

function stateText(timeline: Timeline, wait: Wait, resource: Resource, step: number, t: Translate): string {
  if (wait.kind === 'queue.join') return `(${t('{0} unfinished', unfinishedItems(timeline, resource, step))})`;
  if (resource.kind === 'queue') {
    const size = queueSize(timeline, resource, step);
    return resource.maxsize ? `(${size}/${resource.maxsize})` : `(${size})`;
  }
  if (resource.kind === 'lock') {
    const [holder] = holdersAt(timeline, resource, step);
    const task = holder === undefined ? undefined : taskOf(timeline, holder);
    return task ? t('held by {0}', taskMention(task)) : '';
  }
  if (resource.kind === 'semaphore') {
    const left = permitsLeft(timeline, resource, step);
    return `(${t('{0} left', resource.value === undefined ? left : `${left}/${resource.value}`)})`;
  }
  if (resource.kind === 'barrier' && resource.parties !== undefined)
    return `(${t('{0} arrived', `${arrivedAt(timeline, resource, step)}/${resource.parties}`)})`;
  return '';
}

/** What a suspended task waits for. */
export function waitText(timeline: Timeline, segment: number, t?: Translate): string {
  const label = waitLabel(timeline, segment, t);
  const leaf = timeline.sites[timeline.segments.site[segment]];
  return label || (leaf ? `${shortName(leaf.code.function)}()` : '');
}

/** What a coroutine awaits while its task is suspended: the next coroutine of the user, else what the task waits for. */
export function awaitedBy(timeline: Timeline, span: CoroutineSpan, segment: number, t?: Translate): string {
  const { sites, segments } = timeline;
  let inner = '';
  for (let site = sites[segments.site[segment]]; site; site = sites[site.parent]) {
    if (site.code === span.code) return inner || waitText(timeline, segment, t);
    if (site.code.user) inner = `${shortName(site.code.function)}()`;
  }
  return '';
}
