import { userSite } from '../places/chain';
import { CUT_OFF, DAMAGED } from '../timeline/cut-off';
import { type Finding, Flag, type Resource, type Stuck, type Timeline } from '../timeline/model';
import { holdsOf, resourceOf, taskOf, unfinishedItems } from '../timeline/resource-state';
import { causeKinds } from '../trace/records';
import type { Translate } from '../translate';
import { durationWords } from '../units';
import { taskMention } from './tasks';
import { waitLabel } from './waits';

const MOST_TOLD = 2;

/** Kinds of wait, those first that are likelier to be the mistake: a worker at the end of its queue only waits for more. */
const BLAMED = ['lock', 'queue.join', 'event', 'condition', 'barrier', 'semaphore', 'queue.put', 'queue.get'];

/** A deadlock in one or two sentences: the ring of tasks that wait for one another, or what nobody will ever do. */
export function deadlockText(timeline: Timeline, finding: Finding, t: Translate): string {
  if (finding.cycle.length > 1) return t('Deadlock: {0}.', ringText(timeline, finding, t));
  const first = blamed(timeline, finding).slice(0, MOST_TOLD);
  const text = first.map((each) => rootText(timeline, each, finding.startStep, t)).join('; ');
  const more = finding.stuck.length - first.length;
  const sentence = finding.partial ? t('Can never continue: {0}.', text) : t('Deadlock: {0}.', text);
  return more > 0
    ? `${sentence} ${more === 1 ? t('One more task waits.') : t('{0} more tasks wait.', more)}`
    : sentence;
}

/** Those of the tasks that wait for nobody among them, the likeliest mistake first; all if there is a ring. */
export function blamed({ waits, segments }: Timeline, { stuck }: Finding): readonly Stuck[] {
  const kindOf = ({ segment }: Stuck) => waits[segments.about[segment]]?.kind ?? '';
  const rank = (one: Stuck) => [...BLAMED, kindOf(one)].indexOf(kindOf(one));
  // Whom they wait for has ended, or cannot be named.
  const among = new Set(stuck.map(({ task }) => task));
  const roots = stuck.filter(({ on }) => !on.some((id) => among.has(id))).sort((a, b) => rank(a) - rank(b));
  return roots.length > 0 ? roots : stuck;
}

/** Whether the tasks went on after all, other than by being cancelled. */
export function wasOver({ segments }: Timeline, { end, stuck }: Finding): boolean {
  const cancelled = causeKinds.indexOf('cancel');
  const hasContinued = ({ segment }: Stuck) =>
    (segments.flags[segment] & Flag.open) === 0 && segments.cause[segment + 1] !== cancelled;
  return end !== undefined && stuck.some(hasContinued);
}

/** Why a record ends early, in the reader's language where it is known. */
export function stopMessage(timeline: Timeline, t: Translate): string {
  const { truncated, findings } = timeline;
  const deadlock =
    truncated?.reason === 'deadlock'
      ? findings.findLast(({ end, partial }) => end === undefined && !partial)
      : undefined;
  if (truncated?.reason === 'tracer')
    return t(
      'Recording stopped here: Coroscope itself failed ({0}). The program was not disturbed.',
      truncated.message,
    );
  if (truncated?.message === CUT_OFF || truncated?.message === DAMAGED)
    return `${t(truncated.message)} ${t('It goes up to {0}.', durationWords(timeline.duration, t))}`;
  return deadlock ? deadlockText(timeline, deadlock, t) : t(truncated?.message ?? '');
}

function ringText(timeline: Timeline, { cycle, stuck }: Finding, t: Translate): string {
  const by = new Map(stuck.map((each) => [each.task, each]));
  return cycle
    .map((id, i) => {
      const one = by.get(id)!;
      const next = by.get(cycle[(i + 1) % cycle.length])!;
      const thing = heldThing(timeline, one);
      // The first task is named again at the end, by its name alone.
      const whom = i === cycle.length - 1 ? nameOf(timeline, next.task) : placed(timeline, next, t);
      if (i === 0) {
        const who = placed(timeline, one, t);
        return thing ? t('{0} waits for {1}, held by {2}', who, thing, whom) : t('{0} waits for {1}', who, whom);
      }
      return thing ? t(', which waits for {0}, held by {1}', thing, whom) : t(', which waits for {0}', whom);
    })
    .join('');
}

/** `lock a`: what is waited for, if it is something that a task can have. */
function heldThing(timeline: Timeline, { segment }: Stuck): string | undefined {
  const wait = timeline.waits[timeline.segments.about[segment]];
  const resource = resourceOf(timeline, wait?.fields.resource);
  if (!resource || (resource.kind !== 'lock' && resource.kind !== 'semaphore')) return undefined;
  return resource.name.toLowerCase().startsWith(resource.kind) ? resource.name : `${resource.kind} ${resource.name}`;
}

/** `count(2) (line 12)` */
function placed(timeline: Timeline, { task, segment }: Stuck, t: Translate): string {
  const site = userSite(timeline, timeline.segments.site[segment]);
  const name = nameOf(timeline, task);
  return site?.code.user ? t('{0} (line {1})', name, site.line) : name;
}

function nameOf(timeline: Timeline, id: number): string {
  const task = taskOf(timeline, id);
  return task ? taskMention(task) : `Task ${id}`;
}

function rootText(timeline: Timeline, stuck: Stuck, step: number, t: Translate): string {
  const wait = timeline.waits[timeline.segments.about[stuck.segment]];
  const resource = resourceOf(timeline, wait?.fields.resource);
  const who = placed(timeline, stuck, t);
  // As it stands now: one who began to wait earlier saw other numbers.
  const what = waitLabel(timeline, stuck.segment, t, step) || '?';
  const holder = resource && holdingText(timeline, stuck, resource, step, t);
  if (holder) return t('{0} waits for {1}, {2}', who, wait?.label ?? '?', holder);
  switch (wait?.kind) {
    case 'queue.get':
      return t('{0} waits for {1}, and nobody puts anything into it', who, what);
    case 'queue.put':
      return t('{0} waits for {1}, and nobody takes anything out of it', who, what);
    case 'queue.join': {
      const left = resource ? unfinishedItems(timeline, resource, step) : 0;
      return t('{0} waits for {1}, and nobody calls task_done() for what is left ({2})', who, wait.label, left);
    }
    case 'event':
      return t('{0} waits for {1}, and nobody sets it', who, what);
    case 'condition':
      return t('{0} waits for {1}, and nobody notifies it', who, what);
    case 'barrier':
      return t('{0} waits at {1}, and nobody else arrives', who, what);
    case 'lock':
    case 'semaphore':
      return t('{0} waits for {1}, and nobody releases it', who, what);
    default:
      // Tasks would end by themselves.
      return wait?.fields.task || wait?.fields.members
        ? t('{0} waits for {1}', who, what)
        : t('{0} waits for {1}, and nobody sets its result', who, what);
  }
}

/** The holders of the lock, or of all permits, who will not release them; empty if unknown. */
function holdingText(timeline: Timeline, stuck: Stuck, resource: Resource, step: number, t: Translate): string {
  if (resource.kind !== 'lock' && resource.kind !== 'semaphore') return '';
  const holds = holdsOf(timeline, resource).filter(
    ({ startStep, endStep, task }) => task !== 0 && startStep < step && (endStep === undefined || endStep >= step),
  );
  const hasEnded = (task: number) => task !== stuck.task && taskOf(timeline, task)?.outcome.kind !== 'pending';
  if (holds.length === 2 && holds.every(({ task }) => hasEnded(task)))
    return t('held by {0} and {1}, which have ended', nameOf(timeline, holds[0].task), nameOf(timeline, holds[1].task));
  const words = holds.slice(0, MOST_TOLD).map(({ task, site }) => {
    const line = userSite(timeline, site)?.line;
    const name = nameOf(timeline, task);
    if (task === stuck.task)
      return line === undefined ? t('which it holds itself') : t('which it holds itself since line {0}', line);
    if (hasEnded(task))
      return line === undefined
        ? t('held by {0}, which has ended', name)
        : t('held by {0} since line {1}, which has ended', name, line);
    return line === undefined ? t('which {0} holds', name) : t('held by {0} since line {1}', name, line);
  });
  return words.length === 2 ? t('{0} and {1}', words[0], words[1]) : words.join('');
}
