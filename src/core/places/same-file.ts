/** Whether two paths name one file: slashes of either kind, drive letters of either case. */
export function sameFile(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

/** The same asked of many paths, of which few differ. */
export function isFile(file: string): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const answer = known.get(path) ?? sameFile(path, file);
    known.set(path, answer);
    return answer;
  };
}

function normal(path: string): string {
  const slashes = path.replace(/\\/g, '/');
  return /^[a-z]:/i.test(slashes) ? slashes.toLowerCase() : slashes;
}
