import { expect, test } from 'vitest';
import { translator } from '../../src/core/translate';
import { Kind } from '../../src/engines/embedded/frames';
import { PythonEngine } from '../../src/engines/embedded/python-engine';
import type { RunRequest } from '../../src/engines/engine';
import { type SnapshotStore, WorkerHome, type WorkerLike } from '../../src/engines/worker/home';
import type { FromWorker, ToRun, ToWorker } from '../../src/engines/worker/messages';
import { numbersFrom } from '../../src/engines/worker/numbers';

/** The host of a worker, against workers that act a program. */

const encode = (text: string) => new TextEncoder().encode(text);

/** The first byte of a snapshot that no Python can begin with. */
const DAMAGED = 99;

class ActingWorker implements WorkerLike {
  static made: ActingWorker[] = [];
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;
  isGone = false;
  runs: ToRun[] = [];
  snapshot: Uint8Array | undefined;

  constructor(private readonly act: (worker: ActingWorker, run: ToRun) => void) {
    ActingWorker.made.push(this);
  }

  postMessage(message: ToWorker): void {
    queueMicrotask(() => {
      if (message.type === 'load') {
        this.snapshot = message.snapshot;
        if (message.snapshot?.[0] === DAMAGED) {
          this.tell({ type: 'failed', message: 'damaged' });
          return;
        }
        if (!message.snapshot) this.#send({ type: 'snapshot', bytes: Uint8Array.of(1) });
        this.tell({ type: 'ready', snapshot: false, made: false });
      } else {
        this.runs.push(message);
        this.tell({ type: 'began' });
        this.act(this, message);
      }
    });
  }

  tell(message: Extract<FromWorker, { type: 'message' }>['message']): void {
    this.#send({ type: 'message', message });
  }

  bytes(kind: Kind, text: string): void {
    this.#send({ type: 'bytes', kind, bytes: encode(text) });
  }

  terminate(): void {
    this.isGone = true;
  }

  #send(data: FromWorker): void {
    if (!this.isGone) this.onmessage?.({ data });
  }
}

function engineOf(act: (worker: ActingWorker, run: ToRun) => void, snapshots?: SnapshotStore): PythonEngine {
  ActingWorker.made = [];
  const load = { type: 'load', asm: '', api: '', module: {}, library: new Uint8Array(), info: {}, tracer: [] } as const;
  const parts = Promise.resolve({ start: () => new ActingWorker(act), load, snapshots });
  return new PythonEngine(() => new WorkerHome(parts, 1, translator(undefined)));
}

function request(source: string, more: Partial<RunRequest> = {}): RunRequest {
  const limits = { steps: 1, virtualTime: 1, wallTime: 60 };
  return { file: '/p.py', source, argv: [], cwd: '/', clock: 'virtual', limits, stdio: 'pipe', ...more };
}

function listening() {
  const heard = { trace: '', stdout: '' };
  const listener = {
    trace: (bytes: Uint8Array) => {
      heard.trace += new TextDecoder().decode(bytes);
    },
    output: (_stream: string, text: string) => {
      heard.stdout += text;
    },
  };
  return { heard, listener };
}

const never = () => new AbortController().signal;

/** Prints a question in the given pieces, reads, and prints the answers. */
function asking(pieces: readonly string[]) {
  return (worker: ActingWorker, { answers }: ToRun) => {
    for (const piece of pieces) worker.bytes(Kind.stdout, piece);
    worker.bytes(Kind.trace, `T${answers.length}`);
    if (answers.length < 2) {
      worker.tell({ type: 'asks', id: answers.length });
      return;
    }
    worker.bytes(Kind.stdout, `${answers.join('')}!`);
    worker.tell({ type: 'done', exit: 0, heap: 1 });
  };
}

test('a program that asks runs anew with each answer, and shows itself once', async () => {
  const engine = engineOf(asking(['이', '름? ']));
  const { heard, listener } = listening();
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return questions.length === 1 ? 'Ann\n' : undefined;
  };
  const end = await engine.run(request('input()', { ask }), listener, never());
  expect(end).toEqual({ exit: 0, stopped: undefined });
  expect(heard).toEqual({ trace: 'T2', stdout: '이름? Ann\n!' });
  expect(questions).toEqual(['이름? ', '']);
  const runs = ActingWorker.made.flatMap((worker) => worker.runs);
  expect(runs.map(({ answers }) => answers)).toEqual([[], ['Ann\n'], ['Ann\n', null]]);
  expect(new Set(runs.map(({ seed }) => JSON.stringify(seed))).size).toBe(1);
  expect(ActingWorker.made.map(({ isGone }) => isGone)).toEqual([true, true, false]);
});

test('the record of a program that cannot ask comes while it runs', async () => {
  let worker!: ActingWorker;
  const engine = engineOf((acting) => {
    worker = acting;
    acting.bytes(Kind.trace, 'early');
  });
  const { heard, listener } = listening();
  const stop = new AbortController();
  const end = engine.run(request('print(1)', { ask: async () => 'no' }), listener, stop.signal);
  await expect.poll(() => heard.trace).toBe('early');
  stop.abort();
  expect(await end).toEqual({ exit: null, stopped: 'cancelled' });
  expect(worker.isGone).toBe(true);
  expect(ActingWorker.made.length).toBe(1);
});

test('what was recorded before a question is kept where the run is stopped there', async () => {
  const engine = engineOf(asking(['? ']));
  const { heard, listener } = listening();
  const stop = new AbortController();
  const ask = () => new Promise<undefined>(() => stop.abort());
  expect(await engine.run(request('input()', { ask }), listener, stop.signal)).toMatchObject({ stopped: 'cancelled' });
  expect(heard.trace).toBe('T0');
  const { heard: next, listener: again } = listening();
  await engine.run(request('input()', { ask: async () => 'x' }), again, never());
  expect(next.stdout).toBe('? xx!');
});

test('a worker begins with the memory of the one before, and without it where that is damaged', async () => {
  let kept: Uint8Array<ArrayBuffer> | undefined = Uint8Array.of(DAMAGED);
  const store: SnapshotStore = {
    get: () => kept,
    set: (next) => {
      kept = next;
    },
  };
  const engine = engineOf(asking(['? ']), store);
  const { heard, listener } = listening();
  await engine.run(request('input()', { ask: async () => 'x' }), listener, never());
  expect(heard.stdout).toBe('? xx!');
  expect(ActingWorker.made.map(({ snapshot }) => snapshot?.[0])).toEqual([DAMAGED, undefined, 1, 1]);
  expect(kept).toEqual(Uint8Array.of(1));
});

test('a Python that cannot be loaded is one error', async () => {
  const engine = new PythonEngine(
    () => new WorkerHome(Promise.reject(new Error('no network')), 1, translator(undefined)),
  );
  await expect(engine.run(request(''), listening().listener, never())).rejects.toThrow(
    'The embedded Python could not be loaded: no network',
  );
});

test('numbers are the same for one seed, and look like none', () => {
  const [one, same, other] = [
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [1, 2, 3, 5],
  ].map((seed) => {
    const next = numbersFrom(seed);
    return Array.from({ length: 4096 }, next);
  });
  expect(same).toEqual(one);
  expect(other).not.toEqual(one);
  expect(new Set(one).size).toBe(256);
  expect(one.reduce((sum, each) => sum + each, 0) / one.length).toBeCloseTo(127.5, -1);
});
