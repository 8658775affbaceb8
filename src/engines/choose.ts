import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { Translate } from '../core/translate';
import { describeObstacle, type Obstacle } from './embedded/abilities';
import { embeddedModules } from './embedded/modules';
import { EngineError } from './engine';
import { findInterpreter } from './interpreter/discovery';
import { type Interpreter, OLDEST, type ProbeResult, probe } from './interpreter/probe';
import { type Choice, type IsLocal, needed, type Wish } from './needed';

export interface WishOfNode extends Wish {
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
}

/** @throws EngineError if nothing here can run the program; its one message says what is missing. */
export async function choose(wish: WishOfNode, t: Translate): Promise<Choice> {
  if (wish.engine === 'embedded') {
    if (wish.module !== undefined)
      throw new EngineError(t('The embedded Python sees no files: to run a module, use an interpreter.'));
    if (wish.clock === 'real') {
      throw new EngineError(
        t('The embedded Python has only the virtual clock. For the real clock, use an interpreter.'),
      );
    }
    if (!hasEmbedded(wish.assets)) throw new EngineError(notInstalled(t));
    return embedded(wish, t('You chose the embedded Python.'), t);
  }
  if (wish.engine === 'interpreter') return interpreter(wish, t('You chose an interpreter.'), undefined, t);
  if (wish.engine !== 'auto') {
    return interpreter({ ...wish, pythonPath: wish.engine }, t('You chose this interpreter.'), undefined, t);
  }
  if (wish.clock === 'real') {
    const reason = wish.writesWhenIdle
      ? t('To be watched while it runs, the program needs the real clock, and so an interpreter.')
      : t('You chose the real clock, which needs an interpreter.');
    return interpreter(wish, reason, undefined, t);
  }
  if (wish.module !== undefined) return interpreter(wish, t('Running a module needs an interpreter.'), undefined, t);
  if (!hasEmbedded(wish.assets)) return interpreter(wish, notInstalled(t), undefined, t);
  const { found, simulated } = needed(wish, modulesBeside(wish.file));
  if (simulated) return embedded(wish, t('Comments in the program say what to simulate.'), t);
  const [obstacle] = found;
  if (!obstacle) return embedded(wish, t('The embedded Python has everything this program needs.'), t);
  const reason = t('An interpreter is needed: {0}.', describeObstacle(obstacle, t));
  try {
    return await interpreter(wish, reason, obstacle, t);
  } catch (error) {
    // Up to where it needs the module it can be shown.
    if (wish.annotations === 'off' || wish.pythonPath || !found.every(({ lack }) => lack === 'module')) throw error;
    return embedded(
      wish,
      t('No Python with the module {0} was found. The program runs until it needs the module.', obstacle.name),
      t,
    );
  }
}

/** The wheel has no embedded Python: whoever installs it has a Python. */
function hasEmbedded(assets: string): boolean {
  return existsSync(join(assets, 'pyodide'));
}

const notInstalled = (t: Translate) => t('The embedded Python is not part of this installation.');

function embedded({ assets }: WishOfNode, reason: string, t: Translate): Choice {
  return {
    engine: 'embedded',
    description: t('embedded Python {0}', embeddedVersion(assets)),
    reason,
    clock: 'virtual',
  };
}

const versions = new Map<string, string>();

/** Read once: the file lists all packages that there are. */
function embeddedVersion(assets: string): string {
  let version = versions.get(assets);
  if (version === undefined) {
    try {
      const lock = JSON.parse(readFileSync(join(assets, 'pyodide', 'pyodide-lock.json'), 'utf8'));
      version = String(lock.info.python);
    } catch {
      version = '';
    }
    versions.set(assets, version);
  }
  return version;
}

async function interpreter(
  wish: WishOfNode,
  reason: string,
  obstacle: Obstacle | undefined,
  t: Translate,
): Promise<Choice> {
  const found = await locate(wish, obstacle, t);
  return {
    engine: 'interpreter',
    description: `Python ${found.version} (${found.command})`,
    reason,
    clock: wish.clock ?? 'real',
    interpreter: found,
  };
}

async function locate(wish: WishOfNode, obstacle: Obstacle | undefined, t: Translate): Promise<Interpreter> {
  const { env = process.env, platform = process.platform } = wish;
  if (wish.pythonPath) {
    const result = await probe(commandOf(wish.pythonPath, wish.cwd), env);
    if (result.kind === 'good') return result.interpreter;
    throw new EngineError(describeProbe(result, t));
  }
  const { interpreter, rejected } = await findInterpreter({ env, platform, folder: dirname(wish.file) });
  if (interpreter) return interpreter;
  const old = rejected.find((result) => result.kind === 'old');
  const missing = old
    ? t('the Python found here ({0}) is older than {1}', `${old.version}, ${old.command}`, OLDEST.join('.'))
    : t('no Python was found');
  throw new EngineError(
    obstacle
      ? t(
          'The embedded Python cannot run this program, because {0}, and {1}.',
          describeObstacle(obstacle, t),
          missing,
        ) +
          ` ${t('Install Python {0} or later, or name one (--engine PATH; in VS Code the setting coroscope.pythonPath).', OLDEST.join('.'))}`
      : t('An interpreter is needed, but {0}.', missing) +
          ` ${t('Install Python {0} or later, or name one (--engine PATH; in VS Code the setting coroscope.pythonPath).', OLDEST.join('.'))}`,
  );
}

function describeProbe(result: Exclude<ProbeResult, { kind: 'good' }>, t: Translate): string {
  switch (result.kind) {
    case 'missing':
      return t('There is no Python interpreter at {0}.', result.command);
    case 'old':
      return t('{0} is Python {1}; Coroscope needs {2} or later.', result.command, result.version, OLDEST.join('.'));
    case 'other':
      return t('{0} is {1}; Coroscope needs CPython.', result.command, result.implementation);
    case 'broken':
      return result.why === ''
        ? t('{0} is not a Python that works.', result.command)
        : t('{0} is not a Python that works: {1}', result.command, result.why);
  }
}

/** A path is relative to the working directory; a bare name is looked up on the PATH. A folder is a virtual environment. */
function commandOf(path: string, cwd: string): string {
  const home = path.replace(/^~(?=[/\\]|$)/, homedir());
  if (!/[/\\]/.test(home)) return home;
  const full = isAbsolute(home) ? home : resolve(cwd, home);
  if (!existsSync(full) || !statSync(full).isDirectory()) return full;
  const inside = [
    join(full, 'bin', 'python'),
    join(full, 'bin', 'python3'),
    join(full, 'Scripts', 'python.exe'),
    join(full, 'python.exe'),
  ];
  return inside.find((file) => existsSync(file)) ?? full;
}

/** The modules that stand beside a program. */
export function modulesBeside(file: string): IsLocal {
  const folder = dirname(file);
  return (module) => {
    if (module.startsWith('.')) return true;
    const top = join(folder, module.split('.')[0]);
    if (existsSync(`${top}.py`) || existsSync(join(top, '__init__.py'))) return true;
    // A folder without __init__.py is a package too, but one of the standard library comes first.
    return existsSync(top) && statSync(top).isDirectory() && !embeddedModules.has(module.split('.')[0]);
  };
}
