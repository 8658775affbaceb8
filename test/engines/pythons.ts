import { readdirSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Candidate, candidates } from '../../src/engines/interpreter/discovery';
import { type Interpreter, probe } from '../../src/engines/interpreter/probe';

/** The CPythons of this machine, oldest first: those that Coroscope can use, and commands of those that are too old. */
export interface Pythons {
  readonly good: readonly Interpreter[];
  readonly old: readonly string[];
}

/** Where the start of a suite stores the Pythons that it found, so that its workers need not search again. */
const FOUND = 'COROSCOPE_PYTHONS_FOUND';

/** All CPythons that can be found: on the PATH, pyenv's, and those of COROSCOPE_PYTHONS. */
export async function findPythons(): Promise<Pythons> {
  const known = process.env[FOUND];
  if (known !== undefined) return JSON.parse(known) as Pythons;
  const folders = [...pyenv(), ...(process.env.COROSCOPE_PYTHONS ?? '').split(delimiter)].filter(
    (folder) => folder !== '',
  );
  const env = { ...process.env, PATH: [...folders, process.env.PATH].join(delimiter) };
  // Most have several names.
  const files = new Map<string, Candidate>();
  for (const candidate of candidates({ env, platform: process.platform, folder: tmpdir() })) {
    const file = [realpathSync(candidate.command), ...candidate.args].join(' ');
    files.set(file, files.get(file) ?? candidate);
  }
  const results = await Promise.all([...files.values()].map(({ command, args }) => probe(command, env, args)));
  const good = new Map<string, Interpreter>();
  const old: string[] = [];
  for (const result of results) {
    if (result.kind === 'good')
      good.set(result.interpreter.version, good.get(result.interpreter.version) ?? result.interpreter);
    else if (result.kind === 'old') old.push(result.command);
  }
  const found = { good: [...good.values()].sort((a, b) => minor(a) - minor(b)), old };
  process.env[FOUND] = JSON.stringify(found);
  return found;
}

/**
 * Those to test with. PYTHONS names them, with commas between: `3.12`, `oldest`, `newest`, `all`; by default the oldest and the newest.
 */
export function selected(all: readonly Interpreter[], wanted = process.env.PYTHONS ?? 'oldest,newest'): Interpreter[] {
  const names = wanted.split(',').map((name) => name.trim());
  return all.filter(
    (each, i) =>
      names.includes('all') ||
      names.includes(`3.${minor(each)}`) ||
      (names.includes('oldest') && i === 0) ||
      (names.includes('newest') && i === all.length - 1),
  );
}

function pyenv(): string[] {
  try {
    const root = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
    return readdirSync(root).map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function minor({ version }: Interpreter): number {
  return Number(version.split('.')[1]);
}
