/** What a hover needs besides the text: parser, explanations, and the part that tells of the run. */
export { explainCall } from '../core/explain-call';
export { explainSite } from '../core/explain-site';
export { topicOfCall, topicOfSite } from '../core/topic';
export { awaitSites, siteAt } from '../source/await-sites';
export { callAt, callSites } from '../source/call-sites';
export { callMarkdown, runMarkdown } from './run-hover';
