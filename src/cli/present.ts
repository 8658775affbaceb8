import { closeSync, existsSync, fstatSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { jsonText } from '../core/json/write';
import { timelineText } from '../core/text/text';
import { readTimeline } from '../core/timeline/build';
import type { Timeline } from '../core/timeline/model';
import type { TraceSource } from '../core/trace/source';
import { terminalLine } from '../core/words/terminal';
import { writeAll } from '../engines/write-all';
import { type HtmlPage, htmlPage } from '../export/html';
import { type Reading, readSources, sourceReader } from '../export/read-sources';
import { shapesByFile, withShapes } from '../source/shapes/shapes';
import type { Language } from './language';
import { writePieces } from './output';
import { asciiOnly, colours, type Screen, widthOf } from './screen';
import type { View } from './view';
import { printWhy } from './why';

/**
 * Shows a trace in the requested formats.
 * @param readable the source files that a page may contain
 * @throws TraceError, or an error of the file system
 */
export async function present(
  trace: TraceSource,
  asked: View,
  screen: Screen,
  language: Language,
  assets: string,
  readable: (timeline: Timeline) => Reading,
): Promise<Timeline> {
  const recorded = readTimeline(trace);
  const reading = readable(recorded);
  const timeline = withShapes(recorded, sourceReader(reading));
  const { translate } = language;
  if (asked.json && asked.why !== undefined) printWhy(timeline, asked.why, true, screen, translate);
  else if (asked.json) {
    keepNewSpaceSmall();
    await writePieces(screen.stdout, jsonText(timeline));
  } else {
    const options = {
      width: widthOf(screen, asked.width),
      colour: colours(screen),
      ascii: asciiOnly(screen, asked.ascii),
      story: asked.story,
    };
    screen.stdout.write(timelineText(timeline, { ...options, translate, root: screen.cwd }));
    if (asked.why !== undefined) {
      screen.stdout.write('\n');
      printWhy(timeline, asked.why, false, screen, translate);
    }
  }
  if (asked.html !== undefined) {
    const title = `${basename(timeline.meta.program)} – Coroscope`;
    const sources = readSources(timeline, reading);
    writePage(asked.html, { trace, title, sources, shapes: shapesByFile(timeline.shapes) }, screen, language, assets);
  }
  return timeline;
}

/**
 * JSON of a long run is gigabytes of text, none of which lives for long. V8 takes that for a reason to let the space of new objects grow,
 * by some 60 MB that nobody needs. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
function keepNewSpaceSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Writes the timeline as a page, and prints its path. @throws an error of the file system */
export function writePage(
  to: string,
  page: Pick<HtmlPage, 'trace' | 'older' | 'title' | 'sources' | 'shapes'>,
  screen: Screen,
  { locale, words, translate }: Language,
  assets: string,
): void {
  const file = resolve(screen.cwd, to);
  writeParts(file, htmlPage({ ...page, assets, root: screen.cwd, locale, words }));
  screen.stderr.write(`${terminalLine(translate('The timeline as a page: {0}', file))}\n`);
}

/** Deletes an incomplete page. */
function writeParts(file: string, parts: Iterable<string>): void {
  makeFolders(dirname(file));
  const fd = openSync(file, 'w');
  try {
    for (const part of parts) writeAll(fd, Buffer.from(part));
  } catch (error) {
    if (fstatSync(fd).isFile()) rmSync(file, { force: true });
    throw Object.assign(error as Error, { path: file });
  } finally {
    closeSync(fd);
  }
}

/** Not `recursive`: Node would hang below /proc. @throws an error of the file system */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolders(above);
  mkdirSync(folder);
}
