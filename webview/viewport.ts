import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { select } from 'd3-selection';
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { AxisKind, Projection } from '../src/core/layout-window';
import type { CssPixels } from '../src/core/units';

/** Room beside the first and the last moment, for the marks that stand there. */
const PAD: CssPixels = 18;
/** The shortest stretch that can fill the stage: a microsecond, or three steps. */
const CLOSEST = { time: 1e-6, steps: 3 } as const;

/** Zoom and pan. The transform that d3-zoom keeps at the element *is* the viewport; nothing here copies it. */
export class Viewport {
  #width: CssPixels = 1;
  #axis: AxisKind = 'time';
  #length = 1;
  readonly #zoom = zoom<HTMLElement, unknown>();
  readonly #target;

  constructor(
    private readonly element: HTMLElement,
    onChange: () => void,
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
        onChange();
      });
    this.#target.call(this.#zoom).on('dblclick.zoom', null);
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  /** @param length of the axis: seconds or steps. */
  resize(width: CssPixels, height: CssPixels, axis: AxisKind, length: number): void {
    const sameAxis = axis === this.#axis && length === this.#length;
    const kept = sameAxis && width !== this.#width ? this.domain : undefined;
    this.#width = Math.max(width, 2 * PAD + 1);
    this.#axis = axis;
    this.#length = length > 0 ? length : axis === 'time' ? 1e-3 : 1;
    this.#zoom
      .extent([
        [0, 0],
        [this.#width, height],
      ])
      .scaleExtent([1, Math.max(1, this.#length / CLOSEST[axis])]);
    if (kept) this.show(kept[0], kept[1], 0);
    else if (!sameAxis) this.fit();
  }

  get transform(): ZoomTransform {
    return zoomTransform(this.element);
  }

  get scale(): ScaleLinear<number, number> {
    return this.transform.rescaleX(this.#base);
  }

  /** What is in view, without the room beside the ends. */
  get domain(): [number, number] {
    const scale = this.scale;
    return [scale.invert(PAD), scale.invert(this.#width - PAD)];
  }

  get projection(): Projection {
    const perPixel = (this.#width - 2 * PAD) / this.#length;
    const { k, x } = this.transform;
    return { axis: this.#axis, scale: k * perPixel, offset: x + k * PAD };
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

  /** Brings a stretch of the axis into view with some room on both sides. */
  show(from: number, to: number, room = 0.2): void {
    const length = Math.max(to - from, CLOSEST[this.#axis]) * (1 + 2 * room);
    const middle = (from + to) / 2;
    const k = Math.min(Math.max(1, this.#length / length), this.#zoom.scaleExtent()[1]);
    const x = this.#width / 2 - k * this.#base(middle);
    this.#zoom.transform(this.#target, this.#clamped(zoomIdentity.translate(x, 0).scale(k)));
  }

  /** Scrolls sideways as little as needed to see a stretch; does nothing if some of it is well in view. */
  reveal(from: number, to: number): void {
    const scale = this.scale;
    const [left, right] = [scale(from), scale(to)];
    const margin = Math.min(40, this.#width / 8);
    if (right > margin && left < this.#width - margin) return;
    const shift = this.#width / 2 - Math.min(Math.max((left + right) / 2, left), left + this.#width / 2);
    this.#zoom.translateBy(this.#target, shift / this.transform.k, 0);
  }

  get #base(): ScaleLinear<number, number> {
    return scaleLinear([0, this.#length], [PAD, this.#width - PAD]);
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
