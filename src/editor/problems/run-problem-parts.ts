/** Loaded on first use: findings, their words and their lines. */
export { problemWords } from '../../core/findings/finding-words';
export { problemsOf } from '../../core/findings/findings';
export { isHint } from '../../core/findings/kinds';
export { chainOf, userSite } from '../../core/places/chain';
export { explainErrorIn } from '../../core/words/error-loops';
export { errorPlace } from '../../core/words/errors';
export { advised } from '../recording/advised';
