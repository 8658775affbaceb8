import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bare runs take real time: no more tries than this. */
const TRIES = 40;

/** A part of a program that still prints one thing bare, twice alike, and another on the virtual clock. */
export async function shrunk(
  source: string,
  python: string,
  virtual: (source: string) => Promise<string>,
): Promise<{ source: string; bare: string; virtual: string }> {
  let best = { source, bare: await bareOutput(python, source), virtual: await virtual(source) };
  let tries = 0;
  for (let size = 8; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; tries < TRIES && from < best.source.split('\n').length; ) {
      const lines = best.source.split('\n');
      const text = [...lines.slice(0, from), ...lines.slice(from + size)].join('\n');
      tries++;
      const bare = await bareOutput(python, text);
      const found = bare.trim() === '' || bare.startsWith('!') ? bare : await virtual(text);
      if (found !== bare && (await bareOutput(python, text)) === bare) best = { source: text, bare, virtual: found };
      else from += size;
    }
  }
  return best;
}

/** Begins with `!` if the program fails. */
function bareOutput(python: string, source: string): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'coroscope-bare-')), 'program.py');
  writeFileSync(file, source);
  return new Promise((done) => {
    execFile(python, [file], { timeout: 20_000 }, (error, stdout) => done(error ? `!${stdout}` : stdout));
  });
}
