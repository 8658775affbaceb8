/** Rows of tasks went to another place in `Segments`. */
export interface Move {
  readonly from: number;
  readonly count: number;
  readonly to: number;
}
