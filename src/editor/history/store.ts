import { Uri, workspace } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';

/** Loaded with the first list of runs. */
const kept = () => import('../../core/history/kept-run');

/** A trace file and a JSON file for each run: without a common index, none can be damaged. */
const TRACE = '.coroscope';
const ABOUT = '.json';
/** Largest number of runs in the list. */
const MOST = 200;

/** Kept runs, as files in a folder of the extension's own. */
export class RunStore {
  #made = false;

  constructor(private readonly folder: Uri) {}

  /** All runs; unreadable files are left alone, and counted. */
  async list(): Promise<{ readonly runs: KeptRun[]; readonly unreadable: number }> {
    let names: string[];
    try {
      names = (await workspace.fs.readDirectory(this.folder)).map(([name]) => name);
    } catch {
      // No folder: nothing was kept yet.
      return { runs: [], unreadable: 0 };
    }
    const traces = new Set(names.filter((name) => name.endsWith(TRACE)));
    const abouts = names.filter((name) => name.endsWith(ABOUT));
    const read = await Promise.all(abouts.map((name) => this.#about(name, traces)));
    const runs = read.filter((run) => run !== undefined);
    return { runs, unreadable: abouts.length - runs.length };
  }

  /** Write the trace first: without the JSON file, the run is not in the list. */
  async add(run: KeptRun, trace: Uint8Array): Promise<void> {
    if (!this.#made) await workspace.fs.createDirectory(this.folder);
    this.#made = true;
    await workspace.fs.writeFile(this.trace(run), trace);
    await this.tell(run);
  }

  /** Rewrites the JSON file of a run. */
  async tell(run: KeptRun): Promise<void> {
    await workspace.fs.writeFile(this.#at(run.id + ABOUT), new TextEncoder().encode(JSON.stringify(run)));
  }

  async read(run: KeptRun): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await workspace.fs.readFile(this.trace(run)));
  }

  async remove({ id }: KeptRun): Promise<void> {
    // It was removed already.
    for (const name of [id + ABOUT, id + TRACE]) await ignoringMissing(workspace.fs.delete(this.#at(name)));
  }

  /** Everything in the folder, readable or not. */
  async clear(): Promise<void> {
    await ignoringMissing(workspace.fs.delete(this.folder, { recursive: true }));
    this.#made = false;
  }

  /** Removes the oldest until the rest fits. @param limit bytes @returns those that stay */
  async fit(runs: readonly KeptRun[], limit: number): Promise<KeptRun[]> {
    const { beyond } = await kept();
    const gone = beyond(runs, limit, MOST);
    for (const run of gone) await this.remove(run);
    return runs.filter((run) => !gone.includes(run));
  }

  trace({ id }: KeptRun): Uri {
    return this.#at(id + TRACE);
  }

  async #about(name: string, traces: ReadonlySet<string>): Promise<KeptRun | undefined> {
    try {
      const { readKeptRun } = await kept();
      const run = readKeptRun(new TextDecoder().decode(await workspace.fs.readFile(this.#at(name))));
      // Ids become file names: another one could lead out of the folder, or to another run's trace.
      return run && run.id + ABOUT === name && traces.has(run.id + TRACE) ? run : undefined;
    } catch {
      return undefined;
    }
  }

  #at(name: string): Uri {
    return Uri.joinPath(this.folder, name);
  }
}

async function ignoringMissing(done: Thenable<void>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'FileNotFound')) throw error;
  }
}
