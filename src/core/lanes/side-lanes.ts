import type { Timeline } from '../timeline/model';
import type { Indices } from '../timeline/tasks';
import type { Horizon } from './horizon';
import { jobLanes } from './job-lanes';
import { resourceLanes } from './resource-lanes';
import { type SideLane, sectionKinds } from './side-lane';
import { spanLanes } from './span-lanes';

/** All lanes below the tasks but the output's, section by section. */
export function sideLanes(timeline: Timeline, indexOf: Indices, horizon: Horizon): SideLane[] {
  const lanes = [
    ...spanLanes(timeline, indexOf, horizon),
    ...jobLanes(timeline, indexOf, horizon),
    ...resourceLanes({ timeline, indexOf, horizon }),
  ];
  const order = (lane: SideLane) => sectionKinds.indexOf(lane.section);
  return lanes.sort((a, b) => order(a) - order(b));
}
