import { limitsOf } from '../../src/core/axis/limits';
import { describeLog, describeLoop, describeSegment, describeTask, sourceOf } from '../../src/core/describe/describe';
import type { Description, Link } from '../../src/core/describe/facts';
import { describeGhost, describeGhosts, stretchOfGhost } from '../../src/core/describe/ghost';
import { describeGroup, stretchOfGroup, stretchOfTasks } from '../../src/core/describe/group';
import { describeError, describeLimit } from '../../src/core/describe/marks';
import { describeSide, stretchOfSide } from '../../src/core/describe/side-lane';
import { drawnEnd } from '../../src/core/lanes/horizon';
import type { Lanes } from '../../src/core/lanes/lanes';
import { userSite } from '../../src/core/places/chain';
import type { Stretch } from '../../src/core/timeline/moment';
import { requestIndex, rowAtEnd, type WhyAsked } from '../../src/core/why/span-path';
import { endOfProgram } from '../../src/core/why/target';
import { linkTo } from '../../src/core/words/places';
import { ghostOf } from '../state/derived';
import { type Selection, type State, taskOf } from '../state/store';

/** What the page derives from a selection: its description, its line in the source, its range on the axis. */

/** A selection in words, for the pane and the tooltip; undefined while there is nothing to describe it from. */
export function describe(state: State, selection: Selection): Description | undefined {
  const { lanes, words } = state;
  if (!lanes) return undefined;
  const ghost = ghostOf(state);
  if (selection.kind === 'ghost') return ghost && describeGhost(ghost, lanes, selection, words);
  if (selection.kind === 'ghosts') return ghost && describeGhosts(ghost, lanes, selection.crowd, words);
  if (selection.kind === 'segment') return describeSegment(lanes, selection.segment, words);
  if (selection.kind === 'task') return describeTask(lanes, selection.task, words);
  if (selection.kind === 'loop') return describeLoop(lanes, selection.entry, words);
  if (selection.kind === 'group') return describeGroup(lanes, selection.group, words);
  if (selection.kind === 'limit') return describeLimit(lanes, selection.index, words);
  if (selection.kind === 'error') return describeError(lanes, selection.index, words);
  if (selection.kind === 'log') return describeLog(lanes, selection.index, words);
  if (selection.kind === 'side') return describeSide(lanes, selection.lane, selection.entry, selection.level, words);
  return undefined;
}

/** The place of a selection in the source. */
export function sourceLink(lanes: Lanes, selection: Selection): Link | undefined {
  const { timeline } = lanes;
  if (selection.kind === 'segment') return sourceOf(timeline, selection.segment);
  if (selection.kind === 'output') {
    const site = userSite(timeline, timeline.output[selection.index].site);
    return site && linkTo(site);
  }
  if (selection.kind === 'log') {
    const site = userSite(timeline, timeline.logs[selection.index].site);
    return site && linkTo(site);
  }
  if (selection.kind === 'side')
    return describeSide(lanes, selection.lane, selection.entry, selection.level, (text) => text).source;
  if (selection.kind === 'loop' || selection.kind === 'limit') return undefined;
  if (selection.kind === 'ghost' || selection.kind === 'ghosts') return undefined;
  if (selection.kind === 'error') {
    const site = userSite(timeline, timeline.errors[selection.index].site);
    return site && linkTo(site);
  }
  const { code } =
    timeline.tasks[selection.kind === 'group' ? lanes.groups[selection.group].members[0] : selection.task];
  return code && { kind: 'source', file: code.file, line: code.firstLine, column: 0 };
}

/** Start and end of a selection, in seconds and in steps. */
export function rangeOf(state: State, selection: Selection): Stretch | undefined {
  const { lanes } = state;
  if (!lanes) return undefined;
  if (selection.kind === 'ghost' || selection.kind === 'ghosts') {
    const ghost = ghostOf(state);
    if (!ghost) return undefined;
    return selection.kind === 'ghost'
      ? stretchOfGhost(ghost, selection.before, selection.segment)
      : stretchOfTasks(ghost.lanes, ghost.crowds[selection.crowd].group.members);
  }
  const { segments, tasks, output, logs, errors } = lanes.timeline;
  const { loop } = lanes;
  const rows = (first: number, last: number) => ({
    start: segments.start[first],
    end: drawnEnd(lanes, last).time,
    startStep: segments.startStep[first],
    endStep: drawnEnd(lanes, last).step,
  });
  if (selection.kind === 'side') return stretchOfSide(lanes, selection.lane, selection.entry, selection.level);
  if (selection.kind === 'output' || selection.kind === 'log') {
    const { time, step } = (selection.kind === 'log' ? logs : output)[selection.index];
    return { start: time, end: time, startStep: step, endStep: step + 1 };
  }
  if (selection.kind === 'task') {
    const { first, count } = tasks[selection.task];
    return count === 0 ? undefined : rows(first, first + count - 1);
  }
  if (selection.kind === 'error') {
    const { time, step } = errors[selection.index];
    return { start: time, end: time, startStep: step, endStep: step + 1 };
  }
  if (selection.kind === 'limit') {
    const { set, due } = limitsOf(lanes).list[selection.index];
    return { start: set.time, end: due.time, startStep: set.step, endStep: due.step };
  }
  if (selection.kind === 'group') return stretchOfGroup(lanes, selection.group);
  if (selection.kind === 'segment') return rows(selection.segment, selection.segment);
  const i = selection.entry;
  return { start: loop.start[i], end: loop.end[i], startStep: loop.startStep[i], endStep: loop.endStep[i] };
}

/**
 * What a selection asks of: of a segment how it came to its end; of a request or a span, also of the task that serves a request, why it took
 * so long; of another task how it came to its end. Without one, of the program.
 */
export function askedOf(lanes: Lanes, selection: Selection | undefined): WhyAsked | undefined {
  if (selection?.kind === 'segment') return selection.segment;
  const span = spanOf(lanes, selection);
  if (span !== undefined) return { span };
  const task = taskOf(lanes, selection);
  if (task !== undefined) {
    const { first, count, id } = lanes.timeline.tasks[task];
    const request = requestIndex(lanes.timeline, id);
    if (request !== undefined && count > 0) return { span: request };
    return count > 0 ? first + count - 1 : undefined;
  }
  const end = endOfProgram(lanes.timeline);
  return 'asked' in end ? end.asked : undefined;
}

/** The request or span that is selected, if its task is known; an index into `Timeline.spans`. */
export function spanOf({ sides, timeline }: Lanes, selection: Selection | undefined): number | undefined {
  if (selection?.kind !== 'side' || selection.level) return undefined;
  const { kind, bars } = sides[selection.lane];
  const span = kind === 'spans' ? bars?.ref[selection.entry] : undefined;
  return span !== undefined && rowAtEnd(timeline, timeline.spans[span]) !== undefined ? span : undefined;
}
