import { sameFile } from '../../core/places/same-file';
import type { ShapesByFile } from '../../core/protocol/shapes';
import type { Timeline } from '../../core/timeline/model';
import { readShapes, shapesByFile, withShapes } from '../../source/shapes/shapes';
import { host } from '../host/host';
import { isStored, type Recorded, type Recording } from './recording';

/** Adds to a timeline what hints need from the program's source. Notebooks add nothing. */
export function advised(timeline: Timeline, recording: Recording): Timeline {
  return withShapes(timeline, sourcesAsRun(recording));
}

function sourcesAsRun({ file, source, root, at }: Recording): (file: string) => string | undefined {
  const { files, paths } = host();
  const folders = [root, paths.dirname(file)].filter(Boolean);
  const read = files.sources({ folders, until: at ?? Number.POSITIVE_INFINITY });
  return (asked) => (source !== undefined && sameFile(asked, file) && !/\.ipynb$/i.test(file) ? source : read(asked));
}

/** The same for a recording. Undefined if its trace cannot be read: the page reports that. */
export function shapesFor(recorded: Recorded): ShapesByFile {
  try {
    const { trace } = recorded.current;
    if (isStored(trace)) return shapesByFile(readShapes(trace.sites, sourcesAsRun(recorded.current)));
    const timeline = recorded.timeline();
    return timeline ? shapesByFile(advised(timeline, recorded.current).shapes) : [];
  } catch {
    return [];
  }
}
