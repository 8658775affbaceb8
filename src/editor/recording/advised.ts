import { dirname } from 'node:path';
import { sameFile } from '../../core/places/same-file';
import type { Timeline } from '../../core/timeline/model';
import { sourceReader } from '../../export/read-sources';
import { withShapes } from '../../source/shapes/shapes';
import type { Recording } from './recording';

/** The timeline with what the sources of its program tell, for hints. Of a notebook that is nothing. */
export function advised(timeline: Timeline, { file, source, root, at }: Recording): Timeline {
  const folders = [root, dirname(file)].filter(Boolean);
  const read = sourceReader({ folders, until: at ?? Number.POSITIVE_INFINITY });
  return withShapes(timeline, (asked) =>
    source !== undefined && sameFile(asked, file) && !/\.ipynb$/i.test(file) ? source : read(asked),
  );
}
