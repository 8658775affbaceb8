import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A program of `test/programs`: shows one thing. Its docstring says since when Python can do it. */
export interface Program {
  readonly name: string;
  readonly file: string;
  /** Smallest minor version of Python 3. */
  readonly since: number;
  /** It needs something that the embedded Python does not have. */
  readonly threads: boolean;
  /** On the real clock it never ends. */
  readonly endless: boolean;
}

const folder = resolve('test/programs');

export const programs: readonly Program[] = readdirSync(folder)
  .filter((name) => name.endsWith('.py'))
  .map((name) => {
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8');
    const since = Number(/Since 3\.(\d+)/.exec(text)?.[1] ?? 9);
    return {
      name: name.replace('.py', ''),
      file,
      since,
      threads: /import (threading|signal|multiprocessing|concurrent|socket)|subprocess|AbstractEventLoop/.test(text),
      endless: text.includes('Never ends'),
    };
  });
