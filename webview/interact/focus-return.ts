import type { Parts } from '../page/shell';
import type { State, View } from '../state/store';

/** The keyboard comes back to the panel: it lands in the picture, not nowhere, also where the page is loaded anew. */
export class FocusReturn implements View {
  #wanted = false;
  #hasPicture = false;

  constructor(private readonly parts: Parts) {
    window.addEventListener('focus', () => {
      this.#wanted = true;
      this.#land();
    });
    window.addEventListener('blur', () => {
      this.#wanted = false;
    });
    // The pointer chooses for itself.
    window.addEventListener(
      'pointerdown',
      () => {
        this.#wanted = false;
      },
      { capture: true },
    );
  }

  update({ lanes }: State): void {
    this.#hasPicture = lanes !== undefined;
    this.#land();
  }

  #land(): void {
    if (!this.#wanted || !this.#hasPicture) return;
    this.#wanted = false;
    if (document.activeElement === document.body) this.parts.stage.focus({ preventScroll: true });
  }
}
