import { userSite } from '../places/chain';
import { State, type Timeline } from '../timeline/model';
import type { Common } from './problem';

/** One line creates very many tasks that wait for something outside at the same time, and nothing limits their number. */

export interface FanOut extends Common {
  readonly kind: 'unbounded-fan-out';
  /** How many tasks the line created, and how many of them at most waited at the same time. */
  readonly created: number;
  readonly atOnce: number;
  /** Whether most of them waited for the network. */
  readonly network: boolean;
}

/** From this many tasks at the same time: if each needs a connection, and otherwise. */
const MANY_CONNECTIONS = 200;
const MANY = 500;
const NETWORK = /^(connect|stream\.|socket|dns)/;
/** Waits that need nothing from outside: for other tasks, and for locks and semaphores with which a program limits itself. */
const WORK = /^(sleep|simulated|connect|stream\.|socket|dns|subprocess)/;

/** Finds them, one `FanOut` for each line and parent task. Linear in the segments. */
export function fanOuts(timeline: Timeline): FanOut[] {
  const { tasks, segments } = timeline;
  if (tasks.length < MANY_CONNECTIONS) return [];
  const groups = new Map<string, number[]>();
  tasks.forEach(({ site, parent, count }, i) => {
    // A task for a connection that a server accepts has no parent. The clients decide how many there are.
    if (site === 0 || parent === 0 || count === 0) return;
    const key = `${parent} ${site}`;
    const group = groups.get(key);
    if (group) group.push(i);
    else groups.set(key, [i]);
  });
  return [...groups.values()].flatMap((group) => {
    if (group.length < MANY_CONNECTIONS) return [];
    const { most, network, at } = peakOf(timeline, group);
    if (most < (network ? MANY_CONNECTIONS : MANY)) return [];
    const first = tasks[group[0]];
    if (!userSite(timeline, first.site)?.code.user) return [];
    return [
      {
        kind: 'unbounded-fan-out' as const,
        severity: 'info' as const,
        task: first.parent,
        segment: undefined,
        site: first.site,
        start: first.created,
        startStep: segments.startStep[first.first],
        end: at,
        cost: 0,
        times: 1,
        created: group.length,
        atOnce: most,
        network,
      },
    ];
  });
}

/** The moment at which most tasks of the group waited: how many, when, and whether for the network. */
function peakOf({ tasks, segments, waits }: Timeline, group: readonly number[]) {
  const starts: number[] = [];
  const ends: number[] = [];
  let network = 0;
  for (const index of group) {
    const { first, count } = tasks[index];
    for (let row = first; row < first + count; row++) {
      if (segments.state[row] !== State.suspended) continue;
      const kind = waits[segments.about[row]]?.kind ?? '';
      if (!WORK.test(kind) || segments.end[row] <= segments.start[row]) continue;
      starts.push(segments.start[row]);
      ends.push(segments.end[row]);
      if (NETWORK.test(kind)) network++;
    }
  }
  starts.sort((a, b) => a - b);
  ends.sort((a, b) => a - b);
  let [most, over, at] = [0, 0, 0];
  starts.forEach((start, i) => {
    while (over < ends.length && ends[over] <= start) over++;
    if (i + 1 - over > most) [most, at] = [i + 1 - over, start];
  });
  return { most, network: 2 * network > starts.length, at };
}
