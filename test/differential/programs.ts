import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program of the suite, and what it prints bare: kept by `record.py`, from three equal runs. */
export interface Known {
  readonly name: string;
  readonly source: string;
  readonly bare: string;
  /** Made by `ties.py`. */
  readonly random: boolean;
}

const here = fileURLToPath(new URL('.', import.meta.url));
/** `wait_for` has changed in 3.12: older Pythons are compared with the oldest. */
const NEWER = 12;

export function knownPrograms(minor: number): Known[] {
  const recorded = join(here, 'bare', minor >= NEWER ? '3.14.json' : '3.9.json');
  if (!existsSync(recorded)) return [];
  const bare: Record<string, string> = JSON.parse(readFileSync(recorded, 'utf8'));
  const random: Record<string, string> = JSON.parse(readFileSync(join(here, 'bare', 'random.json'), 'utf8'));
  const sources = new Map([...written(), ...Object.entries(random)]);
  return Object.entries(bare).flatMap(([name, output]) => {
    const source = sources.get(name);
    return source === undefined ? [] : [{ name, source, bare: output, random: name in random }];
  });
}

/** Many to a file: each begins with a line `# %% title`. */
function* written(): Generator<[string, string]> {
  const folder = join(here, 'programs');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.py'))) {
    const parts = readFileSync(join(folder, file), 'utf8')
      .split(/^# %% /m)
      .slice(1);
    for (const part of parts) {
      const end = part.indexOf('\n');
      yield [`${file.slice(0, -3)}/${part.slice(0, end).trim()}`, `${part.slice(end + 1).trim()}\n`];
    }
  }
}
