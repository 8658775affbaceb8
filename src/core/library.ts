/**
 * Reads the traces that Coroscope records, and tells what happened in them: the library `coroscope/core` of the npm package.
 * It needs neither Node nor a browser.
 *
 * @packageDocumentation
 */
export { type Comparison, compareTimelines, type Measures } from './compare/compare';
export { type FindingKind, findingKinds, findingText, seriousCount } from './findings/finding-list';
export { problemWords } from './findings/finding-words';
export { allProblemsOf, type Problem, type ProblemKind, problemsOf } from './findings/findings';
export { problemLabel } from './findings/kind-labels';
export type { ProblemWords } from './findings/problem';
export type { TimelineJson } from './json/format';
export { timelineJson } from './json/json';
export { jsonText } from './json/write';
export { comparisonTable } from './text/compare-table';
export type { RunNames } from './text/compare-text';
export { type TextOptions, timelineText } from './text/text';
export { readTimeline } from './timeline/build';
export { Flag, State, type Task, type Timeline } from './timeline/model';
export { inMemory, inPieces, type TraceSource } from './trace/source';
export { TraceError } from './trace/trace-error';
export { type Translate, translator } from './translate';
