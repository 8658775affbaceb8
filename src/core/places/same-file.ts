/** Whether two paths name the same file, with either kind of slash and drive letters in either case. */
export function sameFile(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

/** The same for many paths with few different values: remembers the answers. */
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
