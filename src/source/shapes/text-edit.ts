/** What to write instead of the characters from `from` to `to` (exclusive). */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  /** Whether what it makes needs threads, which the embedded Python does not have. */
  readonly needsThreads?: boolean;
}
