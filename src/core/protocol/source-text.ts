/** Classes of coloured text in the style sheet, `code-…`. Their order is that of the numbers in `SourceText.colours`. */
export const colourNames = ['keyword', 'string', 'comment', 'number', 'definition', 'type'] as const;

/** A file that tasks ran, as an exported page carries it. */
export interface SourceText {
  /** As the trace names it. */
  readonly file: string;
  readonly text: string;
  /** Stretches of coloured text, in order: characters since the stretch before, its length, index of its class; three numbers each. */
  readonly colours: readonly number[];
}
