import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './install';

export interface Packaged {
  /** An extensions folder that holds it, installed. */
  readonly extensions: string;
  /** Its own folder in there. */
  readonly folder: string;
  readonly bytes: number;
  remove(): void;
}

/** Packs the extension as it ships and installs it: what is tested is the package. */
export function packExtension(workbench: string): Packaged {
  const home = mkdtempSync(join(tmpdir(), 'coroscope-vsix-'));
  const vsix = join(home, 'coroscope.vsix');
  const extensions = join(home, 'extensions');
  mkdirSync(extensions);
  run(process.execPath, ['packaging/vsix.mjs', vsix]);
  const entry = join(workbench, 'out/node/entry.js');
  const places = [
    '--config',
    join(home, 'config.yaml'),
    '--user-data-dir',
    join(home, 'data'),
    '--extensions-dir',
    extensions,
  ];
  run(process.execPath, [entry, ...places, '--install-extension', vsix]);
  const { publisher, name } = JSON.parse(readFileSync('package.json', 'utf8'));
  const folder = readdirSync(extensions).find((entry) => entry.startsWith(`${publisher}.${name}`));
  if (!folder) throw new Error('The package was not installed.');
  const remove = () => rmSync(home, { recursive: true, force: true });
  return { extensions, folder: join(extensions, folder), bytes: statSync(vsix).size, remove };
}
