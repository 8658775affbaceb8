import type { Outbox } from './outbox';
import { type CreateModule, type RestoredMemory, restoring } from './restore';

/** The part of Pyodide that is used here. */
export interface Pyodide {
  readonly _module: { readonly HEAPU8: Uint8Array };
  readonly FS: {
    mkdirTree(path: string): void;
    writeFile(path: string, data: Uint8Array): void;
    makedev(major: number, minor: number): number;
    mkdev(path: string, device: number): void;
    registerDevice(device: number, operations: Record<string, unknown>): void;
  };
  runPython(code: string, options?: { globals: unknown }): unknown;
  pyimport(name: string): Readonly<Record<string, (...args: unknown[]) => unknown>>;
  toPy(value: unknown): unknown;
  makeMemorySnapshot(): Uint8Array<ArrayBuffer>;
  setInterruptBuffer(buffer: unknown): void;
  setStdin(options: { read(buffer: Uint8Array): number; isatty: boolean }): void;
  setStdout(options: { write(buffer: Uint8Array): number; isatty: boolean }): void;
  setStderr(options: { write(buffer: Uint8Array): number; isatty: boolean }): void;
}

type LoadPyodide = (options: Record<string, unknown>) => Promise<Pyodide>;

/** A file of the tracer. */
export interface TracerFile {
  /** With `/`, below the folder of all of them. */
  readonly path: string;
  readonly data: Uint8Array;
}

export interface Loading {
  readonly loadPyodide: LoadPyodide;
  /** Pyodide's other half, where it is not to look for that itself; a snapshot needs it. */
  readonly createPyodideModule?: CreateModule;
  readonly base: string;
  /** Pyodide's list of packages: none is ever loaded, but it looks whether the list is of its own version. */
  readonly lockFile: string;
  readonly user: Readonly<Record<string, string>>;
  readonly tracer: readonly TracerFile[];
  /** The memory of an interpreter that was loaded before. */
  readonly snapshot?: RestoredMemory;
  readonly makeSnapshot?: boolean;
  /** What `import js` gives; default next to nothing. */
  readonly realm?: unknown;
}

/** Where the tracer lies in Python's own file system. */
const HOME = '/coroscope';
/** Beside it: where `zoneinfo` looks for time zones that the system does not have. */
export const ZONES = 'tzdata.zip';

/** Python with the tracer loaded and warmed up. @throws whatever Pyodide does */
export async function load(loading: Loading): Promise<Pyodide> {
  const { loadPyodide, createPyodideModule, base, tracer, snapshot, makeSnapshot, realm } = loading;
  const python = await loadPyodide({
    indexURL: base,
    lockFileContents: loading.lockFile,
    packageBaseUrl: base,
    // A fixed hash seed: the order of sets of strings must be the same in each run.
    env: { ...loading.user, PYTHONHASHSEED: '0', PYTHONDONTWRITEBYTECODE: '1' },
    jsglobals: realm ?? { Object, Array, Uint8Array, Promise, setTimeout, clearTimeout },
    fsInit: async (fs: Pyodide['FS']) => install(fs, tracer),
    ...(createPyodideModule ? { createPyodideModule } : {}),
    ...(makeSnapshot ? { _makeSnapshot: true } : {}),
    ...(snapshot && createPyodideModule ? restoring(snapshot, createPyodideModule) : {}),
  });
  if (!snapshot) {
    python.runPython(`import sys; sys.path.insert(0, '${HOME}'); sys.path.append('${HOME}/${ZONES}')`);
    // Pyodide's own `sleep` calls JavaScript, which is not available later: restore Python's.
    python.runPython('import time, pyodide.webloop; time.sleep = pyodide.webloop._orig_sleep');
    python.runPython(
      'import coroscope.embedded.host, coroscope.embedded.restrictions; coroscope.embedded.restrictions.prepare()',
    );
    python.runPython('import coroscope.embedded.run; coroscope.embedded.run.warm_up()');
  }
  return python;
}

function install(fs: Pyodide['FS'], tracer: readonly TracerFile[]): void {
  for (const { path, data } of tracer) {
    const target = `${HOME}/${path}`;
    fs.mkdirTree(target.slice(0, target.lastIndexOf('/')));
    fs.writeFile(target, data);
  }
}

/** What Python asks of its host while a program runs (`src/python/coroscope/embedded/host.py`). */
export interface Host {
  outbox(): Outbox | undefined;
  /** CPU seconds of this thread. */
  cpuTime(): number;
  /** Interrupts are taken from now on, or no more. */
  heed(on: boolean): void;
  /** The reason of the latest interrupt. */
  why(): string;
}

export function addDevices({ FS: fs }: Pyodide, host: Host): void {
  fs.mkdirTree('/dev/coroscope');
  const add = (name: string, number: number, operations: Record<string, unknown>) => {
    const device = fs.makedev(77, number);
    fs.registerDevice(device, { llseek: () => 0, ...operations });
    fs.mkdev(`/dev/coroscope/${name}`, device);
  };
  const reading = (bytes: () => Uint8Array) => ({
    read(_stream: unknown, buffer: Int8Array, offset: number, length: number) {
      const part = bytes().subarray(0, length);
      buffer.set(part, offset);
      return part.length;
    },
  });
  add('trace', 0, {
    write(_stream: unknown, buffer: Int8Array, offset: number, length: number) {
      host.outbox()?.trace(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length));
      return length;
    },
  });
  add('heed', 1, {
    write(_stream: unknown, buffer: Int8Array, offset: number, length: number) {
      host.heed(buffer[offset] === 0x31);
      return length;
    },
  });
  add('stopped', 4, {
    write(_stream: unknown, _buffer: Int8Array, _offset: number, length: number) {
      host.outbox()?.endOutput();
      return length;
    },
  });
  add(
    'cpu',
    2,
    reading(() => new Uint8Array(Float64Array.of(host.cpuTime()).buffer)),
  );
  add(
    'why',
    3,
    reading(() => new TextEncoder().encode(host.why())),
  );
}
