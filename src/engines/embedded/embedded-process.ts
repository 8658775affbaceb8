import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Translate } from '../../core/translate';
import { EngineError } from '../engine';
import { guard } from '../process/guard';
import { CHILD } from './engine-files';
import { type Frame, FrameReader, Kind, messageFrame } from './frames';
import { permissionFlag, spawnChild } from './process';
import { type ChildConfig, type ChildMessage, childMessage, type Layers, type Order, type StopWord } from './protocol';
import type { HomeListener, PythonHome } from './python-engine';
import { SnapshotWriter, snapshotFile, touch } from './snapshot-cache';

/** The message of a runtime for an unknown option. */
const BAD_OPTION = 9;
/** Characters of what it says before it breaks down. */
const LAST_WORDS = 2_000;

export interface ProcessOptions {
  readonly assets: string;
  readonly memory?: number;
  /** Folder of snapshots; default that of the user. */
  readonly cache?: string;
  readonly user: ChildConfig['user'];
  readonly layers: Layers;
  readonly translate: Translate;
}

/** The process of the embedded Python, seen from its host. */
export class EmbeddedProcess implements PythonHome {
  readonly ready: Promise<void>;
  /** Its Python came out of the snapshot. */
  snapshot = false;
  #child!: ChildProcess;
  #listener: HomeListener | undefined;
  readonly #stop = join(tmpdir(), `coroscope-stop-${randomUUID()}`);
  #unguard = () => {};
  #ended = false;
  #killed = false;
  #errors = '';
  /** Where the process writes a snapshot before it is ready. */
  #writer: SnapshotWriter | undefined;

  /** @throws EngineError if Coroscope is not complete */
  constructor(private readonly options: ProcessOptions) {
    const { assets, translate: t } = options;
    const script = join(assets, CHILD);
    if (!existsSync(script)) throw new EngineError(t('Coroscope is not fully installed: {0} is missing.', script));
    this.ready = this.#start(permissionFlag());
    this.ready.catch(() => {});
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get alive(): boolean {
    return !this.#ended;
  }

  listen(listener: HomeListener | undefined): void {
    this.#listener = listener;
  }

  send(order: Order): void {
    this.#child.stdin?.write(messageFrame(order));
  }

  stop(why: StopWord | undefined): void {
    if (why === undefined) rmSync(this.#stop, { force: true });
    else writeFileSync(this.#stop, why, { mode: 0o600 });
  }

  end(): void {
    this.#ended = this.#killed = true;
    this.#child.kill('SIGKILL');
    this.#unguard();
    this.#writer?.close();
  }

  hold(on: boolean): void {
    for (const each of [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr] as (
      | Socket
      | ChildProcess
    )[])
      on ? each.ref() : each.unref();
  }

  #start(permission: string | undefined): Promise<void> {
    const { assets, memory, cache, user, layers, translate: t } = this.options;
    const snapshot = layers.inner ? snapshotFile(assets, cache) : undefined;
    this.#writer ??= snapshot === undefined ? undefined : SnapshotWriter.open(snapshot);
    const makeSnapshot = this.#writer !== undefined;
    const child = spawnChild(
      { assets, stop: this.#stop, memory, user, snapshot, makeSnapshot, layers },
      permission,
      this.#writer?.fd,
    );
    this.#child = child;
    if (child.pid !== undefined) this.#unguard = guard(child.pid);
    child.stdin?.on('error', () => {});
    child.stderr?.on('data', (data) => {
      this.#errors = (this.#errors + data).slice(-LAST_WORDS);
    });
    return new Promise((resolve, reject) => {
      const frames = new FrameReader();
      let loaded = false;
      const fail = (why: string) => {
        this.#ended = true;
        this.#unguard();
        this.#writer?.close();
        rmSync(this.#stop, { force: true });
        if (!loaded) reject(new EngineError(t('The embedded Python could not be loaded: {0}', why)));
        this.#listener?.gone(this.#killed ? undefined : why);
      };
      child.stdout?.on('data', (data: Uint8Array) => {
        try {
          for (const frame of frames.push(data)) {
            const message = this.#take(frame);
            if (message?.type !== 'ready' || loaded) continue;
            loaded = true;
            if (message.made) this.#writer?.finish();
            else this.#writer?.close();
            this.#writer = undefined;
            this.snapshot = message.snapshot;
            if (message.snapshot && snapshot !== undefined) touch(snapshot);
            resolve();
          }
        } catch (error) {
          fail((error as Error).message);
          this.end();
        }
      });
      child.on('error', (error) => fail(error.message));
      child.on('close', (code, signal) => {
        if (!loaded && code === BAD_OPTION && permission !== undefined) {
          // A runtime that knows the option by name and cannot do it: the inner layer holds by itself.
          this.#unguard();
          this.#start(undefined).then(resolve, reject);
        } else fail(lastWords(this.#errors) || (signal ?? t('it ended with {0}', code ?? 0)));
      });
    });
  }

  /** @throws Error if it is nothing that the child sends */
  #take({ kind, payload }: Frame): ChildMessage | undefined {
    if (kind === Kind.message) {
      const message = childMessage(payload);
      if (!message) throw new Error('What came from the embedded Python is no message.');
      this.#listener?.message(message);
      return message;
    }
    if (kind !== Kind.trace && kind !== Kind.stdout && kind !== Kind.stderr)
      throw new Error('What came from the embedded Python is no message.');
    this.#listener?.bytes(kind, payload);
    return undefined;
  }
}

/** The line of a stack trace that says what it is about. */
function lastWords(errors: string): string {
  const lines = errors.trim().split('\n');
  return (lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '').slice(0, 300);
}
