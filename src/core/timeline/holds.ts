import { firstWhere } from '../sorted';
import type { EventColumns } from '../trace/columns';
import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { Site } from '../trace/records';
import type { Seconds } from '../units';
import { type Hold, type LoopStretch, State, type Timeline } from './model';
import type { Indices } from './tasks';
import { lastBefore } from './tasks';

/** What blocked a loop: stack samples → the responsible call of each long turn. */

const MICRO = 1e-6;
/** A call is responsible if at least this share of the time was spent in it. */
const MOST = 0.5;

export function collectHolds({ events, sites, meta }: Pick<Trace, 'events' | 'sites' | 'meta'>): Hold[] {
  const turns = new Map<string, number[]>();
  for (let row = 0; row < events.count; row++) {
    if (events.kind[row] !== EventKind.held) continue;
    const key = `${events.loop[row]} ${events.seq[row]}`;
    const known = turns.get(key);
    if (known) known.push(row);
    else turns.set(key, [row]);
  }
  const holds = [...turns.values()].map((rows) => holdOf(events, sites, rows, meta.origin));
  return holds.sort((a, b) => a.step - b.step);
}

function holdOf(events: EventColumns, sites: Sites, rows: readonly number[], origin: number): Hold {
  const sorted = rows.toSorted((a, b) => events.t0[a] - events.t0[b]);
  const weight = (row: number) => (events.c[row] + events.d[row]) * MICRO;
  const sum = (of: (row: number) => number) => rows.reduce((total, row) => total + of(row), 0);
  const total = sum(weight);
  const paths = rows.map((row) => ({ path: pathTo(sites, events.b[row]), weight: weight(row) }));
  const user = deepest(
    paths.map(({ path, weight }) => ({ path: toCall(sites, path), weight })),
    total,
  );
  const inner = deepest(paths, total) ?? user;
  const blamed = user?.key;
  const within = (row: number) => pathTo(sites, events.b[row]).some(({ key }) => key === blamed);
  const [first] = sorted;
  return {
    loop: events.loop[first],
    step: events.seq[first],
    task: events.a[first],
    start: events.t0[first] - origin,
    end: Math.max(...rows.map((row) => events.t1[row])) - origin,
    computing: sum((row) => events.c[row]) * MICRO,
    blocked: sum((row) => events.d[row]) * MICRO,
    site: user?.site ?? 0,
    inner: inner && user && inner.depth > user.depth ? inner.site : (user?.site ?? inner?.site ?? 0),
    share: total > 0 && user ? user.weight / total : 0,
    stretches: joined(
      sorted.filter(within).map((row) => ({ start: events.t0[row] - origin, end: events.t1[row] - origin })),
    ),
  };
}

type Sites = readonly (Site | undefined)[];

interface Step {
  /** Equal for all instructions of a line that were reached through the same calls. */
  readonly key: string;
  readonly site: number;
  readonly user: boolean;
}

/** From the outermost frame to that of a site. */
function pathTo(sites: Sites, id: number): Step[] {
  const chain: number[] = [];
  for (let at = id; sites[at]; at = sites[at]!.parent) chain.unshift(at);
  let key = '';
  return chain.map((site) => {
    const { code, line } = sites[site]!;
    key += `/${code.file}:${code.function}:${line}`;
    return { key, site, user: code.user };
  });
}

/**
 * Cuts a path at the innermost call in user code. If a function itself computes, that is the call of it: samples are taken at the ends of
 * loops and at calls only, so the line inside it would be random. A coroutine is awaited, not called: for it, keep the line.
 */
function toCall(sites: Sites, path: readonly Step[]): readonly Step[] {
  const user = path.slice(0, 1 + path.findLastIndex(({ user }) => user));
  const leaf = user.length > 1 && user.length === path.length ? sites[user[user.length - 1].site] : undefined;
  const computes = leaf !== undefined && !leaf.calls && leaf.code.kind === 'function' && user[user.length - 2].user;
  return computes ? user.slice(0, -1) : user;
}

interface Blamed {
  readonly key: string;
  readonly site: number;
  readonly depth: number;
  readonly weight: Seconds;
}

/** The innermost place in which most of the time was spent; if there is none, the outermost one with the largest share. */
function deepest(
  paths: readonly { readonly path: readonly Step[]; readonly weight: number }[],
  total: number,
): Blamed | undefined {
  const places = new Map<string, { depth: number; weight: number; sites: Map<number, number> }>();
  for (const { path, weight } of paths) {
    path.forEach(({ key, site }, depth) => {
      const place = places.get(key) ?? { depth, weight: 0, sites: new Map() };
      place.weight += weight;
      place.sites.set(site, (place.sites.get(site) ?? 0) + weight);
      places.set(key, place);
    });
  }
  const all = [...places].sort(([, a], [, b]) => b.weight - a.weight || a.depth - b.depth);
  const most = all.filter(([, { weight }]) => weight >= MOST * total - 1e-9);
  // Most of the time was spent where no sample could be taken.
  const seen = paths.reduce((sum, { path, weight }) => sum + (path.length > 0 ? weight : 0), 0);
  if (total - seen > seen) return undefined;
  const found = most.length > 0 ? most.reduce((a, b) => (b[1].depth > a[1].depth ? b : a)) : all[0];
  if (!found) return undefined;
  const [key, { depth, weight, sites }] = found;
  const [site] = [...sites].sort(([, a], [, b]) => b - a)[0];
  return { key, site, depth, weight };
}

function joined(stretches: readonly { start: Seconds; end: Seconds }[]): { start: Seconds; end: Seconds }[] {
  const found: { start: Seconds; end: Seconds }[] = [];
  for (const { start, end } of stretches) {
    const last = found.at(-1);
    if (last && start <= last.end + 1e-6) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}

type Turn = Pick<LoopStretch, 'start' | 'end' | 'startStep' | 'endStep'>;

/** The hold of a turn of a running segment or a callback; if others are nested in it, the longest. */
export function holdIn({ holds }: Pick<Timeline, 'holds'>, { startStep, endStep }: Turn): Hold | undefined {
  const low = firstWhere(0, holds.length, (i) => holds[i].step >= startStep);
  let found: Hold | undefined;
  for (let at = low; at < holds.length && holds[at].step < endStep; at++)
    if (!found || seconds(holds[at]) > seconds(found)) found = holds[at];
  return found;
}

function seconds({ computing, blocked }: Hold): Seconds {
  return computing + blocked;
}

/** Of a row of `Segments` in which a task runs. */
export function holdOfSegment(timeline: Pick<Timeline, 'holds' | 'segments'>, row: number): Hold | undefined {
  const { start, end, startStep, endStep } = timeline.segments;
  const turn = { start: start[row], end: end[row], startStep: startStep[row], endStep: endStep[row] };
  return timeline.holds.length === 0 ? undefined : holdIn(timeline, turn);
}

/** From this share on a turn counts as busy all the time: it is not sampled in its first and last moments. */
const ALL = 0.7;
/** The first and last moments of a turn are not sampled. If much more is missing, the whole process did not run. */
const UNSEEN: Seconds = 0.1;
const UNSEEN_SHARE = 0.05;

/**
 * How long a turn itself blocked its loop: without time in which other processes had the CPU, or other threads the GIL.
 * On the virtual clock, and without samples, that is all of it.
 */
export function heldFor(timeline: Pick<Timeline, 'holds' | 'meta'>, turn: Turn): Seconds {
  const length = turn.end - turn.start;
  if (timeline.meta.holds !== 'sampled' || timeline.meta.clock === 'virtual') return length;
  const hold = holdIn(timeline, turn);
  if (!hold) return 0;
  const seen = Math.max(hold.end - hold.start, MICRO);
  const share = Math.min(1, seconds(hold) / seen);
  if (share >= ALL && length - seen <= UNSEEN + UNSEEN_SHARE * length) return length;
  return Math.min(length, share * (seen + Math.min(length - seen, UNSEEN)));
}

/** From this on asyncio's own debug mode calls a step slow. */
export const SLOW: Seconds = 0.1;
/** How many times slower WebAssembly is than native CPython; 2 to 4.5 were measured. */
const EMBEDDED_SLOWER = 2.5;

/** The length from which a turn with this hold is slow. Time asleep is not scaled. */
export function slowFrom({ meta }: Pick<Timeline, 'meta'>, hold: Hold | undefined): Seconds {
  return meta.engine === 'embedded' && (hold?.blocked ?? 0) < SLOW ? SLOW * EMBEDDED_SLOWER : SLOW;
}

/** Whether a callback blocked its loop for long in a known call. */
export function isLongHold(timeline: Pick<Timeline, 'holds' | 'meta'>, turn: Turn): boolean {
  const hold = holdIn(timeline, turn);
  return hold !== undefined && turn.end - turn.start >= SLOW && heldFor(timeline, turn) >= slowFrom(timeline, hold);
}

/** Running segments that blocked their loop for long in a known call, by task index. */
export function longHolds(
  timeline: Pick<Timeline, 'holds' | 'meta' | 'segments' | 'tasks'>,
  indexOf: Indices,
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const { segments } = timeline;
  for (const hold of timeline.holds) {
    const index = indexOf.get(hold.task);
    if (index === undefined || hold.site === 0) continue;
    const { first, count } = timeline.tasks[index];
    let row = lastBefore(segments, first, count, hold.step + 1);
    while (row !== undefined && row >= first && segments.state[row] !== State.running) row--;
    if (row === undefined || row < first) continue;
    const turn = {
      start: segments.start[row],
      end: segments.end[row],
      startStep: segments.startStep[row],
      endStep: segments.endStep[row],
    };
    if (heldFor(timeline, turn) < slowFrom(timeline, hold) || holdIn(timeline, turn) !== hold) continue;
    found.set(index, [...(found.get(index) ?? []), row]);
  }
  return found;
}
