/** Where a display is drawn. */
export interface Surface {
  readonly width: number;
  /** Lines that there may be. */
  readonly height: number;
  /** Draws lines that were painted, in place of those before. */
  draw(lines: readonly string[]): void;
  /** The terminal has another size. */
  resized(): void;
  /** Leaves the terminal as it was. */
  close(): void;
  /** Begins again after that. */
  reopen(): void;
}
