/** A CPython on this machine. */
export interface Interpreter {
  /** What starts it. */
  readonly command: string;
  /** `3.12.1` */
  readonly version: string;
}
