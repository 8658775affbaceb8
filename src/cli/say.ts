import { terminalJson, terminalLine, terminalLines } from '../core/words/terminal';
import type { Screen } from './screen';

/** One message of the command on stderr. Its further lines are indented, so that no name in it can pass for a message of its own. */
export function say({ stderr }: Screen, text: string): void {
  stderr.write(`coroscope: ${text.split('\n').map(terminalLine).join('\n  ')}\n`);
}

/** What was asked for, on stdout: text without colours, which may hold names of a program. */
export function print({ stdout }: Screen, text: string): void {
  stdout.write(terminalLines(text));
}

/** What was asked for as data, on stdout. */
export function printJson({ stdout }: Screen, value: unknown): void {
  stdout.write(`${terminalJson(JSON.stringify(value, null, 2))}\n`);
}
