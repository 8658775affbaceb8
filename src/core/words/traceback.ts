/** A frame of a traceback, with its line of source. */
export interface ShownFrame {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** The frames of a traceback whose line Python shows, outermost first. */
export function framesOf(traceback: string): ShownFrame[] {
  return [...traceback.matchAll(/^ {2}File "(.+)", line (\d+).*\n {4}(.+)/gm)].map(([, file, line, text]) => ({
    file,
    line: Number(line),
    text: text.trim(),
  }));
}

/** The program's line that called the function of asyncio that raised; empty if the traceback has none. */
export function callOfAsyncio(traceback: string): string {
  return framesOf(traceback).findLast(({ file }) => !/[\\/]asyncio[\\/]\w+\.py$/.test(file))?.text ?? '';
}
