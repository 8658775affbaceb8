/** What looks places of a text up in a run. */
export { lineRun } from '../core/explain-run';
export { sitesAt } from '../core/layout-lines';
export { runsOf, tasksMadeAt } from '../core/made-run';
export { madeWords, ranWords } from '../core/made-run-words';
export { runsCode, visitsOf } from '../core/visits';
