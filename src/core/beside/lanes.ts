import type { Horizon } from '../layout-horizon';
import type { Timeline } from '../model';
import { jobLanes } from './jobs';
import { type SideLane, sectionKinds } from './lane';
import { resourceLanes } from './resources';

/** All lanes below the tasks but the output's, section by section. */
export function sideLanes(timeline: Timeline, indexOf: ReadonlyMap<number, number>, horizon: Horizon): SideLane[] {
  const lanes = [...jobLanes(timeline, indexOf, horizon), ...resourceLanes({ timeline, indexOf, horizon })];
  const order = (lane: SideLane) => sectionKinds.indexOf(lane.section);
  return lanes.sort((a, b) => order(a) - order(b));
}
