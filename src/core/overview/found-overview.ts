import type { Projection } from '../axis/projection';
import type { Lanes } from '../lanes/lanes';
import type { Found } from '../rows/search';
import type { CssPixels } from '../units';

/** In which pixels of the overview something that was searched for begins. @returns by pixel: 1 if so. */
export function foundAlong({ timeline }: Lanes, found: Found, projection: Projection, width: CssPixels): Uint8Array {
  const { segments, tasks } = timeline;
  const pixels = new Uint8Array(Math.max(0, Math.ceil(width)));
  const light = (row: number) => {
    const x = Math.round(projection.at(segments.start[row], segments.startStep[row]));
    if (x >= 0 && x < pixels.length) pixels[x] = 1;
  };
  for (let i = 0; i < found.segments.length; i++) light(found.segments[i]);
  tasks.forEach(({ first, count }, task) => {
    if (found.tasks[task] && count > 0) light(first);
  });
  return pixels;
}
