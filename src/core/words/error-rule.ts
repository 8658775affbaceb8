import type { Translate } from '../translate';

/** How one error of Python is explained. */
export interface ErrorRule {
  /** Name of its class. */
  readonly type: RegExp;
  readonly message: RegExp;
  /** @param found the groups of `message` @param traceback as Python prints it; may be empty */
  explain(t: Translate, found: readonly string[], traceback: string): readonly [meaning: string, advice: string];
}
