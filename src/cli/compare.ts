import { basename, resolve } from 'node:path';
import { compareTimelines } from '../core/compare/compare';
import { comparisonJson, comparisonTable } from '../core/text/compare-table';
import { readTimeline } from '../core/timeline/build';
import type { TraceSource } from '../core/trace/source';
import { TraceError } from '../core/trace/trace-error';
import { stopMessage } from '../core/words/deadlocks';
import { readSources, sourceReader } from '../export/read-sources';
import { readShapes, shapesByFile } from '../source/shapes/shapes';
import type { CompareCommand } from './arguments';
import { Exit } from './exit';
import type { Language } from './language';
import { writePage } from './present';
import { withTraceFile } from './read-trace';
import { print, printJson, say } from './say';
import type { Screen } from './screen';

/** Prints how two recorded runs differ. @returns the exit code @throws an error of the file system */
export async function compare(
  command: CompareCommand,
  screen: Screen,
  language: Language,
  assets: string,
): Promise<number> {
  const [a, b] = command.traces.map((file) => resolve(screen.cwd, file));
  return withTraceFile(a, (before) =>
    withTraceFile(b, (after, written) => told(command, [before, after], written, screen, language, assets)),
  );
}

function told(
  command: CompareCommand,
  traces: readonly [TraceSource, TraceSource],
  /** When the second was, in ms since 1970. */
  written: number,
  screen: Screen,
  language: Language,
  assets: string,
): number {
  const { translate: t } = language;
  const read = (file: string, trace: TraceSource) => {
    try {
      return { trace, timeline: readTimeline(trace) };
    } catch (error) {
      // With two files, the message has to name the file.
      if (!(error instanceof TraceError)) throw error;
      say(screen, t('{0} could not be opened. {1}', file, error.told(t)));
      return undefined;
    }
  };
  const [a, b] = command.traces;
  const [before, after] = [read(a, traces[0]), read(b, traces[1])];
  if (!before || !after) return Exit.broken;
  const comparison = compareTimelines(before.timeline, after.timeline);
  if (command.json) printJson(screen, comparisonJson(comparison));
  else print(screen, comparisonTable(comparison, { before: a, after: b }, t));
  // Incomplete runs differ for that reason alone.
  for (const [file, { timeline }] of [
    [a, before],
    [b, after],
  ] as const)
    if (timeline.truncated) say(screen, `${file}: ${stopMessage(timeline, t)}`);
  if (command.html !== undefined) {
    const title = `${basename(a)} ↔ ${basename(b)} – Coroscope`;
    const older = { trace: before.trace, label: basename(a) };
    const reading = { folders: [screen.cwd], until: written };
    const sources = readSources(after.timeline, reading);
    // The findings of the page are those of the later run.
    const shapes = shapesByFile(readShapes(after.timeline.sites, sourceReader(reading)));
    writePage(command.html, { trace: after.trace, older, title, sources, shapes }, screen, language, assets);
  }
  return Exit.good;
}
