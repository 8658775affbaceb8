import type { Translate } from '../translate';
import { type Explanation, raising, said } from './claim';

/** What is entered asynchronously and has no methods for that. @param what as code */
export function noManager(what: string, t: Translate): Explanation {
  return said(
    raising('TypeError'),
    t('{0} is not an async context manager: this raises `TypeError` (before Python 3.11 `AttributeError`).', what),
  );
}
