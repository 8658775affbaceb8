import type { Translate } from '../../src/core/translate';
import type { CssPixels } from '../../src/core/units';
import { h } from '../page/dom';

const BY_KEY: CssPixels = 24;

/** The edge between picture and source: drag it, or move it with the arrow keys; a double-click gives the first width back. */
export class SourceSash {
  readonly element = h('div', {
    class: 'source-sash',
    role: 'separator',
    tabindex: 0,
    'aria-orientation': 'vertical',
    'aria-valuemin': 0,
    'aria-valuemax': 100,
  });

  constructor() {
    this.element.addEventListener('pointerdown', (event) => this.#drag(event));
    this.element.addEventListener('dblclick', () => this.#set(undefined));
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.#tell(42);
  }

  name(t: Translate): void {
    this.element.setAttribute('aria-label', t('Width of the source'));
    this.element.title = t('Drag to resize; double-click to restore the width');
  }

  get #width(): CssPixels {
    return this.element.parentElement?.offsetWidth ?? 0;
  }

  /** The style sheet keeps it within bounds. */
  #set(width: CssPixels | undefined): void {
    const { style } = document.body;
    if (width === undefined) style.removeProperty('--source-width');
    else style.setProperty('--source-width', `${Math.max(0, Math.round(width))}px`);
    this.#tell((100 * this.#width) / Math.max(1, document.body.offsetWidth));
  }

  #tell(percent: number): void {
    this.element.setAttribute('aria-valuenow', String(Math.round(percent)));
  }

  #drag(event: PointerEvent): void {
    const start = this.#width + event.clientX;
    this.element.setPointerCapture(event.pointerId);
    const move = ({ clientX }: PointerEvent) => this.#set(start - clientX);
    this.element.addEventListener('pointermove', move);
    const end = () => this.element.removeEventListener('pointermove', move);
    this.element.addEventListener('lostpointercapture', end, { once: true });
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'ArrowLeft') this.#set(this.#width + BY_KEY);
    else if (event.key === 'ArrowRight') this.#set(this.#width - BY_KEY);
    else if (event.key === 'Enter') this.#set(undefined);
    else return;
    event.preventDefault();
  }
}
