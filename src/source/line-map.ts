/**
 * Finds, for a line of a text that was edited, the line it was before. What stands before the first and after the last changed
 * line has moved at most; what lies between has no counterpart.
 */
export function lineMap(before: string, after: string): (line: number) => number | undefined {
  if (before === after) return (line) => line;
  const old = before.split(/\r?\n/);
  const now = after.split(/\r?\n/);
  const most = Math.min(old.length, now.length);
  let same = 0;
  while (same < most && old[same] === now[same]) same++;
  let tail = 0;
  while (tail < most - same && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  return (line) => {
    if (line <= same) return line;
    return line > now.length - tail ? line + old.length - now.length : undefined;
  };
}
