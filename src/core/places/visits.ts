import { byPlace } from '../timeline/loop-entries';
import { State, type Timeline } from '../timeline/model';
import type { Site } from '../trace/records';
import type { Seconds } from '../units';
import { isFile } from './same-file';

/** A suspension of a task at a place in the source, by its row of `Segments`. */
export type Visit = number;

/** How often tasks were suspended, and for how long in total. */
export interface Stay {
  readonly count: number;
  readonly total: Seconds;
}

/**
 * The suspensions of a run by place. Each is kept once, at its innermost place; a place further out in the
 * await chain is looked up with all places below it. Built in one walk over the segments.
 */
export class Visits {
  readonly #rows: Uint32Array;
  /** Place of a row of `#rows` in the order in which visits began. */
  readonly #ranks: Uint32Array;
  /** By rank. */
  readonly #inOrder: Uint32Array;
  /** Site id → its first row in `#rows`. */
  readonly #first: Uint32Array;
  readonly #totals: Float64Array;

  constructor(readonly timeline: Timeline) {
    const { segments, sites, steps } = timeline;
    const rows = suspendedRows(timeline);
    const order = byPlace(
      rows.map((row) => segments.startStep[row]),
      steps,
    );
    this.#inOrder = order.map((at) => rows[at]);
    this.#first = new Uint32Array(sites.length + 1);
    this.#totals = new Float64Array(sites.length);
    for (const row of rows) {
      const site = segments.site[row];
      this.#first[site + 1]++;
      this.#totals[site] += segments.end[row] - segments.start[row];
    }
    for (let site = 1; site <= sites.length; site++) this.#first[site] += this.#first[site - 1];
    const next = this.#first.slice();
    this.#rows = new Uint32Array(rows.length);
    this.#ranks = new Uint32Array(rows.length);
    this.#inOrder.forEach((row, rank) => {
      const at = next[segments.site[row]]++;
      this.#rows[at] = row;
      this.#ranks[at] = rank;
    });
  }

  /** Of all tasks, everywhere. */
  get whole(): Stay {
    return { count: this.#rows.length, total: this.#totals.reduce((sum, each) => sum + each, 0) };
  }

  /** Of the suspensions whose innermost place is this site. */
  at(site: number): Stay {
    return { count: this.#first[site + 1] - this.#first[site], total: this.#totals[site] };
  }

  /** @param here by site id: 1 for the places that count. @returns the visits in the order in which they began. */
  among(here: Uint8Array): Uint32Array {
    const parts: Uint32Array[] = [];
    let only = 0;
    let count = 0;
    here.forEach((counts, site) => {
      const [from, to] = [this.#first[site], this.#first[site + 1]];
      if (counts !== 1 || from === to) return;
      parts.push(this.#ranks.subarray(from, to));
      count += to - from;
      only = site;
    });
    if (parts.length === 1) return this.#rows.subarray(this.#first[only], this.#first[only + 1]);
    const ranks = new Uint32Array(count);
    let at = 0;
    for (const part of parts) {
      ranks.set(part, at);
      at += part.length;
    }
    return ranks.sort().map((rank) => this.#inOrder[rank]);
  }

  /**
   * How long each line of a file waited, in its own awaits or in what it awaits. A suspension counts once for a line, however often its
   * chain goes through it, and only for lines of the user's code.
   */
  byLine(file: string): Map<number, Stay> {
    return this.#sumUp(file, ({ line }) => line);
  }

  /** The same for each await, if the record has columns; otherwise for each line. */
  byAwait(file: string): Map<Site, Stay> {
    const places = new Map<string, Site>();
    return this.#sumUp(file, (site) => {
      const key = `${site.line}:${site.column}:${site.role ?? ''}`;
      const first = places.get(key) ?? site;
      places.set(key, first);
      return first;
    });
  }

  #sumUp<K>(file: string, keyOf: (site: Site) => K): Map<K, Stay> {
    const { sites } = this.timeline;
    const isHere = isFile(file);
    const sums = new Map<K, Stay>();
    for (let id = 1; id < sites.length; id++) {
      const { count, total } = this.at(id);
      if (count === 0) continue;
      const seen = new Set<K>();
      for (let site = sites[id]; site; site = sites[site.parent])
        if (site.code.user && isHere(site.code.file)) seen.add(keyOf(site));
      for (const key of seen) {
        const before = sums.get(key) ?? { count: 0, total: 0 };
        sums.set(key, { count: before.count + count, total: before.total + total });
      }
    }
    return sums;
  }
}

function suspendedRows({ segments }: Timeline): Uint32Array {
  const rows = new Uint32Array(segments.count);
  let count = 0;
  for (let row = 0; row < segments.count; row++) if (segments.state[row] === State.suspended) rows[count++] = row;
  return rows.subarray(0, count);
}

const all = new WeakMap<Timeline, Visits>();

/** The visits of a run; computed on first use. */
export function visitsOf(timeline: Timeline): Visits {
  const known = all.get(timeline) ?? new Visits(timeline);
  all.set(timeline, known);
  return known;
}

const files = new WeakMap<Timeline, (file: string) => boolean>();

/** Whether a run executed user code of a file. */
export function runsCode(timeline: Timeline, file: string): boolean {
  const known = files.get(timeline) ?? lookUp(timeline);
  files.set(timeline, known);
  return known(file);
}

function lookUp({ sites }: Timeline): (file: string) => boolean {
  const paths = new Set<string>();
  for (const site of sites) if (site?.code.user) paths.add(site.code.file);
  return (file) => paths.has(file) || [...paths].some(isFile(file));
}
