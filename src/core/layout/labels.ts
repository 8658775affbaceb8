import { BoxKind } from '../lanes/box-kind';
import type { Lanes } from '../lanes/lanes';
import { isLoopRow, type Row } from '../rows/row';
import { holdOfSegment } from '../timeline/holds';
import { LoopKind } from '../timeline/loop-entries';
import { type CoroutineSpan, type LogRecord, State, type Timeline } from '../timeline/model';
import type { Translate } from '../translate';
import { formatDuration, type Seconds } from '../units';
import { wasBefore } from '../what-if/applied';
import { shortName } from '../words/names';
import { taskLabel } from '../words/tasks';
import { awaitedBy, waitText } from '../words/waits';
import type { Boxes } from './boxes';
import { sideTexts } from './side-labels';

/** Texts for a box, the longest first: the first one that fits is drawn. */
export function boxTexts(lanes: Lanes, row: Row, boxes: Boxes, i: number, words: Translate): string[] {
  if (row.kind === 'group') return [''];
  if (row.kind === 'side') return sideTexts(lanes, lanes.sides[row.lane], boxes, i, words);
  const text = boxText(lanes, row, boxes, i, words);
  // Names of numbered tasks begin alike, so cutting off the end would make them equal.
  const number = /^Task-(\d+)$/.exec(text)?.[1];
  if (number) return [text, number];
  if (text === '') return [text];
  const waited = row.kind === 'task' && boxes.merged[i] === 1 ? waitedForTurn(lanes.timeline, boxes.ref[i]) : 0;
  if (waited > 0) return [words('ready, waited {0}', formatDuration(waited)), text];
  const short = row.kind === 'task' ? changedTexts(lanes.timeline, boxes.ref[i]) : undefined;
  if (short && boxes.kind[i] === BoxKind.suspended) return [`${CHANGED} ${text}`, ...short];
  const delay = row.kind === 'task' ? sleepOf(lanes.timeline, boxes.ref[i]) : undefined;
  return delay === undefined || !text.includes('sleep')
    ? [text]
    : [text, text.replace(/^sleep /, ''), formatDuration(delay)];
}

/** Before the label of a wait that took another time than the program says. */
const CHANGED = '↔';

function changedTexts({ waits, segments }: Timeline, segment: number): string[] | undefined {
  const wait = segments.state[segment] === State.suspended ? waits[segments.about[segment]] : undefined;
  if (!wait || wasBefore(wait) === undefined) return undefined;
  return [`${CHANGED} ${wait.label}`, `${CHANGED} ${formatDuration(wait.fields.delay!)}`, CHANGED];
}

/** How long a ready task had to wait for its turn, 0 for other segments. */
function waitedForTurn({ segments }: Timeline, segment: number): Seconds {
  return segments.state[segment] === State.ready ? segments.end[segment] - segments.start[segment] : 0;
}

function sleepOf({ waits, segments }: Timeline, segment: number): number | undefined {
  const wait = waits[segments.about[segment]];
  return segments.state[segment] === State.suspended && wait?.kind === 'sleep' ? wait.fields.delay : undefined;
}

function boxText(lanes: Lanes, row: Row, boxes: Boxes, i: number, words: Translate): string {
  const { timeline } = lanes;
  const ref = boxes.ref[i];
  const kind = boxes.kind[i];
  if (row.kind === 'output' || row.kind === 'logs') {
    const text = row.kind === 'logs' ? logText(timeline.logs[ref]) : timeline.output[ref].text.trimEnd();
    return boxes.merged[i] > 1 ? words('{0} (+{1} more)', text, boxes.merged[i] - 1) : text;
  }
  if (kind === BoxKind.faint || kind === BoxKind.mixed || boxes.merged[i] > 1) return '';
  if (isLoopRow(row)) return loopText(lanes, ref, words);
  if (kind === BoxKind.ready) return words('ready');
  if (row.kind === 'coroutines') return spanText(timeline, row.spans[boxes.span[i]], ref, kind, words);
  if (kind === BoxKind.running) return heldBy(timeline, ref) || words('running');
  return waitText(timeline, ref, words);
}

/** `WARNING shop: no more bread`. */
export function logText({ level, logger, message }: LogRecord): string {
  return `${level} ${logger}: ${message}`;
}

function loopText({ timeline, loop }: Lanes, entry: number, words: Translate): string {
  const ref = loop.ref[entry];
  if (loop.kind[entry] === LoopKind.idle) return words('idle');
  if (loop.kind[entry] === LoopKind.callback) return timeline.callbacks[ref].name;
  return taskLabel(timeline.tasks[timeline.segments.task[ref]]);
}

/** `time.sleep(1)`: the call in which a task held the loop, if that is known. */
function heldBy(timeline: Timeline, segment: number): string {
  const hold = holdOfSegment(timeline, segment);
  return hold && hold.share >= 0.5 ? (timeline.sites[hold.site]?.call ?? '') : '';
}

function spanText(timeline: Timeline, span: CoroutineSpan, segment: number, kind: number, t: Translate): string {
  const name = shortName(span.code.function);
  if (kind !== BoxKind.suspended) return name;
  const awaited = awaitedBy(timeline, span, segment, t);
  return awaited ? `${name} → ${awaited}` : name;
}
