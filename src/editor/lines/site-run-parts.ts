/** Loaded on first use: looks up places of a text in a run. */

export { runsOf, tasksMadeAt } from '../../core/explain/made-run';
export { madeWords, ranWords } from '../../core/explain/made-run-words';
export { lineRun } from '../../core/explain/run';
export { sitesAt } from '../../core/places/sites-at-line';
export { runsCode, visitsOf } from '../../core/places/visits';
