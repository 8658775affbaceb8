import type { Fired, Recording, TraceEvent } from './frames';

/** What was done in the frames that took too long: by the browser's own events, and by a profile of the page's functions. */

/** Needed for the functions. */
export const PROFILED = ['disabled-by-default-v8.cpu_profiler', 'v8', 'disabled-by-default-v8.gc'];

const PARTS: Readonly<Record<string, RegExp>> = {
  gc: /^(MinorGC|MajorGC)$/,
  style: /^(UpdateLayoutTree|RecalculateStyles)$/,
  layout: /^Layout$/,
};
/** Of each kind so many are told. */
const MOST_FUNCTIONS = 10;

interface Node {
  readonly id: number;
  readonly parent?: number;
  readonly callFrame: { readonly functionName: string; readonly lineNumber?: number };
}

interface Sample {
  readonly at: number;
  readonly node: number;
}

/** One line for each, with where in the run it was. */
export function tellSlow({ frames, events }: Recording, most: number): string[] {
  const began = frames[0]?.event.ts ?? 0;
  const profile = profileOf(events);
  return frames.flatMap((frame, nth) => {
    if (frame.work <= most) return [];
    const { event, work } = frame;
    const within = events.filter((each) => isWithin(each, event));
    const parts = Object.entries(PARTS).flatMap(([name, pattern]) => {
      const sum = within.reduce((all, each) => (pattern.test(each.name) ? all + (each.tdur ?? each.dur) : all), 0);
      return sum > 100 ? [`${name} ${(sum / 1000).toFixed(1)}`] : [];
    });
    const second = ((event.ts - began) / 1e6).toFixed(2);
    return [
      `frame ${nth} at ${second} s: ${work.toFixed(1)} ms; ${[...parts, ...functionsIn(profile, frame)].join(', ')}`,
    ];
  });
}

function isWithin({ ts, ph, pid, tid }: TraceEvent, outer: TraceEvent): boolean {
  return ph === 'X' && pid === outer.pid && tid === outer.tid && ts >= outer.ts && ts < outer.ts + outer.dur;
}

function profileOf(events: readonly TraceEvent[]): { nodes: Map<number, Node>; samples: readonly Sample[] } {
  const nodes = new Map<number, Node>();
  const samples: Sample[] = [];
  let at = 0;
  for (const { name, args } of events) {
    const data = args?.data as
      | {
          readonly startTime?: number;
          readonly timeDeltas?: readonly number[];
          readonly cpuProfile?: { readonly nodes?: readonly Node[]; readonly samples?: readonly number[] };
        }
      | undefined;
    if (name === 'Profile') at = data?.startTime ?? 0;
    if (name !== 'ProfileChunk') continue;
    for (const node of data?.cpuProfile?.nodes ?? []) nodes.set(node.id, node);
    data?.cpuProfile?.samples?.forEach((node, i) => {
      at += data.timeDeltas?.[i] ?? 0;
      samples.push({ at, node });
    });
  }
  return { nodes, samples };
}

/** In how much of the frame each function was on the stack, in per cent: those that call most first. */
function functionsIn({ nodes, samples }: ReturnType<typeof profileOf>, { event }: Fired): string[] {
  const inside = samples.filter(({ at }) => at >= event.ts && at < event.ts + event.dur);
  const counts = new Map<string, number>();
  for (const { node } of inside) {
    const names = new Set<string>();
    for (let each = nodes.get(node); each; each = nodes.get(each.parent ?? -1)) names.add(each.callFrame.functionName);
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .filter(([name, count]) => name !== '' && name !== '(root)' && count > inside.length / 20)
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_FUNCTIONS)
    .map(([name, count]) => `${name} ${Math.round((100 * count) / inside.length)} %`);
}
