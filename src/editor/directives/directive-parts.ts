/** Loaded on first use: reads, writes and explains `# coroscope:` comments. */
export { problemKinds } from '../../core/findings/kinds';
export { words } from '../../source/directive-grammar';
export { clauseHelp, directiveProblem } from '../../source/directive-words';
export { readDirectives } from '../../source/directives';
export { IgnoreComments } from '../../source/ignore-comments';
export { ignoreEdit } from '../../source/ignore-edit';
