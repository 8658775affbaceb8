import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The tracer as one value, path → text: where files are fetched, one comes sooner than a hundred. */
export function tracerTexts() {
  const folder = 'src/python';
  const names = readdirSync(join(folder, 'coroscope'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => `coroscope/${name.replaceAll('\\', '/')}`);
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
