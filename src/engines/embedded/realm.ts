/**
 * The inner layer, part one: what is left in the JavaScript realm in which the embedded Python lives. It is the same in a process of
 * Node's and in a worker of a browser, and knows neither. Part two, in Python itself, is `src/python/coroscope/embedded/restrictions.py`.
 *
 * It stands on this: JavaScript that was loaded can only use what its closures hold and what it finds on the global object; there is no
 * other way to the world where no text becomes code. So Pyodide is loaded into a realm that looks like a browser's worker with nothing
 * in it, and its closures hold nothing.
 */

/** What Pyodide needs while it loads and while it runs, in the place of what the host's realm has. */
export interface Stage {
  /** Bytes of a file of the engine, by its name. */
  readonly files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
  /** `pyodide.asm.wasm`, as the host has had it compiled. */
  readonly module: Promise<object>;
  /** Where those files are said to lie. */
  readonly base: string;
  fillRandom(view: ArrayBufferView): void;
  now(): number;
}

/** Beside ECMAScript's own: what has no power, and what Pyodide uses while it runs. */
const HARMLESS = ['TextDecoder', 'TextEncoder', 'URL', 'AbortController', 'AbortSignal', 'queueMicrotask'];
const ECMASCRIPT =
  `AggregateError Array ArrayBuffer AsyncDisposableStack AsyncIterator Atomics BigInt BigInt64Array BigUint64Array Boolean
  DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array
  Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Set
  SharedArrayBuffer String SuppressedError Symbol SyntaxError TypeError URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray
  WeakMap WeakRef WeakSet WebAssembly decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN
  parseFloat parseInt undefined unescape`.split(/\s+/);

/** Takes everything out of this realm but the language, and sets the stage. To be called before Pyodide is imported. */
export function enclose(stage: Stage): void {
  const realm = globalThis as unknown as Record<PropertyKey, unknown>;
  const { URL: Url, setTimeout: later, clearTimeout: never } = globalThis;
  const stays = new Set<PropertyKey>([...ECMASCRIPT, ...HARMLESS]);
  for (const name of Reflect.ownKeys(realm)) if (!stays.has(name)) remove(realm, name);
  noCodeFromText(realm);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let timer = 0;
  Object.assign(realm, {
    self: realm,
    // Makes Pyodide take this for a worker.
    WorkerGlobalScope: { [Symbol.hasInstance]: () => true },
    location: new Url(stage.base),
    importScripts: () => {
      throw new TypeError('This is a module worker.');
    },
    fetch: async (url: unknown) => {
      const name = String(url).slice(stage.base.length);
      // Pyodide only passes this on to be compiled, which it is.
      if (name === 'pyodide.asm.wasm') return { ok: true };
      const bytes = stage.files[name];
      if (!bytes) throw new TypeError(`There is no ${String(url)}.`);
      return { ok: true, arrayBuffer: async () => bytes.buffer };
    },
    crypto: {
      getRandomValues: (view: ArrayBufferView) => {
        stage.fillRandom(view);
        return view;
      },
    },
    performance: { now: () => stage.now(), timeOrigin: Date.now() - stage.now() },
    console: Object.fromEntries(['log', 'info', 'warn', 'error', 'debug'].map((name) => [name, () => {}])),
    setTimeout: (call: unknown, time?: number, ...args: unknown[]) => {
      if (typeof call !== 'function') throw new TypeError('Text is no code here.');
      const id = ++timer;
      timers.set(
        id,
        later(() => {
          timers.delete(id);
          call(...args);
        }, time),
      );
      return id;
    },
    clearTimeout: (id: number) => {
      const found = timers.get(id);
      timers.delete(id);
      if (found !== undefined) never(found);
    },
  });
  // Stacks are never switched here; without this Pyodide is the same on every runtime.
  for (const name of ['Suspending', 'promising', 'SuspendError'])
    Reflect.deleteProperty(WebAssembly as unknown as object, name);
  const { instantiate } = WebAssembly;
  WebAssembly.instantiateStreaming = async (_response, imports) => {
    const module = await stage.module;
    return { module, instance: await instantiate(module, imports) };
  };
}

/** Takes away what was only there for loading. To be called before the first program. */
export function seal(): void {
  const realm = globalThis as unknown as Record<PropertyKey, unknown>;
  for (const name of ['fetch', 'importScripts', 'location', 'self', 'WorkerGlobalScope', 'WebAssembly'])
    remove(realm, name);
}

function remove(realm: Record<PropertyKey, unknown>, name: PropertyKey): void {
  if (Reflect.deleteProperty(realm, name)) return;
  // Empty what cannot be deleted.
  if (!Reflect.set(realm, name, undefined)) throw new Error(`${String(name)} cannot be taken out of the realm.`);
}

/** `eval`, `Function` and its kin, by which a text becomes code that sees the global object; a CSP does the same in a browser. */
function noCodeFromText(realm: Record<PropertyKey, unknown>): void {
  function refuse(): never {
    throw new EvalError('No text becomes code here.');
  }
  refuse.prototype = Function.prototype;
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds)
    Object.defineProperty(Object.getPrototypeOf(kind), 'constructor', {
      value: refuse,
      writable: false,
      configurable: false,
    });
  for (const name of ['Function', 'eval'])
    Object.defineProperty(realm, name, { value: refuse, writable: false, configurable: false });
}

/** Node's types leave it out. */
declare const WebAssembly: {
  instantiate(module: object, imports: unknown): Promise<unknown>;
  instantiateStreaming(response: unknown, imports: unknown): Promise<unknown>;
};
