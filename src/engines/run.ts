import type { Translate } from '../core/translate';
import { choose, modulesBeside, type WishOfNode } from './choose';
import { EmbeddedEngine } from './embedded/engine';
import type { Engine } from './engine';
import { interpreterEngine } from './interpreter/engine';
import type { Choice } from './needed';
import { type Engines, type ProgramListener, type RunOptions, type RunResult, recordProgram } from './record-program';
import { readSource } from './source';

export * from './record-program';

/** With interpreters, and the embedded Python in a process of Node's. */
export const enginesOfNode: Engines = {
  source: readSource,
  choose: (wish: WishOfNode, t) => choose({ ...wish, env: environment(wish) }, t),
  engine: engineOf,
  modulesBeside: async (file) => modulesBeside(file),
};

/** See `recordProgram`. */
export function runProgram(options: RunOptions, listener: ProgramListener, signal: AbortSignal): Promise<RunResult> {
  return recordProgram(options, listener, signal, enginesOfNode);
}

/** Ends the embedded Python that is kept warm between runs. */
export function disposeEngines(): void {
  for (const engine of warm.values()) engine.dispose();
  warm.clear();
}

const warm = new Map<string, EmbeddedEngine>();

function embeddedEngine({ assets, cache }: Installed, t: Translate): EmbeddedEngine {
  const engine = warm.get(assets) ?? new EmbeddedEngine(assets, t, { cache });
  warm.set(assets, engine);
  return engine;
}

type Installed = Pick<RunOptions, 'assets' | 'cache' | 'env'>;

function engineOf({ interpreter }: Choice, installed: Installed, translate: Translate): Engine {
  const { assets } = installed;
  return interpreter
    ? interpreterEngine({ interpreter, assets, translate, env: environment(installed) })
    : embeddedEngine(installed, translate);
}

/** That of the host, and what the run adds. */
function environment({ env }: Pick<WishOfNode, 'env'>): NodeJS.ProcessEnv {
  return { ...process.env, ...env };
}
