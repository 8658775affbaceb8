import { joined } from '../../src/core/joined';
import { EventKind } from '../../src/core/trace/events';
import { HEADER_BYTES, MAGIC, MAJOR_VERSION } from '../../src/core/trace/read';
import { causeKinds } from '../../src/core/trace/records';
import { chunk, text } from '../core/encode';
import type { Dice } from '../dice';
import { definitions } from './lying-definitions';

/**
 * Traces whose chunks are all well formed and whose records lie: about tasks that do not exist, times that run backwards, places in
 * circles, texts where numbers belong. Most of a trace is plausible, so that a lie is met deep inside, not at the door.
 */
export function lyingTrace(dice: Dice): { readonly bytes: Uint8Array; readonly kinds: ReadonlySet<string> } {
  const kinds = new Set<string>();
  const chunks: Uint8Array[] = [header(), chunk('META', text(JSON.stringify(meta(dice))))];
  const pieces = 1 + dice.below(4);
  for (let piece = 0; piece < pieces; piece++) {
    const loop = dice.chance(0.8) ? 1 : number(dice);
    chunks.push(chunk('DEFS', text(definitions(dice, kinds))));
    chunks.push(chunk('STEP', rows(dice, dice.below(30), loop, 3, 6, step, kinds)));
    chunks.push(chunk('EVNT', rows(dice, dice.below(40), loop, 2, 6, event, kinds)));
    chunks.push(chunk('USES', columns(dice, dice.below(20), loop, kinds)));
    if (dice.chance(0.2)) chunks.push(chunk('MARK', new Uint8Array()));
    if (dice.chance(0.05)) chunks.push(chunk('NEWS', text('a chunk of a later version')));
  }
  if (dice.chance(0.6)) chunks.push(chunk('END ', text(JSON.stringify({ exit: number(dice), steps: 1 }))));
  const bytes = joined(chunks);
  // What is cut off in the middle, and a byte that turned over.
  if (dice.chance(0.1)) return { bytes: bytes.slice(0, HEADER_BYTES + dice.below(bytes.length)), kinds };
  if (dice.chance(0.1)) bytes[dice.below(bytes.length)] = dice.below(256);
  return { bytes, kinds };
}

/** Small numbers refer to something; the others are what an attacker would try. */
const LARGE = [0, 1, 31, 32, 255, 65535, 1 << 20, (1 << 28) - 1, 1 << 28, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

function number(dice: Dice): number {
  return dice.chance(0.93) ? dice.below(12) : dice.pick(LARGE);
}

const TIMES = [-1, 0, 1e-9, 1e9, 9e9, -9e9, 1e10, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE];

/** Mostly onwards. A time that is out of bounds ends the reading, so there are few. */
function time(dice: Dice, clock: { now: number }): number {
  if (dice.chance(0.7)) clock.now += dice.chance(0.5) ? 0 : dice.next();
  if (dice.chance(0.001)) return dice.pick(TIMES);
  return dice.chance(0.05) ? clock.now - dice.next() * 3 : clock.now;
}

function step(dice: Dice, clock: { now: number }, kinds: Set<string>): number[] {
  const [ready, start, end] = [time(dice, clock), time(dice, clock), time(dice, clock)];
  const cause = dice.chance(0.95)
    ? dice.below(causeKinds.length) + (dice.chance(0.1) ? 8 : 0) + 32 * number(dice)
    : number(dice);
  kinds.add(`step:${cause & 7}`);
  return [
    dice.chance(0.2) ? 0 : ready,
    start,
    end,
    number(dice),
    cause,
    number(dice),
    number(dice),
    number(dice),
    number(dice),
  ];
}

const KNOWN = Object.entries(EventKind);

function event(dice: Dice, clock: { now: number }, kinds: Set<string>): number[] {
  const [name, kind] = dice.chance(0.97) ? dice.pick(KNOWN) : (['unknown', dice.below(300)] as const);
  kinds.add(`event:${name}`);
  const second = dice.chance(0.2) ? dice.pick([-1, number(dice)]) : time(dice, clock);
  return [time(dice, clock), second, kind, number(dice), number(dice), number(dice), number(dice), number(dice)];
}

function meta(dice: Dice): unknown {
  const word = () =>
    dice.pick([
      '',
      'virtual',
      'real',
      'embedded',
      '3.14.0',
      '/p/demo.py',
      '\u001b]0;x\u0007',
      'x'.repeat(5000),
      7,
      null,
    ]);
  const note = { kind: dice.pick(['import', 'cut', 'dedent', '']), line: number(dice), text: word() };
  const change = {
    file: word(),
    line: number(dice),
    column: null,
    task: null,
    number: null,
    seconds: dice.pick([1, -1, 1e300]),
  };
  return {
    python: word(),
    implementation: 'cpython',
    platform: word(),
    clock: dice.pick(['virtual', 'real', 'sundial']),
    engine: word(),
    program: word(),
    argv: dice.pick([[], ['a', '\u202e'], 'no list']),
    monitoring: '',
    columns: dice.chance(0.5),
    clipped: dice.chance(0.2),
    origin: dice.chance(0.97) ? 0 : dice.pick([1e9, -5, '0', null]),
    spans: dice.pick(['all', 'inner', 'some']),
    ...(dice.chance(0.2) ? { notes: dice.pick([[note], note, [1]]) } : {}),
    ...(dice.chance(0.2) ? { whatIf: dice.pick([[change], change, 'none']) } : {}),
  };
}

/** Rows of `floats` f64 and `integers` u32, as `STEP` and `EVNT` have them. */
function rows(
  dice: Dice,
  count: number,
  loop: number,
  floats: number,
  integers: number,
  row: (dice: Dice, clock: { now: number }, kinds: Set<string>) => number[],
  kinds: Set<string>,
): Uint8Array {
  const bytes = new Uint8Array(8 + count * (8 * floats + 4 * integers));
  const view = heading(bytes, count, loop);
  const clock = { now: 0 };
  let at = 8;
  for (let i = 0; i < count; i++) {
    row(dice, clock, kinds).forEach((value, n) => {
      if (n < floats) view.setFloat64(at, value, true);
      else view.setUint32(at, value >>> 0, true);
      at += n < floats ? 8 : 4;
    });
  }
  return bytes;
}

function columns(dice: Dice, count: number, loop: number, kinds: Set<string>): Uint8Array {
  const bytes = new Uint8Array(8 + count * 24);
  const view = heading(bytes, count, loop);
  const clock = { now: 0 };
  for (let i = 0; i < count; i++) {
    const kind = dice.below(16);
    kinds.add(`use:${kind}`);
    view.setFloat64(8 + 8 * i, time(dice, clock), true);
    const values = [(number(dice) << 5) + kind, number(dice), number(dice), number(dice)];
    for (const [n, value] of values.entries()) view.setUint32(8 + 8 * count + 4 * (n * count + i), value >>> 0, true);
  }
  return bytes;
}

function heading(bytes: Uint8Array, count: number, loop: number): DataView {
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  view.setUint32(4, loop >>> 0, true);
  return view;
}

function header(): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  bytes.set(MAGIC);
  bytes[8] = MAJOR_VERSION;
  return bytes;
}
