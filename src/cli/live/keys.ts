/** What Ctrl+C sends. */
const INTERRUPT = '\u0003';

/** Keys that end a display that has the whole terminal: `q` and Ctrl+C. */
export function quitKeys(stdin: NodeJS.ReadStream, quit: () => void): () => void {
  if (!stdin.isTTY) return () => {};
  const typed = (data: Buffer) => {
    const keys = data.toString('latin1');
    if (keys.includes('q') || keys.includes('Q') || keys.includes(INTERRUPT)) quit();
  };
  // Every key comes at once, and none is shown; Ctrl+C is a key among them.
  stdin.setRawMode(true);
  stdin.on('data', typed);
  stdin.resume();
  const restore = () => stdin.setRawMode(false);
  process.on('exit', restore);
  return () => {
    process.off('exit', restore);
    stdin.off('data', typed);
    restore();
    stdin.pause();
  };
}
