/** What finds out what is wrong with a run, and says it. */
export { findingFacts, findingKinds, seriousCount } from '../../core/findings/finding-list';
export { problemWords } from '../../core/findings/finding-words';
export { advised } from '../recording/advised';
