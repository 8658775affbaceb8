import { reachOf } from '../../src/core/axis/axis';
import { momentAt } from '../../src/core/axis/moment-at';
import type { Projection } from '../../src/core/axis/projection';
import type { SameTasks } from '../../src/core/compare/same-tasks';
import { BoxKind } from '../../src/core/lanes/box-kind';
import type { Lanes } from '../../src/core/lanes/lanes';
import { Boxes } from '../../src/core/layout/boxes';
import { crowdAt } from '../../src/core/layout/groups';
import { hitTest } from '../../src/core/layout/hit';
import { layingOut } from '../../src/core/layout/layout';
import type { Scene } from '../../src/core/layout/scene';
import { BUSY_LEVELS } from '../../src/core/layout/segments';
import { ticksOf } from '../../src/core/layout/ticks';
import type { Move } from '../../src/core/live/moves';
import { sitesAt } from '../../src/core/places/sites-at-line';
import { dims } from '../../src/core/rows/filter';
import { heightOf, isLoopRow, type Row } from '../../src/core/rows/row';
import { rowsOf } from '../../src/core/rows/rows';
import { LoopKind } from '../../src/core/timeline/loop-entries';
import type { CssPixels } from '../../src/core/units';
import type { LabelFitter } from '../../src/core/words/labels';
import { BackBuffer, fitCanvas } from '../canvas/back-buffer';
import { painting } from '../canvas/paint';
import { readTheme, type Theme } from '../canvas/theme';
import type { WorkSlices } from '../frames/frame-budget';
import type { Viewport } from '../interact/viewport';
import { movedTo } from '../live/live-reader';
import type { Parts } from '../page/shell';
import { axisIn, filteredTasksOf, foundOf, ghostOf, olderFilteredTasksOf } from '../state/derived';
import { type Hover, isLive, type Selection, type State, segmentOf } from '../state/store';
import { drawAxis } from './axis';
import type { AxisTransition } from './axis-transition';
import { drawCriticalPath } from './critical-path';
import { FrameNote } from './frame-note';
import { drawOverlay } from './overlay';
import { drawRange } from './range';
import { HEIGHTS } from './row-heights';
import type { RunTransition } from './run-transition';

/** The parts of the state that decide which rows there are. */
const ROW_CHOICES = ['collapsed', 'opened', 'library', 'grouped', 'openGroups', 'folded', 'filter', 'older'] as const;

interface Size {
  readonly width: CssPixels;
  readonly height: CssPixels;
}

/** The canvas with its overlay and axis. Each frame has one scene, from which everything is painted and hit-tested. */
export class Stage {
  rows: readonly Row[] = [];
  #scene: Scene | undefined;
  #theme: Theme | undefined;
  #ratio = 0;
  #total: CssPixels = 0;
  /** Number of tasks and loops. */
  #count = 0;
  #lit: (Pick<State, 'lanes' | 'cursor'> & { readonly sites: Uint8Array | undefined }) | undefined;
  #size: Size | undefined;
  /** Moves of segment rows since the scene was made. */
  readonly #moves: Move[] = [];
  /** Boxes for the next scene: the pointer still hits those of the current one. */
  #spare = new Boxes();
  readonly #back = new BackBuffer();
  readonly #note = new FrameNote();
  readonly #context: CanvasRenderingContext2D;

  constructor(
    private readonly parts: Parts,
    private readonly viewport: Viewport,
    private readonly labels: (font: string) => LabelFitter,
    private readonly travel: AxisTransition,
    private readonly runTransition: RunTransition,
  ) {
    parts.board.append(this.#note.element);
    this.#context = parts.canvas.getContext('2d', { alpha: false })!;
  }

  /** The theme has changed. */
  restyle(): void {
    this.#theme = undefined;
  }

  /** Updates rows and viewport. @param arranged called when the rows have changed, since the room for lanes may change with them */
  arrange(state: State, previous: State, arranged: (rows: readonly Row[]) => void): void {
    const { lanes, axis } = state;
    if (!lanes) return;
    const folds = ROW_CHOICES.some((choice) => state[choice] !== previous[choice]);
    const count = lanes.timeline.tasks.length + lanes.loops.length;
    const more = state.growth !== previous.growth && count !== this.#count;
    if (lanes !== previous.lanes || folds || more) {
      this.#count = count;
      this.rows = rowsOf(lanes, {
        ...state,
        kept: filteredTasksOf(state)?.rows,
        ...ghostRows(state),
        heights: HEIGHTS,
      });
      const total = heightOf(this.rows);
      // Growing lanes do not change the page: measuring would force a layout in the middle of the frame.
      if (total !== this.#total || !isLive(state) || !isLive(previous)) this.resized();
      this.#total = total;
      this.parts.space.style.setProperty('height', `${total}px`);
      arranged(this.rows);
    }
    const { width, height } = this.#measure();
    const sameRun = previous.lanes !== undefined && state.run === previous.run;
    const carry = sameRun ? (value: number) => momentAt(lanes, previous.axis, value) : undefined;
    if (axis !== previous.axis && carry) this.travel.begin(this.viewport.projection);
    this.viewport.resize(width, height, axisIn(state), { carry, follow: isLive(state) && state.following });
  }

  /** The next lanes are of the same program, edited: animate from the current scene. */
  carryOver(before: Lanes, same: SameTasks): void {
    if (this.#scene) this.runTransition.begin(this.#scene, before, same);
  }

  /** The scene that is drawn. */
  get scene(): Scene | undefined {
    return this.#scene;
  }

  /** The current projection, also during the transition to another axis. */
  get projection(): Projection {
    return this.#scene?.projection ?? this.viewport.projection;
  }

  /** Segment rows have moved since the picture was made. */
  moved(moves: readonly Move[]): void {
    this.#moves.push(...moves);
  }

  /** The room for lanes may have changed. */
  resized(): void {
    this.#size = undefined;
  }

  /** The browser has laid out the page. @returns whether the room for lanes has changed */
  measured(): boolean {
    const before = this.#size;
    this.#size = undefined;
    const { width, height } = this.#measure();
    return width !== before?.width || height !== before.height;
  }

  /** Measures only if it may have changed: reading sizes forces a layout. */
  #measure(): Size {
    const { scroller, space, names } = this.parts;
    this.#size ??= {
      width: Math.max(1, space.clientWidth - names.offsetWidth),
      height: Math.max(1, scroller.clientHeight),
    };
    return this.#size;
  }

  /**
   * Draws the picture in slices: layout, paint, show. During layout
   * the lanes must not change. Without `apart` it paints to the visible canvas, and has to be completed in one frame.
   * @param show called right before the picture becomes visible
   */
  *drawing(state: State, apart: boolean, show: () => void): WorkSlices {
    const { lanes, words, hover, selection } = state;
    if (!lanes) {
      show();
      return;
    }
    const { width, height } = this.#measure();
    const ratio = window.devicePixelRatio || 1;
    if (ratio !== this.#ratio) this.#theme = undefined;
    this.#ratio = ratio;
    this.#theme ??= readTheme(ratio);
    const theme = this.#theme;
    const { projection } = this.viewport;
    const ghost = ghostOf(state);
    const laying = layingOut(
      lanes,
      {
        rows: this.rows,
        projection: this.travel.towards(projection),
        width,
        height,
        scrollTop: this.parts.scroller.scrollTop,
        labels: this.labels(theme.font),
        words,
        arrows: state.arrows,
        found: foundOf(state),
        filter: dims(state.filter) ? state.filter : undefined,
        lit: this.#litSites(state),
        wake: segmentOf(hover?.target) ?? segmentOf(selection),
        moveBoxes: this.runTransition.mover(lanes),
        ghost,
      },
      this.#spare,
    );
    let laid: IteratorResult<void, Scene>;
    do {
      yield 'layout';
      laid = laying.next();
    } while (!laid.done);
    const scene = laid.value;
    const end = state.axis === 'steps' ? axisIn(state).length : reachOf(lanes, ghost).time;
    const ticks = ticksOf(projection, width, end);
    const size = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (!apart) this.#fitCanvas(size, width, height);
    const context = apart ? this.#back.begin(size, ratio) : this.#context;
    const lines = ticks.map(({ x }) => x);
    const painter = painting(context, scene, theme, lines, lanes.loop);
    let painted: IteratorResult<void>;
    do {
      yield 'paint';
      painted = painter.next();
      if (apart) this.#back.settle();
    } while (!painted.done);
    yield 'show';
    show();
    if (apart) {
      this.#fitCanvas(size, width, height);
      this.#back.show(this.#context);
    }
    this.#spare = this.#scene?.boxes ?? new Boxes();
    this.#scene = scene;
    this.#moves.length = 0;
    drawAxis(this.parts.axis, ticks, scene.folds, state, width);
    drawCriticalPath(this.parts.overlay, scene, state);
    drawRange(this.parts.overlay, scene, state);
    drawOverlay(this.parts.overlay, scene, state);
    this.#note.tell(scene, state, lanes);
  }

  /** Sites at the line of the editor's cursor; cached until lanes or cursor change. */
  #litSites({ lanes, cursor }: State): Uint8Array | undefined {
    if (lanes !== this.#lit?.lanes || cursor !== this.#lit?.cursor) {
      const sites = lanes && cursor ? sitesAt(lanes.timeline, cursor.file, cursor.line) : undefined;
      this.#lit = { lanes, cursor, sites };
    }
    return this.#lit?.sites;
  }

  /** What is at a point of the window. */
  at(clientX: CssPixels, clientY: CssPixels, state: State): Hover | undefined {
    const { lanes } = state;
    const scene = this.#scene;
    if (!scene || !lanes) return undefined;
    const edges = this.parts.canvas.getBoundingClientRect();
    const x = clientX - edges.left;
    const hit = hitTest(scene, x, clientY - edges.top);
    if (hit?.mark?.about) return { target: hit.mark.about, merged: 1, fold: undefined, x: clientX, y: clientY };
    if (hit?.box === undefined || scene.boxes.kind[hit.box] === BoxKind.parked) return undefined;
    const ref = scene.boxes.ref[hit.box];
    const level = scene.boxes.kind[hit.box] === BoxKind.level || scene.boxes.kind[hit.box] === BoxKind.foot;
    const target = this.#moves.reduce(movedTo, targetOf(hit.place.row, ref, level, state)) as Selection;
    const fold = scene.folds.find((each) => each.x <= x && x < each.x + each.width);
    const crowd =
      hit.place.row.kind === 'group' || hit.place.row.kind === 'ghosts'
        ? crowdAt(scene.boxes, hit.place, x)
        : undefined;
    return {
      target,
      crowd,
      merged: scene.boxes.merged[hit.box],
      busy: busyIn(scene, hit.box),
      fold,
      x: clientX,
      y: clientY,
    };
  }

  /** @param size in pixels of the device */
  #fitCanvas(size: readonly [number, number], width: CssPixels, height: CssPixels): void {
    const { canvas, overlay } = this.parts;
    if (fitCanvas(canvas, size)) {
      for (const element of [canvas, overlay]) {
        element.style.setProperty('width', `${width}px`);
        element.style.setProperty('height', `${height}px`);
      }
    }
    this.#context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0);
  }
}

function ghostRows(state: State) {
  return { ghost: ghostOf(state), keptBefore: olderFilteredTasksOf(state)?.rows };
}

function targetOf(row: Row, ref: number, level: boolean, { lanes }: State): Selection {
  if (row.kind === 'output') return { kind: 'output', index: ref };
  if (row.kind === 'group') return { kind: 'group', group: row.group };
  if (row.kind === 'ghost') return { kind: 'ghost', before: row.before, now: row.now, segment: ref };
  if (row.kind === 'ghosts') return { kind: 'ghosts', crowd: row.crowd };
  if (row.kind === 'logs') return { kind: 'log', index: ref };
  if (row.kind === 'side') return { kind: 'side', lane: row.lane, entry: ref, level };
  if (!isLoopRow(row)) return { kind: 'segment', segment: ref };
  const { loop } = lanes!;
  return loop.kind[ref] === LoopKind.step ? { kind: 'segment', segment: loop.ref[ref] } : { kind: 'loop', entry: ref };
}

function busyIn({ boxes }: Scene, box: number): number | undefined {
  return boxes.kind[box] === BoxKind.mixed && boxes.span[box] > 0 ? boxes.span[box] / BUSY_LEVELS : undefined;
}
