import { type CssPixels, formatDuration, type Seconds } from '../../src/core/units';
import { type Dragged, draggedEnd, draggedTo } from '../../src/core/what-if/dragging';
import type { ChangeableWait } from '../../src/core/what-if/wait';
import type { Actions } from '../interact/actions';
import { h } from '../page/dom';
import type { Parts } from '../page/shell';
import type { Stage } from '../stage/stage';
import { offered, whole } from '../state/changeable-waits';
import { type State, type Store, segmentOf, type View } from '../state/store';

/** The handle's reach on both sides of a bar's end. */
const REACH: CssPixels = 6;
/** Where the pointer is held this close to the right edge, or beyond it, the wait goes on growing. */
const EDGE: CssPixels = 10;
/** Pixels in a millisecond by which it grows there; and by how much for each pixel beyond the edge. */
const GROWTH = 0.25;
const GROWTH_BEYOND = 0.004;
/** Bars up to this width can only be clicked. */
const NARROW: CssPixels = 20;

/** A bar whose end can be dragged, and its place on the stage. */
interface Bar extends Dragged {
  readonly segment: number;
  readonly wait: ChangeableWait;
  readonly left: CssPixels;
  readonly right: CssPixels;
  readonly top: CssPixels;
  readonly height: CssPixels;
}

interface Drag {
  readonly bar: Bar;
  readonly lanes: State['lanes'];
  to: Seconds;
  everywhere: boolean;
  /** Where the pointer is; undefined: it has not moved yet. */
  pointer?: CssPixels;
  /** How far beyond the edge the end was pulled by holding the pointer there. */
  beyond: CssPixels;
}

/** Drags the end of a sleep or a simulated wait; on release the program runs again with the new duration. */
export class DragHandle implements View {
  readonly #grip = h('div', { class: 'grip', hidden: true });
  readonly #bar = h('div', { class: 'what-if-bar', hidden: true });
  readonly #label = h('div', { class: 'what-if-label', hidden: true });
  #drag: Drag | undefined;
  /** The click that ends a drag is none. */
  #dragged = false;
  #growing: number | undefined;

  constructor(
    private readonly parts: Parts,
    private readonly store: Store,
    private readonly stage: Stage,
    private readonly actions: Actions,
  ) {
    const { stage: element } = parts;
    element.append(this.#bar, this.#grip, this.#label);
    // Handle the event before zoom and selection do.
    element.addEventListener('pointerdown', (event) => this.#down(event), { capture: true });
    element.addEventListener('mousedown', (event) => this.#drag && event.stopImmediatePropagation(), { capture: true });
    element.addEventListener('pointermove', (event) => this.#move(event), { capture: true });
    element.addEventListener('pointerup', (event) => this.#up(event), { capture: true });
    element.addEventListener('pointercancel', () => this.#end(), { capture: true });
    element.addEventListener('pointerleave', () => this.#drag || this.#point(undefined));
    element.addEventListener('click', (event) => this.#click(event), { capture: true });
    window.addEventListener('keydown', (event) => this.#key(event), { capture: true });
  }

  /** Call after the lanes were drawn: places the handle at the end of the bar. */
  update(state: State): void {
    if (this.#drag && this.#drag.lanes !== state.lanes) this.#end();
    if (this.#drag) return;
    const segment = segmentOf(state.hover?.target) ?? segmentOf(state.selection);
    const bar = state.hover && state.hover.merged > 1 ? undefined : this.#barOf(segment, state);
    this.#grip.hidden = !bar;
    if (bar) place(this.#grip, { left: bar.right - 2, top: bar.top, height: bar.height });
  }

  #barOf(segment: number | undefined, state: State): Bar | undefined {
    const { lanes } = state;
    const scene = this.stage.scene;
    if (segment === undefined || !lanes || !scene || state.axis === 'steps') return undefined;
    const wait = offered(state, segment);
    if (!wait) return undefined;
    const { segments } = lanes.timeline;
    const task = segments.task[segment];
    const row = scene.rows.find(({ row }) => row.kind === 'task' && row.task === task);
    const pinned = scene.rows[0]?.row.height ?? 0;
    if (!row || row.y < pinned) return undefined;
    const { projection } = scene;
    const [start, end] = [segments.start[segment], segments.end[segment]];
    const [startStep, endStep] = [segments.startStep[segment], segments.endStep[segment]];
    const [left, right] = [projection.at(start, startStep), projection.at(end, endStep)];
    if (right - left < NARROW || right < 0 || right > scene.width) return undefined;
    const at = { left, right, top: row.y + 3, height: row.row.height - 6 };
    return { segment, wait, projection, lanes, start, end, startStep, endStep, ...at };
  }

  /** The bar that ends under the pointer. */
  #under({ clientX, clientY }: PointerEvent): Bar | undefined {
    const { state } = this.store;
    for (const aside of [0, -REACH]) {
      const hit = this.stage.at(clientX + aside, clientY, state);
      const bar = hit && hit.merged <= 1 ? this.#barOf(segmentOf(hit.target), state) : undefined;
      const [x, y] = this.#inside(clientX, clientY);
      if (bar && Math.abs(x - bar.right) <= REACH && y >= bar.top - 3 && y <= bar.top + bar.height + 3) return bar;
    }
    return undefined;
  }

  #inside(clientX: number, clientY: number): [x: CssPixels, y: CssPixels] {
    const { left, top } = this.parts.canvas.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }

  #point(bar: Bar | undefined): void {
    this.parts.stage.classList.toggle('on-grip', bar !== undefined);
  }

  #down(event: PointerEvent): void {
    this.#dragged = false;
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const bar = this.#under(event);
    if (!bar) return;
    event.stopImmediatePropagation();
    this.parts.stage.setPointerCapture(event.pointerId);
    this.parts.stage.focus({ preventScroll: true });
    const { lanes } = this.store.state;
    this.#drag = { bar, lanes, to: bar.wait.delay, everywhere: event.shiftKey, beyond: 0 };
    this.#dragged = true;
    this.store.set({ hover: undefined });
    this.#show();
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag) {
      if (event.buttons === 0) this.#point(this.#under(event));
      return;
    }
    event.stopImmediatePropagation();
    drag.everywhere = event.shiftKey;
    drag.pointer = this.#inside(event.clientX, event.clientY)[0];
    if (this.#overEdge(drag) >= 0) this.#grow(drag);
    else drag.beyond = 0;
    this.#pull(drag);
  }

  /** Pixels by which the pointer is over the edge at which the wait goes on growing; negative: it is not. */
  #overEdge({ bar, pointer = 0 }: Drag): CssPixels {
    // A bar may end near the edge: pressing there is no pull.
    return pointer > bar.right + REACH ? pointer - (this.parts.canvas.clientWidth - EDGE) : -1;
  }

  #pull(drag: Drag): void {
    const to = draggedTo(drag.bar, (drag.pointer ?? 0) + drag.beyond);
    if (to === undefined) return;
    drag.to = to;
    this.#show();
  }

  /** The edge may be that of the screen: what cannot be pulled further is held there. */
  #grow(drag: Drag): void {
    if (this.#growing) return;
    let before = performance.now();
    const step = (now: number) => {
      this.#growing = undefined;
      const over = this.#overEdge(drag);
      if (this.#drag !== drag || over < 0) return;
      drag.beyond += Math.max(0, now - before) * (GROWTH + GROWTH_BEYOND * over);
      before = now;
      this.#pull(drag);
      this.#growing = requestAnimationFrame(step);
    };
    this.#growing = requestAnimationFrame(step);
  }

  #up(event: PointerEvent): void {
    const drag = this.#drag;
    if (!drag) return;
    event.stopImmediatePropagation();
    this.#end();
    if (drag.to !== drag.bar.wait.delay) this.actions.whatIf(drag.bar.wait.change, drag.to, drag.everywhere);
  }

  #click(event: MouseEvent): void {
    if (!this.#dragged) return;
    this.#dragged = false;
    event.stopImmediatePropagation();
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.#drag) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    this.#end();
  }

  #end(): void {
    this.#drag = undefined;
    for (const element of [this.#bar, this.#label, this.#grip]) element.hidden = true;
    this.parts.stage.classList.remove('dragging-grip');
    this.#point(undefined);
  }

  #show(): void {
    const { bar, to, everywhere } = this.#drag!;
    const { words: t } = this.store.state;
    const width = this.parts.canvas.clientWidth;
    const right = Math.min(draggedEnd(bar, to), width);
    this.parts.stage.classList.add('dragging-grip');
    for (const element of [this.#bar, this.#label, this.#grip]) element.hidden = false;
    place(this.#bar, { left: bar.left, top: bar.top, width: Math.max(1, right - bar.left), height: bar.height });
    place(this.#grip, { left: right - 2, top: bar.top, height: bar.height });
    const change = `${formatDuration(bar.wait.delay)} → ${formatDuration(to)}`;
    const { line } = whole(bar.wait.change, everywhere);
    const hint = everywhere ? t('each time at line {0}', line) : t('Shift: each time at line {0}', line);
    this.#label.replaceChildren(h('strong', {}, change), h('span', {}, hint));
    const below = bar.top + bar.height + 4;
    const room = below + this.#label.offsetHeight <= this.parts.canvas.clientHeight;
    const top = room ? below : bar.top - this.#label.offsetHeight - 4;
    const left = Math.min(Math.max(4, right - this.#label.offsetWidth / 2), width - this.#label.offsetWidth - 4);
    place(this.#label, { left, top });
  }
}

function place(element: HTMLElement, at: Readonly<Record<string, CssPixels>>): void {
  for (const [name, value] of Object.entries(at)) element.style.setProperty(name, `${value}px`);
}
