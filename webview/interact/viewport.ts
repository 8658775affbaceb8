import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { Axis } from '../../src/core/axis/axis';
import { AxisProjection, unitOf } from '../../src/core/axis/projection';
import type { Moment, Stretch } from '../../src/core/timeline/moment';
import type { CssPixels } from '../../src/core/units';

const NOTHING: Axis = { kind: 'time', length: 1, squeeze: undefined };

/** Padding before the first and after the last moment, for the marks there. */
export const PAD: CssPixels = 18;
/** The shortest stretch that can fill the stage: a microsecond, or three steps. */
const CLOSEST = { time: 1e-6, squeezed: 1e-6, steps: 3 } as const;

/** Zoom and pan. The transform that d3-zoom keeps at the element *is* the viewport; nothing here copies it. */
export class Viewport {
  #width: CssPixels = 1;
  #height: CssPixels = 1;
  #axis = NOTHING;
  #own = false;
  readonly #zoom = zoom<HTMLElement, unknown>();
  readonly #target;

  constructor(
    private readonly element: HTMLElement,
    /** `own`: not by a person, but since there is more to show. */
    onChange: (own: boolean) => void,
    private readonly scrollBy: (dy: CssPixels) => void,
  ) {
    this.#target = select<HTMLElement, unknown>(element);
    let lastY: number | undefined;
    this.#zoom
      .filter((event: MouseEvent) => !event.button && (event.type !== 'wheel' || isZoom(event as WheelEvent)))
      .constrain((transform) => this.#clamped(transform))
      .on('start', () => {
        lastY = undefined;
      })
      .on('zoom', ({ sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
        // Only time zooms; dragging up and down scrolls the lanes.
        if (sourceEvent instanceof MouseEvent && sourceEvent.type === 'mousemove') {
          if (lastY !== undefined) this.scrollBy(lastY - sourceEvent.clientY);
          lastY = sourceEvent.clientY;
        }
        onChange(this.#own);
      });
    this.#target.call(this.#zoom).on('dblclick.zoom', null);
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  /**
   * @param carry tells for a moment of the axis shown so far where it is on the new one. Without it another axis is shown as a whole.
   */
  resize(
    width: CssPixels,
    height: CssPixels,
    axis: Axis,
    { carry, follow = false }: { carry?: ((value: number) => Moment) | undefined; follow?: boolean } = {},
  ): void {
    if (axis === this.#axis && width === this.#width && height === this.#height) return;
    const { projection, transform } = this;
    const [from, centre, to] = [PAD, this.#width / 2, this.#width - PAD].map((x) => projection.valueAt(x));
    const before = this.#axis;
    this.#width = Math.max(width, 2 * PAD + 1);
    this.#height = height;
    this.#axis = axis;
    this.#zoom
      .extent([
        [0, 0],
        [this.#width, height],
      ])
      .scaleExtent([1, Math.max(1, this.#length / CLOSEST[axis.kind])]);
    const moments = axis === before ? (value: number) => ({ time: value, step: value }) : carry;
    this.#own = true;
    if (transform.k <= 1 || !moments) this.fit();
    else this.#keep(axis, before, [from, centre, to].map(moments), follow && axis.kind === before.kind);
    this.#own = false;
  }

  #keep(axis: Axis, before: Axis, [from, centre, to]: readonly Moment[], follow: boolean): void {
    const lengthOn = (kept: Axis) => unitOf(kept, to) - unitOf(kept, from);
    // A second is as wide as it was, also where what is beside it is folded or unfolded now.
    const sameUnit = before.kind !== 'steps' && axis.kind !== 'steps';
    const length = lengthOn(sameUnit ? before : axis);
    this.#showUnits(follow ? axis.length - length / 2 : unitOf(axis, centre), length);
  }

  get width(): CssPixels {
    return this.#width;
  }

  get transform(): ZoomTransform {
    return zoomTransform(this.element);
  }

  get projection(): AxisProjection {
    const perPixel = (this.#width - 2 * PAD) / this.#length;
    const { k, x } = this.transform;
    return new AxisProjection(this.#axis, k * perPixel, x + k * PAD);
  }

  fit(): void {
    this.#zoom.transform(this.#target, zoomIdentity);
  }

  zoomBy(factor: number): void {
    this.#zoom.scaleBy(this.#target, factor);
  }

  /** @param fraction of the stage's width; positive: later. */
  panBy(fraction: number): void {
    this.#zoom.translateBy(this.#target, (-fraction * this.#width) / this.transform.k, 0);
  }

  /** Shows the newest end, as close as before. */
  toEnd(): void {
    this.#own = true;
    const length = this.#length / this.transform.k;
    if (this.transform.k > 1) this.#showUnits(this.#length - length / 2, length);
    this.#own = false;
  }

  /** Brings a stretch into view with some room on both sides. */
  show({ start, end, startStep, endStep }: Stretch, room = 0.2): void {
    const from = unitOf(this.#axis, { time: start, step: startStep });
    const to = unitOf(this.#axis, { time: end, step: endStep });
    this.#showUnits((from + to) / 2, Math.max(to - from, CLOSEST[this.#axis.kind]) * (1 + 2 * room));
  }

  /** Shows what is between two places of the picture as a whole: pixels of the stage at no zoom. */
  showPart(from: CssPixels, to: CssPixels): void {
    const k = Math.min(Math.max(1, this.#width / (to - from)), this.#zoom.scaleExtent()[1]);
    const x = this.#width / 2 - (k * (from + to)) / 2;
    this.#zoom.transform(this.#target, this.#clamped(zoomIdentity.translate(x, 0).scale(k)));
  }

  #showUnits(centre: number, length: number): void {
    const k = Math.min(Math.max(1, this.#length / length), this.#zoom.scaleExtent()[1]);
    const perPixel = (this.#width - 2 * PAD) / this.#length;
    const x = this.#width / 2 - k * (PAD + centre * perPixel);
    this.#zoom.transform(this.#target, this.#clamped(zoomIdentity.translate(x, 0).scale(k)));
  }

  /** Scrolls sideways as little as needed to see a stretch; does nothing if some of it is well in view. */
  reveal({ start, end, startStep, endStep }: Stretch): void {
    const { projection } = this;
    const [left, right] = [projection.at(start, startStep), projection.at(end, endStep)];
    const margin = Math.min(40, this.#width / 8);
    if (right > margin && left < this.#width - margin) return;
    const shift = this.#width / 2 - Math.min(Math.max((left + right) / 2, left), left + this.#width / 2);
    this.#zoom.translateBy(this.#target, shift / this.transform.k, 0);
  }

  /** An axis without any length is drawn as if it had a little. */
  get #length(): number {
    return this.#axis.length > 0 ? this.#axis.length : this.#axis.kind === 'steps' ? 1 : 1e-3;
  }

  #clamped({ k, x }: ZoomTransform): ZoomTransform {
    const lowest = this.#width * (1 - k);
    return zoomIdentity.translate(Math.min(0, Math.max(lowest, x)), 0).scale(k);
  }

  #wheel(event: WheelEvent): void {
    if (isZoom(event)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 24;
    if (event.shiftKey) this.scrollBy((event.deltaY || event.deltaX) * unit);
    else this.#zoom.translateBy(this.#target, (-event.deltaX * unit) / this.transform.k, 0);
  }
}

/** The wheel zooms, as in the browser's own performance tools; sideways it pans, with Shift it scrolls the lanes. */
function isZoom(event: WheelEvent): boolean {
  return !event.shiftKey && (event.ctrlKey || Math.abs(event.deltaY) >= Math.abs(event.deltaX));
}
