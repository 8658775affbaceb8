/** How the result is shown. */
export interface View {
  readonly html?: string;
  readonly json: boolean;
  readonly ascii: boolean;
  /** Prints the run sentence by sentence. */
  readonly story: boolean;
  /** Prints what led to this: the end of a task, a moment of it; empty: the end of the program. */
  readonly why?: string;
  readonly width?: number;
  readonly lang?: string;
}
