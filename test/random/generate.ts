import { Dice } from '../dice';
import { type CatchKind, cost, type LaterAct, type Program, type Routine, type Statement } from './grammar';

/** Programs larger than this are thrown away: a thousand of them should not take an hour. */
const MOST_COST = 300;
/** Smaller ones are too quickly over to go wrong. */
const LEAST_COST = 25;

/** What may be used: minor version of Python 3, and whether there are threads. */
export interface Abilities {
  readonly minor: number;
  readonly threads: boolean;
}

/** The same seed and abilities give the same program. */
export function generate(seed: number, abilities: Abilities): Program {
  const dice = new Dice(seed);
  for (;;) {
    const program = new Generator(dice, abilities).program();
    const size = cost(program);
    if (size >= LEAST_COST && size <= MOST_COST) return program;
  }
}

/** Equal times are wanted: ties are where orders go wrong. */
const TIMES = [0, 0, 0.1, 0.25, 0.5, 0.5, 1, 1, 1, 1.5, 2, 0.3, 1e-3];

class Generator {
  #generator = false;
  /** The function that is made; it calls only those after it. */
  #at = 0;
  #functions = 0;
  #generators: boolean[] = [];
  #kind: Program['kind'] = 'plain';

  constructor(
    private readonly dice: Dice,
    private readonly abilities: Abilities,
  ) {}

  program(): Program {
    const { dice, abilities } = this;
    this.#functions = dice.whole(2, 5);
    this.#kind = dice.chance(0.03) ? 'deadlock' : abilities.threads && dice.chance(0.08) ? 'threads' : 'plain';
    this.#generators = Array.from({ length: this.#functions }, (_, i) => i > 0 && dice.chance(0.2));
    const functions: Routine[] = [];
    for (let i = 0; i < this.#functions; i++) {
      this.#at = i + 1;
      this.#generator = this.#generators[i];
      functions.push({ generator: this.#generator, body: this.#body(dice.whole(1, 5), 0) });
    }
    this.#at = 0;
    this.#generator = false;
    return {
      minor: abilities.minor,
      kind: this.#kind,
      // 3.13.0 names every task of a factory "None": nobody could tell them apart.
      eager: abilities.minor >= 12 && abilities.minor !== 13 && dice.chance(0.12),
      queues: Array.from({ length: 2 }, () => ({
        type: dice.pick(['Queue', 'Queue', 'LifoQueue', 'PriorityQueue'] as const),
        max: dice.pick([0, 1, 1, 2]),
      })),
      permits: dice.whole(1, 2),
      functions,
      main: this.#body(dice.whole(2, 7), 0),
    };
  }

  #body(length: number, depth: number): Statement[] {
    return Array.from({ length }, () => {
      const statement = this.#statement(depth);
      return this.dice.chance(0.3) ? { ...statement, quiet: true } : statement;
    });
  }

  #inner(depth: number): Statement[] {
    return this.#body(this.dice.whole(1, 3), depth + 1);
  }

  #time(): number {
    return this.dice.pick(TIMES);
  }

  /** A coroutine function after this one, or none. */
  #callee(generator = false): number | undefined {
    const found = this.#generators.map((each, i) => (each === generator ? i : -1)).filter((i) => i >= this.#at);
    return found.length > 0 ? this.dice.pick(found) : undefined;
  }

  #callees(): number[] {
    const count = this.dice.pick([1, 2, 2, 3]);
    return Array.from({ length: count }, () => this.#callee()).filter((f) => f !== undefined);
  }

  #statement(depth: number): Statement {
    const { dice } = this;
    const { minor } = this.abilities;
    const deep = depth < 3 ? 1 : 0;
    const callable = this.#callee() === undefined ? 0 : 1;
    const op = dice.weighted({
      say: 1,
      sleep: 5,
      block: 0.6,
      object: 0.7,
      call: 3 * callable,
      comprehension: 0.5 * callable,
      each: 0.8 * callable,
      shield: 0.7 * callable,
      recurse: 0.7,
      spawn: 4 * callable,
      join: 1.5,
      cancel: 1.5,
      cancel_self: 0.3,
      gather: 1.5 * callable,
      wait: 1 * callable,
      completed: 0.7 * callable,
      group: minor >= 11 ? 1.2 * callable * deep : 0,
      wait_for: 1.2 * callable,
      wait_for_get: 0.5,
      put: 1.5,
      get: 1,
      put_nowait: 0.4,
      get_nowait: 0.3,
      locked: 2 * deep,
      event: 1.2,
      condition: 0.8,
      future: 1.2,
      later: 1.5,
      items: this.#callee(true) === undefined ? 0 : 1.5 * deep,
      thread: this.#kind === 'threads' ? 3 : 0,
      timeout: minor >= 11 ? 1.5 * deep : 0,
      context: 0.8 * deep,
      loop: 0.8 * deep,
      try: 2.5 * deep,
      raise: 0.5,
      raise_group: minor >= 11 ? 0.2 : 0,
      rename: 0.3,
      never_awaited: 0.05,
      return: 0.2,
      yield: this.#generator ? 5 : 0,
    });
    return this.#made(op, depth);
  }

  #made(op: Statement['op'], depth: number): Statement {
    const { dice } = this;
    const { minor } = this.abilities;
    const f = this.#callee() ?? 0;
    switch (op) {
      case 'sleep':
      case 'block':
      case 'object':
        return { op, s: this.#time() };
      case 'call':
      case 'comprehension':
      case 'shield':
        return { op, f };
      case 'recurse':
        return { op, n: dice.whole(1, 6), s: this.#time() };
      case 'spawn': {
        const how = dice.pick(['create_task', 'create_task', 'named', 'ensure_future', 'loop.create_task'] as const);
        return { op, f, how: minor >= 14 && dice.chance(0.2) ? 'eager_start' : how, kept: dice.chance(0.85) };
      }
      case 'join':
      case 'cancel':
        return { op, k: dice.whole(0, 5) };
      case 'each':
        return { op, fs: this.#callees() };
      case 'gather':
        return { op, fs: this.#callees(), errors: dice.chance(0.5) };
      case 'wait': {
        const until = dice.pick(['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'] as const);
        return { op, fs: this.#callees(), until, s: dice.chance(0.4) ? this.#time() : null };
      }
      case 'completed':
        return { op, fs: this.#callees(), s: dice.chance(0.4) ? this.#time() : null };
      case 'group':
        return { op, fs: this.#callees(), body: this.#inner(depth) };
      case 'wait_for':
        return { op, f, s: this.#time() };
      case 'wait_for_get':
        return { op, r: dice.whole(0, 1), s: this.#time() };
      case 'put':
      case 'get':
      case 'put_nowait':
      case 'get_nowait':
        return { op, r: dice.whole(0, 1) };
      case 'locked':
        return { op, what: dice.pick(['lock', 'lock', 'semaphore', 'condition']), body: this.#inner(depth) };
      case 'event':
        return { op, act: dice.pick(['set', 'set', 'clear', 'wait']) };
      case 'condition':
        return { op, act: dice.pick(['wait', 'notify', 'notify_all', 'notify_all']) };
      case 'future':
        return { op, r: dice.whole(0, 2), act: dice.pick(['set', 'set', 'fail', 'cancel', 'wait', 'wait']) };
      case 'later': {
        const acts: LaterAct[] = ['say', 'future', 'put', 'cancel', 'event', 'spawn'];
        const how = dice.pick(['call_soon', 'call_later', 'done'] as const);
        const callee = this.#callee();
        const act = dice.pick(callee === undefined ? acts.slice(0, 5) : acts);
        return { op, how, s: this.#time(), act, k: act === 'spawn' ? callee! : dice.whole(0, 5) };
      }
      case 'items':
        return { op, f: this.#callee(true)!, stop: dice.chance(0.3), body: this.#inner(depth) };
      case 'thread':
        return { op, how: dice.pick(['to_thread', 'executor', 'threadsafe']), s: dice.pick([0, 0.001, 0.003]) };
      case 'timeout':
      case 'context':
        return { op, s: this.#time(), body: this.#inner(depth) };
      case 'loop':
        return { op, n: dice.whole(2, 3), body: this.#inner(depth) };
      case 'try':
        return { op, catches: this.#catches(), ...this.#handlers(depth) };
      default:
        return { op } as Statement;
    }
  }

  #catches(): CatchKind {
    const all = ['Boom', 'Boom', 'CancelledError', 'TimeoutError', 'BaseException', 'nothing'] as const;
    return this.abilities.minor >= 11 && this.dice.chance(0.1) ? 'group' : this.dice.pick(all);
  }

  #handlers(depth: number): { body: Statement[]; handler: Statement[]; last: Statement[] } {
    const last = this.dice.chance(0.35);
    // An `await` in the `finally` around a `yield` causes trouble in generators that are dropped half-way: wanted, but rarely.
    return { body: this.#inner(depth), handler: this.#inner(depth), last: last ? this.#body(1, depth + 1) : [] };
  }
}
