import { brushX, type D3BrushEvent } from 'd3-brush';
import { select } from 'd3-selection';
import { momentsOf, timeAt } from '../../src/core/axis/moments';
import { type Projection, whole } from '../../src/core/axis/projection';
import { foundAlong } from '../../src/core/overview/found-overview';
import { LiveOverview } from '../../src/core/overview/live-overview';
import { type Overview as Columns, overviewOf } from '../../src/core/overview/overview';
import type { Found } from '../../src/core/rows/search';
import { formatDuration } from '../../src/core/units';
import type { WorkSlices } from '../frames/frame-budget';
import type { IdleTasks } from '../frames/idle-tasks';
import { type CommandIn, commandOf } from '../interact/keys';
import { PAD, type Viewport } from '../interact/viewport';
import { svg } from '../page/dom';
import type { Parts } from '../page/shell';
import { axisIn, foundOf } from '../state/derived';
import { isLive, type State, type View } from '../state/store';

/** Least width of the brush, so that it can be grabbed. */
const LEAST_WINDOW = 8;
/** Least height of a column in which anything ran, as a share. */
const LEAST_BUSY = 0.5;

/** Milliseconds between two pictures of a live run, and turns to process in one slice. */
const LIVE_EVERY = 500;
const LIVE_TURNS = 2000;

/** The whole run above the lanes, with the part in view as a brush: it shows where the viewport is, and moves it. */
export class Overview implements View {
  readonly #svg = svg('svg', { 'aria-hidden': 'true' });
  readonly #brush = brushX<unknown>().handleSize(8);
  #drawn:
    | (Pick<State, 'lanes' | 'older' | 'axis' | 'library'> & { readonly width: number; readonly height: number })
    | undefined;
  #projection: Projection | undefined;
  /** For a run that is still being recorded. */
  #live: { readonly run: number; readonly columns: LiveOverview; painted: number; told: number } | undefined;
  #latest: State | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #window = '';
  #found: { readonly found: Found | undefined } | undefined;
  /** The user drags the brush: do not move it meanwhile. */
  #held = false;

  constructor(
    private readonly parts: Parts,
    private readonly viewport: Viewport,
    private readonly redraw: () => void,
    private readonly idleTasks: IdleTasks,
  ) {
    const { overview } = parts;
    const hatch = svg('pattern', { id: 'waiting', width: 4, height: 4, patternUnits: 'userSpaceOnUse' });
    hatch.append(svg('path', { d: 'M-1 5L5 -1M-1 1L1 -1M3 5L5 3' }));
    const defs = svg('defs');
    defs.append(hatch);
    this.#svg.append(
      defs,
      svg('path', { class: 'busy' }),
      svg('path', { class: 'waiting', fill: 'url(#waiting)' }),
      svg('path', { class: 'lit' }),
      svg('rect', { class: 'shade', y: 0 }),
      svg('rect', { class: 'shade', y: 0 }),
      svg('line', { class: 'moment' }),
      svg('g', { class: 'brush' }),
    );
    overview.append(this.#svg);
    overview.tabIndex = 0;
    overview.setAttribute('role', 'slider');
    overview.setAttribute('aria-valuemin', '0');
    overview.setAttribute('aria-valuemax', '100');
    this.#brush
      .on('start', ({ sourceEvent }: D3BrushEvent<unknown>) => {
        if (sourceEvent) this.#held = true;
      })
      .on('brush', (event: D3BrushEvent<unknown>) => this.#brushed(event))
      .on('end', (event: D3BrushEvent<unknown>) => this.#ended(event));
    overview.addEventListener('dblclick', () => this.viewport.fit());
    overview.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    overview.addEventListener('keydown', (event) => {
      const command = commandOf('overview', event);
      if (!command) return;
      this.#commands[command]();
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** Call when the viewport of the frame is known. */
  update(state: State): void {
    const { lanes, axis } = state;
    if (!lanes || !isLive(state)) this.#rest();
    if (!lanes) return;
    this.#latest = state;
    const { width } = this.viewport;
    const before = this.#drawn;
    const other =
      axis !== before?.axis ||
      width !== before.width ||
      state.older !== before.older ||
      state.library !== before.library;
    if (!isLive(state)) this.#live = undefined;
    else if (state.run !== this.#live?.run)
      this.#live = { run: state.run, columns: new LiveOverview(), painted: 0, told: 0 };
    if (other || (!this.#live && lanes !== before.lanes)) this.#show(state);
    else {
      this.#light(state);
      this.#place(state);
    }
    this.#carryOver();
  }

  #show(state: State): void {
    for (const _ of this.#showing(state));
  }

  *#showing(state: State): WorkSlices {
    const { axis } = state;
    const lanes = state.lanes!;
    const { width } = this.viewport;
    const height = this.parts.overview.clientHeight;
    const projection = whole(axisIn(state), width, PAD);
    const grown = this.#live?.columns.columns(projection, width, lanes.loops.length);
    const columns = grown ?? overviewOf(lanes, projection, width);
    const before = this.#drawn;
    yield 'strip painted';
    // The axis or the size has changed meanwhile.
    if (before !== this.#drawn) return;
    this.#projection = projection;
    this.#paint(columns, width, height);
    this.#drawn = { lanes, older: state.older, library: state.library, axis, width, height };
    this.#window = '';
    this.#found = undefined;
    yield 'strip placed';
    this.#light(state);
    this.#place(state);
  }

  /** Schedules the update of a live run, but not too often. */
  #carryOver(): void {
    const live = this.#live;
    if (!live || live.told === this.#latest!.lanes!.loop.count) return;
    const wait = live.painted + LIVE_EVERY - performance.now();
    this.#timer ??= setTimeout(() => this.idleTasks.ask(this, () => this.#grow()), Math.max(0, wait));
  }

  #rest(): void {
    this.idleTasks.drop(this);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  *#grow(): WorkSlices {
    const live = this.#live;
    while (live && live === this.#live && !live.columns.extend(this.#latest!.lanes!, LIVE_TURNS)) yield 'strip';
    yield 'strip shown';
    this.#timer = undefined;
    if (!live || live !== this.#live) return;
    live.painted = performance.now();
    live.told = this.#latest!.lanes!.loop.count;
    yield* this.#showing(this.#latest!);
  }

  #paint({ busy, waiting, ran }: Columns, width: number, height: number): void {
    this.#svg.setAttribute('width', String(width));
    this.#svg.setAttribute('height', String(height));
    const most = Math.max(1, ...waiting);
    const room = Math.max(4, height - 14);
    // Two pixels: one would hardly be visible beside a line.
    // What asyncio does to clean up comes behind the end of the axis.
    const { axis } = this.#projection!;
    const end = axis.kind === 'steps' ? this.#projection!.at(0, axis.length) : width;
    const share = (i: number) => (i < end ? Math.max(busy[i], ran[i] || ran[i - 1] ? LEAST_BUSY : 0) : 0);
    const up = columns(busy.length, (i) => Math.round(share(i) * room));
    const down = columns(waiting.length, (i) =>
      waiting[i] > 0 ? Math.max(1, Math.round((waiting[i] / most) * 9)) : 0,
    );
    select(this.#svg)
      .select('.busy')
      .attr('d', up.map(([x, w, h]) => `M${x} ${height}v${-h}h${w}v${h}z`).join(''));
    select(this.#svg)
      .select('.waiting')
      .attr('d', down.map(([x, w, h]) => `M${x} 1v${h}h${w}v${-h}z`).join(''));
    this.#brush.extent([
      [0, 0],
      [width, height],
    ]);
    select<SVGSVGElement, unknown>(this.#svg).select<SVGGElement>('.brush').call(this.#brush);
  }

  /** Where a search found something. */
  #light(state: State): void {
    const found = foundOf(state);
    if (found === this.#found?.found && this.#found) return;
    this.#found = { found };
    const { width, height } = this.#drawn!;
    const lit = found ? foundAlong(state.lanes!, found, this.#projection!, width) : new Uint8Array(0);
    const at = columns(lit.length, (i) => lit[i]);
    select(this.#svg)
      .select('.lit')
      .attr('d', at.map(([x, w]) => `M${x - 1} ${height}v-6h${w + 1}v6z`).join(''));
  }

  #place({ lanes, playhead, words: t, axis }: State): void {
    const { width } = this.viewport;
    const { k, x } = this.viewport.transform;
    const [from, to] = [-x / k, (width - x) / k];
    const moment =
      playhead === undefined ? undefined : this.#projection!.at(timeAt(momentsOf(lanes!), playhead), playhead);
    const window = `${from} ${to} ${moment} ${axis}`;
    if (window === this.#window && this.parts.overview.hasAttribute('aria-label')) return;
    this.#window = window;
    const height = this.#drawn!.height;
    select(this.#svg)
      .select('.moment')
      .attr('x1', moment ?? -9)
      .attr('x2', moment ?? -9)
      .attr('y1', 0)
      .attr('y2', height);
    const shades = [
      [0, from],
      [to, width],
    ];
    select(this.#svg)
      .selectAll('.shade')
      .data(
        k > 1.001
          ? shades
          : [
              [0, 0],
              [0, 0],
            ],
      )
      .attr('x', ([left]) => left)
      .attr('width', ([left, right]) => Math.max(0, right - left))
      .attr('height', height);
    const middle = (from + to) / 2;
    const half = Math.max(to - from, LEAST_WINDOW) / 2;
    const left = Math.max(0, Math.min(middle - half, width - 2 * half));
    // If everything is in view, a drag starts a new brush.
    const shown: [number, number] | null = k > 1.001 ? [left, left + 2 * half] : null;
    if (!this.#held)
      select<SVGSVGElement, unknown>(this.#svg).select<SVGGElement>('.brush').call(this.#brush.move, shown);
    const { overview } = this.parts;
    const value = (at: number) => {
      const found = Math.max(0, this.viewport.projection.valueAt(at));
      return axis === 'steps' ? t('event {0}', Math.round(found)) : formatDuration(found);
    };
    overview.setAttribute('aria-label', t('Part of the run in view'));
    overview.title = t('Below: how busy the event loop is. Above, hatched: how many tasks are ready and have to wait.');
    overview.setAttribute('aria-valuenow', String(Math.round((100 * middle) / width)));
    overview.setAttribute('aria-valuetext', t('{0} to {1}', value(PAD), value(width - PAD)));
  }

  #brushed({ sourceEvent, selection, mode }: D3BrushEvent<unknown> & { mode?: string }): void {
    // Programmatic moves also arrive here, without a source event.
    if (!sourceEvent || !selection) return;
    const [from, to] = selection as [number, number];
    const { width, transform } = this.viewport;
    // Moving must not zoom, even if the brush is drawn wider than the viewport.
    const half = mode === 'drag' ? width / transform.k / 2 : (to - from) / 2;
    if (half > 0) this.viewport.showPart((from + to) / 2 - half, (from + to) / 2 + half);
  }

  /** A click beside the brush moves it there. */
  #ended({ sourceEvent, selection }: D3BrushEvent<unknown>): void {
    if (!sourceEvent) return;
    this.#held = false;
    this.#window = '';
    this.redraw();
    if (selection) return;
    const { width, transform } = this.viewport;
    const at = (sourceEvent as MouseEvent).clientX - this.#svg.getBoundingClientRect().left;
    const half = width / transform.k / 2;
    this.viewport.showPart(at - half, at + half);
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    this.viewport.zoomBy(2 ** (-event.deltaY / 300));
  }

  readonly #commands: Readonly<Record<CommandIn<'overview'>, () => void>> = {
    panLeft: () => this.viewport.panBy(-0.15),
    panRight: () => this.viewport.panBy(0.15),
    zoomIn: () => this.viewport.zoomBy(1.4),
    zoomOut: () => this.viewport.zoomBy(1 / 1.4),
    toStart: () => this.#to(0),
    toEnd: () => this.#to(1),
  };

  #to(end: 0 | 1): void {
    const { width, transform } = this.viewport;
    const part = width / transform.k;
    const from = end * (width - part);
    this.viewport.showPart(from, from + part);
  }
}

/** Merges neighbours of the same height: x, width, height. */
function columns(count: number, height: (i: number) => number): [number, number, number][] {
  const found: [number, number, number][] = [];
  for (let i = 0; i < count; i++) {
    const h = height(i);
    const last = found.at(-1);
    if (last && last[2] === h && last[0] + last[1] === i) last[1]++;
    else if (h > 0) found.push([i, 1, h]);
  }
  return found;
}
