/** How the result is shown. */
export interface View {
  readonly html?: string;
  readonly json: boolean;
  readonly ascii: boolean;
  /** Prints the run sentence by sentence. */
  readonly story: boolean;
  /** Prints what led to this: the end of a task, a moment of it; empty: the end of the program. */
  readonly why?: string;
  /** Opens the panel in a browser. */
  readonly serve: boolean;
  /** The browser is not opened: only its address is told. */
  readonly noOpen: boolean;
  readonly width?: number;
  readonly lang?: string;
}
