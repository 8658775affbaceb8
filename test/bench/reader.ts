import { readTimeline } from '../../src/core/timeline/build';
import { EventKind } from '../../src/core/trace/events';
import { HEADER_BYTES, MAGIC, MAJOR_VERSION } from '../../src/core/trace/read';

/** From the bytes of a trace file to the model: time and memory, for traces of a million and of ten million steps. */

const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** Steps of each task: short tasks are many tasks. */
const LIVES = [
  { steps: 1_000_000, tasks: 1_000 },
  { steps: 333_000, tasks: 1_000 },
  { steps: 1_000_000, tasks: 100_000 },
  { steps: 10_000_000, tasks: 1_000_000 },
];

export function readerTable(): string[] {
  const lines = [
    '| steps | tasks | segments | file (MB) | file → model (s) | memory a segment (B) |',
    '|---|---|---|---|---|---|',
  ];
  for (const life of LIVES) lines.push(`| ${row(life)} |`);
  return lines;
}

function row({ steps, tasks }: (typeof LIVES)[number]): string {
  const bytes = traceOf(steps, tasks);
  const seconds: number[] = [];
  let memory = 0;
  let segments = 0;
  for (let round = 0; round < (steps > 5_000_000 ? 1 : ROUNDS); round++) {
    collect();
    const before = held();
    const began = performance.now();
    const timeline = readTimeline(bytes);
    seconds.push((performance.now() - began) / 1000);
    collect();
    memory = held() - before;
    segments = timeline.segments.count;
  }
  seconds.sort((a, b) => a - b);
  const number = (value: number) => value.toLocaleString('en');
  const cells = [number(steps), number(tasks), number(segments), (bytes.length / 1e6).toFixed(0)];
  return [...cells, seconds[seconds.length >> 1].toFixed(2), (memory / segments).toFixed(0)].join(' | ');
}

/** `node --expose-gc`, else what is held is an upper bound. */
function collect(): void {
  (globalThis as { gc?: () => void }).gc?.();
}

function held(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Tasks that sleep again and again, a hundred alive at a time, as the tracer would record them. */
export function traceOf(steps: number, tasks: number): Uint8Array {
  const each = steps / tasks;
  const rows = new Uint8Array(steps * 48);
  const events = new Uint8Array((1 + 2 * tasks) * 40);
  const [step, event] = [new DataView(rows.buffer), new DataView(events.buffer)];
  let at = 0;
  const put = (t0: number, t1: number, kind: number, values: readonly number[]) => {
    event.setFloat64(at, t0, true);
    event.setFloat64(at + 8, t1, true);
    event.setUint32(at + 16, kind, true);
    for (const [i, value] of values.entries()) event.setUint32(at + 20 + i * 4, value, true);
    at += 40;
  };
  put(0, 0, EventKind.loop, [0, 1, 1, 0, 0]);
  for (let i = 0; i < steps; i++) {
    // A hundred tasks take turns, then come the next hundred.
    const group = Math.floor(i / (100 * each));
    const task = Math.min(group * 100 + (i % 100), tasks - 1) + 1;
    const nth = Math.floor((i % (100 * each)) / 100);
    const [first, last] = [nth === 0, nth === Math.ceil(each) - 1];
    if (first) put(i * 1e-5, task, EventKind.task, [i, task, 0, 1, 1]);
    const row = i * 48;
    step.setFloat64(row, i * 1e-5, true);
    step.setFloat64(row + 8, i * 1e-5, true);
    step.setFloat64(row + 16, (i + 0.5) * 1e-5, true);
    step.setUint32(row + 28, first ? 1 : 3, true);
    step.setUint32(row + 32, last ? 0 : 1, true);
    step.setUint32(row + 36, last ? 0 : 1, true);
    step.setUint32(row + 40, task, true);
    step.setUint32(row + 44, i, true);
    if (last) put((i + 0.5) * 1e-5, (i + 0.5) * 1e-5, EventKind.done, [i, task, 1, 3, 0]);
  }
  const definitions = [
    ['str', 1, '/project/demo.py'],
    ['str', 2, 'worker'],
    ['str', 3, 'None'],
    ['code', 1, 1, 2, 1, 'coroutine', 1],
    ['site', 1, 0, 1, 3, 4, 3, 20],
    ['wait', 1, 'sleep', 'sleep 1 s', { delay: 1 }],
  ];
  const meta = { clock: 'real', origin: 0, spans: 'inner' };
  const header = new Uint8Array(HEADER_BYTES);
  header.set(MAGIC);
  header[8] = MAJOR_VERSION;
  const parts = [
    header,
    text('META', JSON.stringify(meta)),
    text('DEFS', definitions.map((line) => JSON.stringify(line)).join('\n')),
    ...pieces('EVNT', events.subarray(0, at), 40),
    ...pieces('STEP', rows, 48),
    text('END ', '{"exit":0}'),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  for (const part of parts) {
    bytes.set(part, end);
    end += part.length;
  }
  return bytes;
}

/** Chunks of 512 rows, as the tracer writes them. */
function pieces(tag: string, rows: Uint8Array, width: number): Uint8Array[] {
  const made: Uint8Array[] = [];
  for (let at = 0; at < rows.length; at += 512 * width) {
    const part = rows.subarray(at, at + 512 * width);
    const head = new Uint8Array(16);
    head.set(new TextEncoder().encode(tag));
    new Uint32Array(head.buffer).set([part.length + 8, part.length / width, 1], 1);
    made.push(head, part);
  }
  return made;
}

function text(tag: string, content: string): Uint8Array {
  const padded = new TextEncoder().encode(content + ' '.repeat((8 - (content.length % 8)) % 8));
  const bytes = new Uint8Array(8 + padded.length);
  bytes.set(new TextEncoder().encode(tag));
  new Uint32Array(bytes.buffer)[1] = padded.length;
  bytes.set(padded, 8);
  return bytes;
}
