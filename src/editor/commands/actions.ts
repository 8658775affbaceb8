import { debug, env, window } from 'vscode';
import { chainOf } from '../../core/places/chain';
import type { Timeline } from '../../core/timeline/model';
import type { Change } from '../../core/trace/change';
import { tasksAsText } from '../../core/words/tasks';
import type { Actions } from '../contributions/registered';
import { host } from '../host/host';
import { functionTarget } from '../program/function-target';
import { pathOf, programOf } from '../program/program';
import { type Origin, type Target, targetAgain, targetOf } from '../program/target';
import type { Recorded } from '../recording/recording';
import { cannotRun } from '../timeline/trace-editor';
import { compareTraces } from '../traces/compare-traces';
import { exportHtml, openTrace, saveTrace } from '../traces/trace-files';
import { t } from '../words/translate';
import { attach } from './attach';
import type { CommandName } from './command-names';
import type { Parts } from './parts';
import { openSample } from './sample';
import { tryChange } from './try-change';

/** What the commands do. */
export function actions(parts: Parts): Actions<CommandName> {
  const { recorded, runs, output, panel } = parts;
  return {
    visualize: (clicked?: unknown) => visualize(parts, clicked),
    visualizeFunction: async () => run(parts, await functionTarget()),
    cancel: () => runs.cancel(),
    live: () => turnLive(parts),
    liveOff: () => parts.live.turn(false),
    showOutput: () => output.show(),
    openTimeline: () => panel.show(),
    attach: () => attach(parts),
    openTrace: async (clicked?: unknown) => {
      if (await openTrace(clicked, recorded)) panel.show();
    },
    compareTraces: async (clicked?: unknown, selected?: unknown) => {
      if (await compareTraces(clicked, selected, recorded)) panel.show();
    },
    saveTrace: () => saveTrace(recorded),
    exportHtml: () => exportHtml(recorded, parts.catalogue, env.language),
    selectEngine: () => host().engines.select(),
    openSample: async (name?: unknown) => {
      const document = await openSample(parts.samples, name);
      if (document) await run(parts, { document });
    },
    otherOrder: () => otherOrder(parts),
    tryChange: (asked: unknown) => tryChange(parts, asked),
    copyTasks: () => copyTasks(recorded),
    revealTask: (task: unknown) => revealTask(parts, task),
  };
}

async function visualize(parts: Parts, clicked?: unknown): Promise<void> {
  await run(parts, await targetOf(clicked, parts.recorded.current.origin?.target));
}

/** Runs the program of the panel again, with its current text. */
export async function visualizeAgain(parts: Parts, clock?: 'virtual'): Promise<void> {
  const { origin, trace, launched } = parts.recorded.current;
  if (launched) {
    const { folder, configuration } = launched;
    await debug.startDebugging(folder, { ...configuration, ...(clock ? { clock } : {}) });
  } else if (origin) await run(parts, await targetAgain(origin.target), clock);
  else if (trace) cannotRun();
  else await run(parts, await targetOf(undefined, undefined), clock);
}

/** The same, with other durations for some waits. */
export async function whatIf({ runs, live, recorded }: Parts, changes: readonly Change[]): Promise<void> {
  const origin = live.origin ?? recorded.current.origin;
  if (origin) await runs.whatIf(changes, origin);
}

/** The same, with timers that are due at the same instant in this order; compared with the run before. */
export async function runWithTies({ runs, live, recorded }: Parts, order: 'set' | 'reversed'): Promise<void> {
  const origin = live.origin ?? recorded.current.origin;
  if (origin) await runs.withTies(order, origin);
  else cannotRun();
}

async function otherOrder(parts: Parts): Promise<void> {
  const timeline = parts.recorded.timeline();
  if (!timeline || timeline.ties.length === 0) {
    window.showInformationMessage(t('This run has no timers whose order could change.'));
    return;
  }
  parts.panel.show();
  await runWithTies(parts, timeline.meta.ties === 'reversed' ? 'set' : 'reversed');
}

async function run(parts: Parts, target: Target | undefined, clock?: 'virtual'): Promise<void> {
  const { runs, panel, questions } = parts;
  const program = target && (await programOf(target, questions, (why, origin) => refused(parts, why, origin)));
  if (!program) return;
  await runs.run(program, () => panel.show(), clock);
}

/** Says in the panel why nothing runs; the timeline of the previous run could be mistaken for the result. */
function refused({ recorded, runs, panel }: Parts, why: string, origin: Origin): void {
  runs.cancel();
  const { document } = origin.target;
  const file = pathOf(document);
  const status = { state: 'failed', program: file, message: why, detail: '' } as const;
  recorded.set({
    status,
    trace: undefined,
    file,
    source: document.getText(),
    root: host().paths.dirname(file),
    origin,
  });
  panel.show();
}

/** Run something first if nothing was run yet. */
async function turnLive(parts: Parts): Promise<void> {
  if (!parts.live.state.available) await visualize(parts);
  await parts.live.turn(true);
}

async function copyTasks(recorded: Recorded): Promise<void> {
  const timeline = recorded.timeline();
  if (!timeline) return;
  await env.clipboard.writeText(tasksAsText(timeline, t));
  window.setStatusBarMessage(t('Tasks copied.'), 2000);
}

/** A click in the tree of tasks: selects the lane in the views, and opens the line that created the task. */
async function revealTask({ recorded, lines, panel, send }: Parts, id: unknown): Promise<void> {
  const timeline = recorded.timeline();
  const task = timeline?.tasks.find((candidate) => candidate.id === id);
  if (!timeline || !task) return;
  if (!panel.isOpen) panel.show();
  send({ type: 'reveal', task: task.id });
  const place =
    creationPlace(timeline, task.site) ??
    (task.code?.user ? { file: task.code.file, line: task.code.firstLine, column: 0 } : undefined);
  if (place) await lines.open(place.file, place.line, place.column);
}

function creationPlace(timeline: Timeline, site: number) {
  const frame = chainOf(timeline, site).findLast(({ code }) => code.user);
  return frame && { file: frame.code.file, line: frame.line, column: frame.column ?? 0 };
}
