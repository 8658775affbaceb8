import { displayPath } from '../words/places';
import { terminalLine } from '../words/terminal';
import type { Reported } from './reported';

/**
 * A finding as compilers print it: `shop.py:12:5: warning: … [blocking]`, followed by indented lines with the reason and the advice.
 * @param program path of the program, for a finding without a place
 */
export function reportLines({ kind, severity, message, why, advice, place }: Reported, program: string, root: string) {
  const { file, line, column } = place ?? { file: program, line: undefined, column: null };
  const at = [displayPath(file, root), line, column].filter((part) => part !== undefined && part !== null).join(':');
  return [`${at}: ${severity}: ${message} [${kind}]`, ...[why, advice].filter(Boolean).map((text) => `    ${text}`)]
    .map(terminalLine)
    .map((text) => `${text}\n`)
    .join('');
}
