import { type Translate, translator } from '../translate';

const english = translator(undefined);

/** The bytes are no trace that this version can read. The message is for the user: English, or with `told` in their language. */
export class TraceError extends Error {
  override readonly name = 'TraceError';
  readonly #holes: readonly (string | number)[];

  /** @param sentence a key of the catalogue, with `holes` for its `{0}`, `{1}` … */
  constructor(
    readonly sentence: string,
    ...holes: readonly (string | number)[]
  ) {
    super(english(sentence, ...holes));
    this.#holes = holes;
  }

  told(t: Translate): string {
    return t(this.sentence, ...this.#holes);
  }
}

/** What an error says to the user: in their language if it is ours. */
export function errorText(error: unknown, t: Translate): string {
  if (error instanceof TraceError) return error.told(t);
  return error instanceof Error ? error.message : String(error);
}
