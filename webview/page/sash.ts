import type { CssPixels } from '../../src/core/units';
import type { Parts } from './shell';

const SMALLEST: CssPixels = 60;

/** The bar between timeline and panes: drag it, or move it with the arrow keys. */
export function makeSash({ sash, panes, app, board }: Parts, moved: () => void): void {
  const set = (height: CssPixels) => {
    const most = Math.max(SMALLEST, app.clientHeight - 180);
    const clamped = Math.round(Math.max(SMALLEST, Math.min(height, most)));
    panes.style.setProperty('flex', `0 0 ${clamped}px`);
    board.style.setProperty('flex', '1 1 0');
    sash.setAttribute('aria-valuenow', String(clamped));
    moved();
  };
  sash.setAttribute('aria-valuenow', '200');
  sash.addEventListener('pointerdown', (event) => {
    sash.setPointerCapture(event.pointerId);
    const bottom = panes.getBoundingClientRect().bottom;
    const move = ({ clientY }: PointerEvent) => set(bottom - clientY);
    sash.addEventListener('pointermove', move);
    sash.addEventListener('lostpointercapture', () => sash.removeEventListener('pointermove', move), { once: true });
  });
  sash.addEventListener('keydown', (event) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    set(panes.offsetHeight + direction * 24);
  });
}
