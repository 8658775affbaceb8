import { joined } from '../../../src/core/joined';
import { EventKind } from '../../../src/core/trace/events';
import { HEADER_BYTES, MAGIC, MAJOR_VERSION } from '../../../src/core/trace/read';

/** A trace as the tracer writes it while a program runs: batch after batch, each ended by a mark. */

export interface StreamOptions {
  readonly tasks: number;
  /** Steps of a batch, and how many batches. */
  readonly steps: number;
  readonly batches: number;
  /** One step in so many is woken by a timer, for which the loop waited: a callback and an idle wait more. 0: none is. */
  readonly timers?: number;
  /** One step in so many prints something. 0: none does. */
  readonly prints?: number;
  /** Number of the loop, the name of its thread, and how many tasks other loops have before its own. */
  readonly loop?: number;
  readonly thread?: string;
  readonly others?: number;
  /** Seconds, at which it begins. */
  readonly from?: number;
}

/** What a step takes, in seconds. */
const STEP = 1e-5;

/** The first part is the header with all definitions, the last one the end. Tasks take turns, and all are done at the end. */
export function* streamOf({
  tasks,
  steps,
  batches,
  timers = 0,
  prints = 0,
  loop = 1,
  thread = 'None',
  others = 0,
  from = 0,
}: StreamOptions): Generator<Uint8Array> {
  const threadName = 4 + loop;
  const definitions = [
    ['str', threadName, thread],
    ['str', 1, '/project/demo.py'],
    ['str', 2, 'worker'],
    ['str', 3, 'None'],
    ['str', 4, '_set_result_unless_cancelled'],
    ['code', 1, 1, 2, 1, 'coroutine', 1],
    ['site', 1, 0, 1, 3, 4, 3, 20],
    ['wait', 1, 'sleep', 'sleep 1 s', { delay: 1 }],
  ];
  const meta = {
    clock: 'real',
    origin: 0,
    spans: 'inner',
    python: '3.14.0',
    engine: 'interpreter',
    program: 'demo.py',
  };
  const header = new Uint8Array(HEADER_BYTES);
  header.set(MAGIC);
  header[8] = MAJOR_VERSION;
  const lines = definitions.map((line) => JSON.stringify(line)).join('\n');
  // Another loop of the same run begins in the middle.
  yield loop === 1
    ? joined([header, text('META', JSON.stringify(meta)), text('DEFS', lines)])
    : text('DEFS', JSON.stringify(definitions[0]));
  const total = steps * batches;
  let turn = 0;
  let now = from;
  for (let batch = 0; batch < batches; batch++) {
    const rows = new Rows(steps, 48);
    const events = new Rows(5 * steps + 1, 40);
    const event = (t0: number, t1: number, kind: number, values: readonly number[]) =>
      events.add([t0, t1], [kind, ...values]);
    if (batch === 0) event(now, now, EventKind.loop, [0, loop, 1, threadName, 0]);
    for (let i = 0; i < steps; i++) {
      const nth = batch * steps + i;
      const id = others + (nth % tasks) + 1;
      const first = nth < tasks;
      const last = nth >= total - tasks;
      if (first) event(now, id, EventKind.task, [turn, id, 0, 1, 1]);
      if (timers > 0 && nth % timers === 0 && !first) {
        event(now, now + 5 * STEP, EventKind.idle, [turn++, 0, 0, 0, 0]);
        now += 5 * STEP;
        event(now, now + STEP / 4, EventKind.callback, [turn++, 3, 0, 4, 0]);
        now += STEP / 4;
      }
      rows.add(
        [now, now + STEP / 4, now + STEP],
        [0, first ? 1 : 3, last ? 0 : 1, last ? 0 : 1, id, Math.max(0, turn - 1)],
      );
      now += STEP;
      turn++;
      if (prints > 0 && nth % prints === 0) event(now, now, EventKind.output, [turn - 1, id, 1, 3, 1]);
      if (last) event(now, now, EventKind.done, [turn, id, 1, 3, 0]);
    }
    yield joined([events.chunk('EVNT', loop), rows.chunk('STEP', loop), text('MARK', '')]);
  }
  yield text('END ', '{"exit":0}');
}

/** Rows of a chunk: 8-byte numbers first, then those of 4 bytes. */
class Rows {
  #count = 0;
  readonly #view: DataView;

  constructor(
    most: number,
    private readonly width: number,
  ) {
    this.#view = new DataView(new ArrayBuffer(most * width));
  }

  add(floats: readonly number[], integers: readonly number[]): void {
    let at = this.#count++ * this.width;
    for (const value of floats) {
      this.#view.setFloat64(at, value, true);
      at += 8;
    }
    for (const value of integers) {
      this.#view.setUint32(at, value, true);
      at += 4;
    }
  }

  chunk(tag: string, loop: number): Uint8Array {
    const head = new Uint8Array(16);
    head.set(new TextEncoder().encode(tag));
    new Uint32Array(head.buffer).set([this.#count * this.width + 8, this.#count, loop], 1);
    return joined([head, new Uint8Array(this.#view.buffer, 0, this.#count * this.width)]);
  }
}

function text(tag: string, content: string): Uint8Array {
  const padded = new TextEncoder().encode(content + ' '.repeat((8 - (content.length % 8)) % 8));
  const bytes = new Uint8Array(8 + padded.length);
  bytes.set(new TextEncoder().encode(tag));
  new Uint32Array(bytes.buffer)[1] = padded.length;
  bytes.set(padded, 8);
  return bytes;
}
