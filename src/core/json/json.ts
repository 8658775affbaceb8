import type { Problem } from '../findings/findings';
import { chainOf } from '../places/chain';
import { Iterations } from '../places/iterations';
import { holdIn, holdOfSegment } from '../timeline/holds';
import {
  type CallbackRun,
  type ContextSpan,
  type CoroutineSpan,
  type Deadline,
  type EventLoop,
  Flag,
  type Hold,
  type Job,
  type LogRecord,
  type LoopStretch,
  type NamedSpan,
  type Outcome,
  type OutputWrite,
  type ProgramError,
  type Resource,
  State,
  stateNames,
  type Task,
  type Tie,
  type TimeGiven,
  type Timeline,
} from '../timeline/model';
import { holdersAt, resourceOf } from '../timeline/resource-state';
import { wokenAt } from '../timeline/ties';
import type { Change } from '../trace/change';
import { planNoteText } from '../trace/plan-notes';
import { translator } from '../translate';
import { changesThatCame } from '../what-if/applied';
import { stopMessage } from '../words/deadlocks';
import { explainErrorIn } from '../words/error-loops';
import { waitLabel } from '../words/waits';
import { type ContextJson, type CoroutineJson, contextJson, coroutineJson } from './coroutines';
import { type FindingJson, findingJson, findingsOf } from './findings';
import type {
  DeadlineJson,
  ErrorJson,
  EventLoopJson,
  JobJson,
  LogJson,
  LoopJson,
  OutcomeJson,
  OutputJson,
  SegmentJson,
  TaskJson,
  TieJson,
  TimeGivenJson,
  TimelineJson,
} from './format';
import { type FrameJson, frameOf, known } from './frame';
import { type BlockedByJson, blockedByJson } from './holds';
import { type ResourceJson, resourceHead, type UseJson, useJson } from './resources';
import { type SpanJson, spanJson } from './spans';
import { cancelledJson, causeJson } from './wakes';

const english = translator(undefined);

/** Turns parts of a timeline into JSON, each frame and chain made once: segments of one await share them. */
export class JsonBuilder {
  readonly #frames = new Map<number, FrameJson | null>();
  readonly #chains = new Map<number, readonly FrameJson[]>();

  readonly #iterations: Iterations;

  constructor(private readonly timeline: Timeline) {
    this.#iterations = new Iterations(timeline);
  }

  tie(tie: Tie): TieJson {
    const { tasks, segments } = this.timeline;
    const woken = wokenAt(this.timeline, tie).map((row) => tasks[segments.task[row]].id);
    return { time: tie.time, step: tie.step, tasks: woken };
  }

  timeGiven({ start, end, step, turns }: TimeGiven): TimeGivenJson {
    return { start, end, step, turns };
  }

  /** All but the lists, which may be long. */
  head(): Omit<
    TimelineJson,
    | 'tasks'
    | 'coroutines'
    | 'contexts'
    | 'spans'
    | 'resources'
    | 'output'
    | 'logs'
    | 'errors'
    | 'findings'
    | 'jobs'
    | 'deadlines'
    | 'ties'
    | 'timeGiven'
    | 'loops'
    | 'loop'
  > {
    const { meta, duration, exit, truncated, notRecorded, processes } = this.timeline;
    const { program, argv, engine, clock, python } = meta;
    return {
      format: 1,
      program,
      argv,
      engine,
      clock,
      python,
      duration,
      // A program that was stopped did not choose the code it ended with.
      exit: truncated ? null : (exit ?? null),
      truncated: truncated ? { reason: truncated.reason, message: stopMessage(this.timeline, english) } : null,
      ...(processes.length > 0 ? { processes: processes.map((each) => ({ ...each, pid: known(each.pid) })) } : {}),
      ...(notRecorded.length > 0 ? { notRecorded } : {}),
      ...(meta.detail === 'tasks' ? { detail: meta.detail } : {}),
      ...(meta.clipped ? { clipped: true as const } : {}),
      ...(meta.notes.length > 0
        ? { notes: meta.notes.map((note) => ({ ...note, text: planNoteText(note, english) })) }
        : {}),
      ...(meta.whatIf.length > 0 ? { whatIf: changesJson(this.timeline) } : {}),
    };
  }

  /** A task without its segments. */
  task(task: Task): Omit<TaskJson, 'segments'> {
    const {
      id,
      name,
      coroutine,
      parent,
      loop,
      created,
      createdBefore,
      ended,
      site,
      group,
      outcome,
      args = null,
      label,
    } = task;
    return {
      id,
      name,
      coroutine,
      ...(label === undefined ? {} : { label }),
      arguments: args,
      parent: known(parent),
      loop,
      created,
      ...(createdBefore ? { createdBefore: true as const } : {}),
      ended: outcome.kind === 'pending' ? null : ended,
      site: this.frame(site),
      group: group ? { id: group.id, kind: group.kind } : null,
      outcome: { ...this.#outcome(outcome), ...cancelledJson(this.timeline, task, (site) => this.frame(site)) },
    };
  }

  /** Row i of the segments. */
  segment(i: number): SegmentJson {
    const { segments, waits } = this.timeline;
    const flags = segments.flags[i];
    const base = {
      state: stateNames[segments.state[i]],
      start: segments.start[i],
      end: segments.end[i],
      startStep: segments.startStep[i],
      endStep: segments.endStep[i],
      ...(flags & Flag.open ? { open: true as const } : {}),
      ...(flags & Flag.eager ? { eager: true as const } : {}),
      ...(flags & Flag.measured ? { measured: true as const } : {}),
    };
    const site = segments.site[i];
    const about = segments.about[i];
    if (segments.state[i] === State.suspended) {
      const wait = waits[about] ?? { kind: 'unknown', label: '', fields: {} };
      const label = waitLabel(this.timeline, i) ?? '';
      const waitingFor = { ...wait.fields, ...this.#holder(i), kind: wait.kind, label };
      const iterations = this.#iterations.of(i);
      return { ...base, chain: this.chain(site), waitingFor, ...(iterations.length > 0 ? { iterations } : {}) };
    }
    if (segments.state[i] === State.running) return { ...base, ...this.#blockedBy(holdOfSegment(this.timeline, i)) };
    return { ...base, cause: causeJson(this.timeline, i, (site) => this.frame(site)) };
  }

  #blockedBy(hold: Hold | undefined): { blockedBy?: BlockedByJson } {
    return hold ? { blockedBy: blockedByJson(hold, (site) => this.chain(site)) } : {};
  }

  coroutine(span: CoroutineSpan): CoroutineJson {
    return coroutineJson(span, (site) => this.frame(site));
  }

  context(context: ContextSpan): ContextJson {
    return contextJson(context, (site) => this.frame(site));
  }

  span(span: NamedSpan): SpanJson {
    return spanJson(span, (site) => this.frame(site));
  }

  /** Who has the lock that a suspended task waits for. */
  #holder(segment: number): { holder?: number | null } {
    const { segments, waits } = this.timeline;
    const resource = resourceOf(this.timeline, waits[segments.about[segment]]?.fields.resource);
    if (resource?.kind !== 'lock') return {};
    return { holder: known(holdersAt(this.timeline, resource, segments.startStep[segment])[0] ?? 0) };
  }

  /** A resource without its uses. */
  resource(resource: Resource): Omit<ResourceJson, 'uses'> {
    return resourceHead(this.timeline, resource, (site) => this.frame(site));
  }

  /** Row i of the uses, which is one of this resource. */
  use(i: number, resource: Resource): UseJson {
    return useJson(this.timeline, i, resource, (site) => this.frame(site));
  }

  log({ time, logger, level, levelNumber, message, error, byPython, task, site }: LogRecord): LogJson {
    const python = byPython ? { byPython: true as const } : {};
    const about = { message, error: error ?? null, ...python, task: known(task), site: this.frame(site) };
    return { time, logger, level, levelNumber, ...about };
  }

  output({ time, stream, text, byLogging, byPython, task, site }: OutputWrite): OutputJson {
    const log = byLogging ? { byLogging: true as const } : {};
    const python = byPython ? { byPython: true as const } : {};
    return { time, stream, text, ...log, ...python, task: known(task), site: this.frame(site) };
  }

  error(error: ProgramError): ErrorJson {
    const { time, kind, type, message, traceback, task, site, told, coroutine, holds } = error;
    const explained = kind === 'tracer' ? undefined : explainErrorIn(this.timeline, error, english);
    return {
      time,
      kind,
      type,
      message,
      traceback,
      task: known(task),
      site: this.frame(site),
      ...(explained ? { explanation: explained } : {}),
      ...(holds ? { holds: holds.map((held) => ({ ...held, site: this.frame(held.site) })) } : {}),
      ...(told ? { told } : {}),
      ...(coroutine ? { coroutine } : {}),
    };
  }

  deadline({ task, set, due, over, expired }: Deadline): DeadlineJson {
    return { task, set, due: Number.isFinite(due) ? due : null, over: over ?? null, expired };
  }

  job({ id, kind, label, task, site, loop, submitted, started, worker, pid, ended, outcome }: Job): JobJson {
    return {
      id,
      kind,
      label,
      task: known(task),
      site: this.frame(site),
      loop: known(loop),
      submitted,
      started: started ?? null,
      worker: worker === '' ? null : worker,
      pid: known(pid),
      ended: ended ?? null,
      outcome: outcome.kind === 'exception' ? { ...outcome, site: this.frame(outcome.site) } : outcome,
    };
  }

  eventLoop({ id, thread, opened, closed, foreign }: EventLoop): EventLoopJson {
    return { id, thread, opened, closed: closed ?? null, foreign: foreign === '' ? null : foreign };
  }

  finding(problem: Problem): FindingJson {
    return findingJson(this.timeline, problem, {
      frame: (site) => this.frame(site),
      chain: (site) => this.chain(site),
    });
  }

  loop(): LoopJson {
    return {
      idle: this.timeline.idle.map((stretch) => this.idle(stretch)),
      callbacks: this.timeline.callbacks.map((run) => this.callback(run)),
    };
  }

  idle({ loop, start, end }: LoopStretch): LoopJson['idle'][number] {
    return { loop, start, end };
  }

  callback(run: CallbackRun): LoopJson['callbacks'][number] {
    const { loop, start, end, name, cause, task, job, signal } = run;
    const by = { task: known(task), job: known(job), signal: known(signal) };
    return { loop, start, end, name, cause, ...by, ...this.#blockedBy(holdIn(this.timeline, run)) };
  }

  frame(site: number): FrameJson | null {
    const made = this.#frames.get(site);
    if (made !== undefined) return made;
    const place = this.timeline.sites[site];
    const frame = place ? frameOf(place) : null;
    this.#frames.set(site, frame);
    return frame;
  }

  chain(site: number): readonly FrameJson[] {
    const made = this.#chains.get(site) ?? chainOf(this.timeline, site).map(frameOf);
    this.#chains.set(site, made);
    return made;
  }

  #outcome(outcome: Outcome): OutcomeJson {
    if (outcome.kind === 'pending') return { kind: 'pending' };
    if (outcome.kind === 'result') return { kind: 'result', text: outcome.text };
    const { kind, text, site } = outcome;
    if (kind === 'exception') return { kind, text, site: this.frame(site) };
    return { kind, text, by: known(outcome.by), site: this.frame(site) };
  }
}

/** The whole of it, as one value. For a large timeline `jsonText` is the better way. */
export function timelineJson(timeline: Timeline): TimelineJson {
  const build = new JsonBuilder(timeline);
  return {
    ...build.head(),
    tasks: timeline.tasks.map((task) => ({ ...build.task(task), segments: rows(task).map((i) => build.segment(i)) })),
    coroutines: timeline.coroutines.map((span) => build.coroutine(span)),
    resources: timeline.resources.map((each) => ({
      ...build.resource(each),
      uses: rows(each).map((i) => build.use(i, each)),
    })),
    contexts: timeline.contexts.map((context) => build.context(context)),
    spans: timeline.spans.map((span) => build.span(span)),
    output: timeline.output.map((write) => build.output(write)),
    logs: timeline.logs.map((log) => build.log(log)),
    errors: timeline.errors.map((error) => build.error(error)),
    findings: findingsOf(timeline).map((problem) => build.finding(problem)),
    jobs: timeline.jobs.map((job) => build.job(job)),
    deadlines: timeline.deadlines.map((deadline) => build.deadline(deadline)),
    ties: timeline.ties.map((tie) => build.tie(tie)),
    timeGiven: timeline.timeGiven.map((given) => build.timeGiven(given)),
    loops: timeline.loops.map((loop) => build.eventLoop(loop)),
    loop: build.loop(),
  };
}

function rows({ first, count }: Pick<Task, 'first' | 'count'>): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

function changesJson(timeline: Timeline): (Change & { came: boolean })[] {
  const came = changesThatCame(timeline);
  return timeline.meta.whatIf.flatMap((change, number) => (change ? [{ ...change, came: came[number] }] : []));
}
