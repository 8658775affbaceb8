/**
 * Reads the lines of an environment file: `NAME=value`, `export NAME="a b"`, comments. Values in double quotes may hold `\n`;
 * `${NAME}` stands for a variable of before, except in single quotes.
 * @param known variables that the file may refer to
 */
export function readEnvFile(text: string, known: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const found = /^\s*(?:export\s+)?([\w.]+)\s*=\s*(.*?)\s*$/.exec(line);
    if (!found) continue;
    const [, name, raw] = found;
    const single = /^'([^']*)'\s*(?:#.*)?$/.exec(raw);
    if (single) {
      values[name] = single[1];
      continue;
    }
    const double = /^"((?:[^"\\]|\\.)*)"\s*(?:#.*)?$/.exec(raw);
    const text = double
      ? double[1].replace(/\\n/g, '\n').replace(/\\(["\\])/g, '$1')
      : raw.replace(/\s+#.*$|^#.*$/, '');
    values[name] = text.replace(/\$\{(\w+)\}/g, (_, other: string) => values[other] ?? known[other] ?? '');
  }
  return values;
}

/** The words of a command line: blanks separate, quotes join. */
export function splitWords(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}
