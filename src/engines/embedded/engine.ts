import { homedir } from 'node:os';
import type { Translate } from '../../core/translate';
import { EmbeddedProcess } from './embedded-process';
import type { Layers } from './protocol';
import { PythonEngine } from './python-engine';

/** Memory limit of a program (bytes): more than a snippet needs, less than would make the machine swap. */
const MEMORY = 2 ** 30;

export interface EmbeddedOptions {
  /** Milliseconds that Python may take to finish its record after it was asked to stop. */
  readonly patience?: number;
  /** Bytes that Python may take; default `MEMORY`. */
  readonly memory?: number;
  /** Folder in which the snapshot of its memory is kept; default that of the user. */
  readonly cache?: string;
  /** Tests take one of them away to see that the other one holds. */
  readonly layers?: Layers;
}

/** The embedded Python in a process that is reused between runs. */
export class EmbeddedEngine extends PythonEngine<EmbeddedProcess> {
  constructor(
    assets: string,
    translate: Translate,
    { patience, memory = MEMORY, cache, layers = { outer: true, inner: true } }: EmbeddedOptions = {},
  ) {
    const user = userOf(process.env);
    super(() => new EmbeddedProcess({ assets, translate, memory, cache, user, layers }), patience);
  }

  /** Whether its Python came out of the snapshot. */
  get fromSnapshot(): boolean {
    return this.home?.snapshot ?? false;
  }

  /** Its process, while there is one. */
  get pid(): number | undefined {
    return this.home?.pid;
  }
}

/** What a program may print of who runs it; nothing else of the environment is passed on. */
function userOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['USER', 'LOGNAME', 'LANG'].filter((name) => env[name] !== undefined);
  return { HOME: homedir(), ...Object.fromEntries(names.map((name) => [name, env[name] as string])) };
}
