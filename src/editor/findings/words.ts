/** Loaded on first use: finds what is wrong with a run, and puts it into words. */
export { findingFacts, findingKinds, seriousCount } from '../../core/findings/finding-list';
export { problemWords } from '../../core/findings/finding-words';
export { advised } from '../recording/advised';
