import type { Reported } from '../core/check/reported';
import { type Reading, sourceReader } from '../export/read-sources';
import { Blocks } from '../source/blocks';
import { textOf } from '../source/document';
import { IgnoreComments } from '../source/ignore-comments';

/** What the sources of a run say about its findings. */
export interface CheckSources {
  /** What the line of a finding says; undefined where that is not known. */
  line(reported: Reported): string | undefined;
  /** A comment at the place, or at a call that leads there, asks not to report it. */
  ignores(reported: Reported): boolean;
}

export function checkSources(reading: Reading): CheckSources {
  const read = remembered(sourceReader(reading));
  const lines = remembered((file) => read(file)?.split(/\r\n|\r|\n/));
  const comments = remembered((file) => commentsOf(file, read(file)));
  return {
    line: ({ place }) => place && lines(place.file)?.[place.line - 1],
    ignores: (reported) => {
      const places = reported.place ? [...reported.chain, reported.place] : reported.chain;
      return places.some(({ file, line }) => comments(file).some((each) => each.ignores(line, reported)));
    },
  };
}

/** Of a note each block by itself, with the lines that it has in the note. */
function commentsOf(file: string, text: string | undefined): IgnoreComments[] {
  if (text === undefined) return [];
  if (/\.pyw?$/i.test(file)) return [IgnoreComments.of(text)];
  const blocks = Blocks.of({ file, text })?.all ?? [];
  return blocks.map((read) => {
    const { lines } = read().block;
    return IgnoreComments.of('\n'.repeat((lines[0]?.line ?? 1) - 1) + textOf(lines));
  });
}

function remembered<T>(make: (file: string) => T): (file: string) => T {
  const known = new Map<string, T>();
  return (file) => {
    if (!known.has(file)) known.set(file, make(file));
    return known.get(file)!;
  };
}
