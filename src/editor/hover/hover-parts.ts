/** Loaded on first use: parser, explanations, and the words about the run. */
export { explainCall } from '../../core/explain/call';
export { explainSite } from '../../core/explain/site';
export { topicOfCall, topicOfSite } from '../../core/explain/topic';
export { siteAt, sitesIn } from '../../source/await-sites';
export { blockSubjects } from '../../source/block-subjects';
export { callAt, callsIn } from '../../source/call-sites';
export { callMarkdown, runMarkdown } from './run-hover';
