import { commands, type Disposable, EventEmitter, type Uri, workspace } from 'vscode';
import type { KeptRun } from '../../core/history/kept-run';
import { historyLimit } from '../engine/settings';
import { isStored, type Recorded, type RecordedTrace, type Recording } from '../recording/recording';
import { RunStore } from './store';

/** The runs of this workspace, kept over restarts within a size limit. */
export class History implements Disposable {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  readonly #store: RunStore;
  #runs: KeptRun[] | undefined;
  #unreadable = 0;
  /** Queue of file operations, which run one after another. */
  #work: Promise<unknown> = Promise.resolve();
  readonly #following: Disposable;

  constructor(
    folder: Uri,
    recorded: Recorded,
    /** If a run cannot be kept, the output channel says so. */
    private readonly failed: (message: string) => void,
  ) {
    this.#store = new RunStore(folder);
    this.#following = recorded.onDidChange((recording) => {
      const { ran, trace, status } = recording;
      if (ran === undefined || !trace || status.state === 'running') return;
      // After the views have been updated: nobody waits for this.
      setTimeout(() => this.#keep(recording, recorded).catch((error) => this.failed(String(error))));
    });
  }

  /** The readable runs, the youngest first. */
  async runs(): Promise<readonly KeptRun[]> {
    return this.#runs ?? this.#after(() => this.#load());
  }

  /** Files in the folder that belong to no complete run. */
  get unreadable(): number {
    return this.#unreadable;
  }

  async find(id: string): Promise<KeptRun | undefined> {
    return (await this.runs()).find((run) => run.id === id);
  }

  /** The trace of a run, to be shown or read once. @throws TraceError, or an error of the file system */
  async open(run: KeptRun): Promise<RecordedTrace> {
    const { recordedTrace } = await import('../traces/stored-trace');
    return recordedTrace(this.#store.trace(run));
  }

  /** @throws an error of the file system */
  async copy(run: KeptRun, target: Uri): Promise<void> {
    await workspace.fs.copy(this.#store.trace(run), target, { overwrite: true });
  }

  /** All bytes of it. @throws an error of the file system */
  read(run: KeptRun): Promise<Uint8Array<ArrayBuffer>> {
    return this.#store.read(run);
  }

  async rename(run: KeptRun, title: string): Promise<void> {
    await this.#after(async () => {
      const runs = await this.#load();
      const renamed = { ...run, title };
      await this.#store.tell(renamed);
      this.#set(runs.map((each) => (each.id === run.id ? renamed : each)));
    });
  }

  async remove(gone: readonly KeptRun[]): Promise<void> {
    await this.#after(async () => {
      const runs = await this.#load();
      for (const run of gone) await this.#store.remove(run);
      this.#set(runs.filter(({ id }) => !gone.some((run) => run.id === id)));
    });
  }

  /** Restores removed runs. Those that no longer fit beside newer ones are removed again. */
  async bringBack(gone: readonly (readonly [run: KeptRun, trace: Uint8Array])[]): Promise<void> {
    await this.#after(async () => {
      const runs = await this.#load();
      for (const [run, trace] of gone) await this.#store.add(run, trace);
      const all = [...gone.map(([run]) => run), ...runs].sort((a, b) => b.when - a.when);
      this.#set(await this.#store.fit(all, historyLimit()));
    });
  }

  async clear(): Promise<void> {
    await this.#after(async () => {
      await this.#store.clear();
      this.#unreadable = 0;
      this.#set([]);
    });
  }

  /** The limit may have become smaller. */
  async fit(): Promise<void> {
    await this.#after(async () => this.#set(await this.#store.fit(await this.#load(), historyLimit())));
  }

  dispose(): void {
    this.#following.dispose();
    this.#changes.dispose();
  }

  async #keep({ ran, trace, status, file, source, at, root }: Recording, recorded: Recorded): Promise<void> {
    const limit = historyLimit();
    // What is on the disk already was not run just now.
    if (!trace || isStored(trace) || ran === undefined || trace.byteLength > limit) return;
    const timeline = recorded.current.trace === trace ? recorded.timeline() : undefined;
    if (!timeline) return;
    const { keptRun } = await import('../../core/history/kept-run');
    const done = status.state === 'done' ? status : undefined;
    const run = keptRun(timeline, {
      id: `${ran.toString(36)}-${crypto.randomUUID().slice(0, 8)}`,
      file,
      source,
      at,
      root,
      engine: done?.engine || `Python ${timeline.meta.python}`,
      reason: done?.reason ?? '',
      when: ran,
      bytes: trace.byteLength,
    });
    await this.#after(async () => {
      const runs = await this.#load();
      await this.#store.add(run, trace);
      this.#set(await this.#store.fit([run, ...runs], limit));
    });
  }

  async #load(): Promise<KeptRun[]> {
    if (!this.#runs) {
      const { runs, unreadable } = await this.#store.list();
      this.#unreadable = unreadable;
      this.#runs = runs.sort((a, b) => b.when - a.when);
      tell(this.#runs);
    }
    return this.#runs;
  }

  #set(runs: KeptRun[]): void {
    this.#runs = runs;
    tell(runs);
    this.#changes.fire();
  }

  #after<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work);
    this.#work = done.catch(() => {});
    return done;
  }
}

/** For the `when` clauses of package.json. */
function tell(runs: readonly KeptRun[]): void {
  commands.executeCommand('setContext', 'coroscope.hasRuns', runs.length > 0);
  commands.executeCommand('setContext', 'coroscope.hasSeveralRuns', runs.length > 1);
}
