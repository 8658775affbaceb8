/**
 * Text of a program or a trace, made harmless for a terminal: names, messages and paths are data.
 *
 * A terminal obeys control characters (colours, titles, the clipboard, the cursor), and Unicode's marks for the direction of
 * writing make a line read as something else (https://trojansource.codes). Each run of them becomes one space.
 */
export function terminalLine(text: string): string {
  return text.replace(HIDDEN, ' ');
}

/** The same for several lines: line breaks stay, carriage returns do not. */
export function terminalLines(text: string): string {
  return text.split('\n').map(terminalLine).join('\n');
}

/** JSON with the same value, and nothing in it that a terminal obeys: `JSON.stringify` leaves C1 controls and marks of direction as they are. */
export function terminalJson(json: string): string {
  return json.replace(ESCAPED, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** C0 and C1 controls, line separators, and what turns the direction of writing. */
const CLASS = '\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069';
const HIDDEN = new RegExp(`[${CLASS}]+`, 'g');
/** In JSON line breaks and tabs stand between values; in its texts they are escaped already. */
const ESCAPED = new RegExp(`[${CLASS.replace('\\u0000-\\u001f', '')}]`, 'g');
