import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROBE = `
import json, os, platform, sys
try:
    import test.test_asyncio as tests
    folder = os.path.dirname(tests.__file__)
    modules = sorted(name[:-3] for name in os.listdir(folder) if name.startswith('test_') and name.endswith('.py'))
except ImportError:
    modules = []
print(json.dumps([platform.python_implementation(), list(sys.version_info[:3]), modules]))
`;

/**
 * The CPythons from 3.9 on that can be found (on the PATH, pyenv's, those of COROSCOPE_PYTHONS), oldest first, each minor version once:
 * the one that has its own `test` package, if any has. `modules`: those of its `test.test_asyncio`; empty where there is none.
 */
export async function findPythons() {
  const folders = [
    ...(process.env.COROSCOPE_PYTHONS ?? '').split(delimiter),
    ...pyenv(),
    ...(process.env.PATH ?? '').split(delimiter),
  ].filter((folder) => folder !== '');
  const names = folders.flatMap((folder) => pythonsIn(folder).map((name) => join(folder, name)));
  // Most have several names.
  const commands = [...new Set(names.filter((name) => existsSync(name)).map((name) => realpathSync(name)))];
  const found = new Map();
  for (const python of (await Promise.all(commands.map(probe))).filter((each) => each !== undefined)) {
    const known = found.get(python.minor);
    if (known === undefined || (known.modules.length === 0 && python.modules.length > 0))
      found.set(python.minor, python);
  }
  return [...found.values()].sort((a, b) => a.minor - b.minor);
}

function pyenv() {
  try {
    const root = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
    return readdirSync(root).map((version) => join(root, version, 'bin'));
  } catch {
    return [];
  }
}

function pythonsIn(folder) {
  try {
    return readdirSync(folder).filter((name) => /^python3?(\.\d+)?(\.exe)?$/.test(name));
  } catch {
    return [];
  }
}

function probe(command) {
  return new Promise((done) => {
    execFile(command, ['-c', PROBE], { timeout: 30_000, cwd: homedir() }, (error, stdout) => {
      try {
        const [implementation, version, modules] = JSON.parse(stdout);
        const good = !error && implementation === 'CPython' && version[0] === 3 && version[1] >= 9;
        done(good ? { command, version: version.join('.'), minor: version[1], modules } : undefined);
      } catch {
        done(undefined);
      }
    });
  });
}
