/** What reads `# coroscope:` comments and tells of them. */
export { words } from '../source/directive-grammar';
export { clauseHelp, directiveProblem } from '../source/directive-words';
export { readDirectives } from '../source/directives';
