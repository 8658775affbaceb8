import { axisKinds, axisOf } from '../../src/core/axis/axis';
import { whole } from '../../src/core/axis/projection';
import { compareTimelines } from '../../src/core/compare/compare';
import { describeLoop, describeSegment, describeTask } from '../../src/core/describe/describe';
import { markKinds, markTable } from '../../src/core/describe/mark-tables';
import { sideTable } from '../../src/core/describe/side-table';
import { storyOf } from '../../src/core/describe/story';
import { sentenceSource, sentenceText } from '../../src/core/describe/story-words';
import { placesAt } from '../../src/core/describe/task-at-turn';
import { taskForest } from '../../src/core/describe/task-tree';
import { findingKinds, findingText } from '../../src/core/findings/finding-list';
import { problemsOf } from '../../src/core/findings/findings';
import { jsonText } from '../../src/core/json/write';
import { buildLanes, type Lanes } from '../../src/core/lanes/lanes';
import { layout } from '../../src/core/layout/layout';
import { LiveRun } from '../../src/core/live/run';
import { overviewOf } from '../../src/core/overview/overview';
import { rowsOf } from '../../src/core/rows/rows';
import { search } from '../../src/core/rows/search';
import { comparisonTable } from '../../src/core/text/compare-table';
import { timelineText } from '../../src/core/text/text';
import { readTimeline } from '../../src/core/timeline/build';
import { TraceError } from '../../src/core/trace/trace-error';
import { translator } from '../../src/core/translate';
import { LabelFitter } from '../../src/core/words/labels';

const t = translator(undefined);
const heights = {
  loop: 34,
  task: 28,
  coroutines: 20,
  output: 26,
  group: 52,
  section: 24,
  bars: 24,
  chart: 34,
  ghost: 16,
};

/**
 * Does with a trace what the command and the panel do: reads, lays out, tells, compares, and reads it once more as it would grow.
 * @returns the one message with which it was refused; undefined: it opened @throws whatever is a fault
 */
export function readAll(bytes: Uint8Array): string | undefined {
  const grown = refusal(() => grow(bytes));
  const whole = refusal(() => {
    const timeline = readTimeline(bytes);
    JSON.parse([...jsonText(timeline)].join(''));
    timelineText(timeline, { width: 80, colour: false, ascii: false, translate: t, root: '/p' });
    const lanes = buildLanes(timeline);
    show(lanes);
    tell(lanes);
    comparisonTable(compareTimelines(timeline, timeline), { before: 'a', after: 'b' }, t);
  });
  return whole ?? grown;
}

function refusal(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof TraceError) return error.told(t);
    throw error;
  }
}

/** In uneven pieces, as a pipe gives them. */
function grow(bytes: Uint8Array): void {
  const run = new LiveRun();
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7) % 997) {
    run.push(bytes.subarray(at, at + size));
    while (run.step());
  }
  run.derive();
  show(run.lanes);
}

function show(lanes: Lanes): void {
  const options = {
    collapsed: new Set<number>(),
    opened: new Set([0, 1]),
    library: true,
    openGroups: new Set<number>(),
  };
  const rows = rowsOf(lanes, { ...options, grouped: true, folded: new Set(), heights });
  const labels = new LabelFitter((text) => text.length * 7);
  for (const kind of axisKinds) {
    const projection = whole(axisOf(lanes, kind), 800, 8);
    layout(lanes, { rows, projection, width: 800, height: 600, scrollTop: 0, labels, words: t, arrows: true });
    overviewOf(lanes, projection, 200);
  }
}

function tell(lanes: Lanes): void {
  const { timeline } = lanes;
  const story = storyOf(lanes);
  for (let i = 0; i < story.count; i++) {
    const sentence = story.sentence(i);
    sentenceText(lanes, story, sentence, t);
    sentenceSource(lanes, sentence);
  }
  for (const problem of problemsOf(timeline)) findingText(timeline, problem, '/p', t);
  findingKinds(timeline, t);
  for (const index of timeline.tasks.keys()) describeTask(lanes, index, t);
  for (let row = 0; row < timeline.segments.count; row++) describeSegment(lanes, row, t);
  for (let entry = 0; entry < lanes.loop.count; entry++) describeLoop(lanes, entry, t);
  for (let turn = 0; turn < Math.min(20, timeline.steps); turn++) placesAt(timeline, turn, t);
  for (const index of lanes.sides.keys()) sideTable(lanes, index, 0, 50, t);
  for (const kind of markKinds) markTable(lanes, kind, 0, 50, '/p', t);
  taskForest(timeline);
  search(lanes, 'main', t);
}
