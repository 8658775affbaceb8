import { terminalJson, terminalLine, terminalLines } from '../core/words/terminal';
import type { Screen } from './screen';

/** Prints a message on stderr. Lines after the first are indented, so that a name in it cannot look like another message. */
export function say({ stderr }: Screen, text: string): void {
  stderr.write(`coroscope: ${text.split('\n').map(terminalLine).join('\n  ')}\n`);
}

/** Prints a result on stdout: text without colours, in which names of a program are made safe. */
export function print({ stdout }: Screen, text: string): void {
  stdout.write(terminalLines(text));
}

/** Prints JSON on stdout. */
export function printJson({ stdout }: Screen, value: unknown): void {
  stdout.write(`${terminalJson(JSON.stringify(value, null, 2))}\n`);
}
