import { readFileSync } from 'node:fs';
import type { Program, Statement } from './grammar';

/** A random program as Python, and what is known of its lines. */
export interface Emitted {
  readonly source: string;
  /** By line: the function it belongs to. */
  readonly functions: ReadonlyMap<number, string>;
  /** By line: what a task that is suspended there may wait for, in its innermost frame of the program's own. */
  readonly waits: ReadonlyMap<number, Expected>;
  /** By `mark number` of a printed line: where its `print` stands. */
  readonly prints: ReadonlyMap<string, number>;
}

export interface Expected {
  readonly kinds: readonly string[];
  /** Of a sleep. */
  readonly delay?: number;
}

const prelude = readFileSync(new URL('./prelude.py', import.meta.url), 'utf8');

export function emit(program: Program): Emitted {
  return new Emitter(program).emitted();
}

class Emitter {
  readonly #lines: string[] = [];
  readonly #functions = new Map<number, string>();
  readonly #waits = new Map<number, Expected>();
  readonly #prints = new Map<string, number>();
  #indent = 0;
  /** Number of enclosing `except*` blocks. */
  #star = 0;
  #function = '';
  #count = 0;

  constructor(private readonly program: Program) {}

  emitted(): Emitted {
    for (const line of prelude.trimEnd().split('\n')) this.#put(line);
    this.#findSleeps();
    this.#put(`LIMIT = ${this.program.kind === 'threads' ? 2 : 30}`);
    for (const [i, { body }] of this.program.functions.entries()) this.#routine(`f${i}`, body, false);
    this.#routine('program', this.program.main, true);
    this.#main();
    const source = `${this.#lines.join('\n')}\n`;
    return { source, functions: this.#functions, waits: this.#waits, prints: this.#prints };
  }

  #put(line: string): number {
    this.#lines.push(line === '' ? '' : ' '.repeat(4 * this.#indent) + line);
    if (this.#function !== '') this.#functions.set(this.#lines.length, this.#function);
    return this.#lines.length;
  }

  /** What the prelude's own lines wait for. */
  #findSleeps(): void {
    this.#lines.forEach((line, i) => {
      if (line.includes('await asyncio.sleep(')) this.#waits.set(i + 1, { kinds: ['sleep', 'yield'] });
      if (line.includes('await asyncio.wait(')) this.#waits.set(i + 1, { kinds: ['wait'] });
    });
  }

  #routine(name: string, body: readonly Statement[], main: boolean): void {
    this.#put('');
    this.#put('');
    this.#put(`async def ${name}():`);
    this.#function = name;
    this.#indent++;
    this.#put('mine = []');
    for (const statement of body) this.#statement(statement);
    // The `yield` that makes the function a generator is at its end, where it may never be reached.
    if (!main && this.program.functions[Number(name.slice(1))].generator) this.#put('yield -1');
    this.#indent--;
    this.#function = '';
  }

  #main(): void {
    const { program } = this;
    const names = program.functions.map((_, i) => `f${i}`).join(', ');
    const queues = program.queues.map(({ type, max }) => `asyncio.${type}(${max})`).join(', ');
    const lines = [
      `functions = [${names}]`,
      '',
      '',
      'async def main():',
      '    global queues, futures, lock, semaphore, condition, event',
      `    queues = [${queues}]`,
      '    futures = [asyncio.get_running_loop().create_future() for _ in range(3)]',
      `    lock, semaphore, condition, event = asyncio.Lock(), asyncio.Semaphore(${program.permits}), asyncio.Condition(), asyncio.Event()`,
      ...(program.eager ? ['    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)'] : []),
      "    body = asyncio.create_task(program(), name='body')",
      '    made.append(body)',
    ];
    if (program.kind === 'deadlock') lines.push('    await asyncio.wait({body})', '    await asyncio.Event().wait()');
    else lines.push('    await end(body)');
    for (const line of ['', '', ...lines, '', '', 'asyncio.run(main())']) this.#put(line);
  }

  /** Statements in a block of their own; none: `pass`. */
  #block(head: string, body: readonly Statement[], first: readonly string[] = []): number {
    const line = this.#put(head);
    this.#indent++;
    for (const each of first) this.#put(each);
    for (const each of body) this.#statement(each);
    if (body.length === 0 && first.length === 0) this.#put('pass');
    this.#indent--;
    return line;
  }

  #print(mark: string, id: number): void {
    this.#prints.set(`${mark} ${id}`, this.#put(`print('${mark}', ${id}, *now())`));
  }

  /** One line that awaits, between two that print. */
  #await(line: string, { quiet }: Statement, expected?: Expected): void {
    const id = ++this.#count;
    if (!quiet) this.#print('b', id);
    const at = this.#put(line);
    if (expected) this.#waits.set(at, expected);
    if (!quiet) this.#print('a', id);
  }

  #expect(line: number, ...kinds: string[]): void {
    this.#waits.set(line, { kinds });
  }

  #tasks(fs: readonly number[], id: number): void {
    this.#put(`tasks = [${fs.map((f) => `asyncio.create_task(f${f}())`).join(', ')}]`);
    this.#put('for task in tasks:');
    this.#put(`    spawned(task, mine, True, ${id})`);
  }

  #statement(each: Statement): void {
    const id = ++this.#count;
    switch (each.op) {
      case 'say':
        this.#print('b', id);
        break;
      case 'sleep':
        this.#await(
          `await asyncio.sleep(${each.s})`,
          each,
          each.s === 0 ? { kinds: ['yield'] } : { kinds: ['sleep'], delay: each.s },
        );
        break;
      case 'block':
        this.#put(`time.sleep(${each.s})`);
        break;
      case 'object':
        this.#await(`await Waits(${each.s})`, each);
        break;
      case 'call':
        this.#await(`await f${each.f}()`, each);
        break;
      case 'comprehension':
        this.#await(`[await f${each.f}() for _ in range(2)]`, each);
        break;
      case 'shield':
        this.#await(`await asyncio.shield(f${each.f}())`, each, { kinds: ['shield'] });
        break;
      case 'recurse':
        this.#await(`await dive(${each.n}, ${each.s})`, each);
        break;
      case 'spawn':
        this.#spawn(each, id);
        break;
      case 'join':
        this.#put('if mine:');
        this.#indent++;
        this.#await(`await mine[${each.k} % len(mine)]`, each, { kinds: ['task'] });
        this.#indent--;
        break;
      case 'cancel':
        this.#put(`cancel(${id}, ${each.k})`);
        break;
      case 'cancel_self':
        this.#put('asyncio.current_task().cancel()');
        break;
      case 'each':
        // One place that awaits two functions in turn, beginning with either.
        this.#put(`for each in (${each.fs.map((f) => `f${f}`).join(', ')},)[next(counter) % ${each.fs.length} :]:`);
        this.#indent++;
        this.#await('await each()', each);
        this.#indent--;
        break;
      case 'gather': {
        const calls = each.fs.map((f) => `f${f}()`).join(', ');
        this.#await(`await asyncio.gather(${calls}, return_exceptions=${each.errors ? 'True' : 'False'})`, each, {
          kinds: ['gather'],
        });
        break;
      }
      case 'wait':
        this.#tasks(each.fs, id);
        this.#await(`await asyncio.wait(tasks, return_when=asyncio.${each.until}, timeout=${each.s ?? 'None'})`, each, {
          kinds: ['wait'],
        });
        break;
      case 'completed':
        this.#tasks(each.fs, id);
        this.#put(`for each in asyncio.as_completed(tasks, timeout=${each.s ?? 'None'}):`);
        this.#indent++;
        this.#await('await each', each, { kinds: ['as_completed'] });
        this.#indent--;
        break;
      case 'group': {
        const first = each.fs.map((f) => `made.append(group${id}.create_task(f${f}()))`);
        this.#expect(this.#block(`async with asyncio.TaskGroup() as group${id}:`, each.body, first), 'taskgroup');
        break;
      }
      case 'wait_for':
        this.#await(`await asyncio.wait_for(f${each.f}(), ${each.s})`, each, { kinds: ['wait_for'] });
        break;
      case 'wait_for_get':
        this.#await(`await asyncio.wait_for(queues[${each.r}].get(), ${each.s})`, each, {
          kinds: ['wait_for', 'queue.get'],
        });
        break;
      case 'put':
        this.#await(`await queues[${each.r}].put(next(counter))`, each, { kinds: ['queue.put'] });
        break;
      case 'get':
        this.#await(`await queues[${each.r}].get()`, each, { kinds: ['queue.get'] });
        break;
      case 'put_nowait':
      case 'get_nowait':
        this.#put(`${each.op}(${each.r})`);
        break;
      case 'locked': {
        const inside = each.quiet ? [] : [`print('h', ${id}, *now(), '${each.what}')`];
        this.#expect(
          this.#block(`async with ${each.what}:`, each.body, inside),
          each.what === 'semaphore' ? 'semaphore' : 'lock',
        );
        break;
      }
      case 'event':
        if (each.act === 'wait') this.#await('await event.wait()', each, { kinds: ['event'] });
        else this.#put(`event.${each.act}()`);
        break;
      case 'condition':
        this.#expect(this.#put('async with condition:'), 'lock');
        this.#indent++;
        if (each.act === 'wait') this.#await('await condition.wait()', each, { kinds: ['condition', 'lock'] });
        else this.#put(`condition.${each.act}()`);
        this.#indent--;
        break;
      case 'future':
        this.#future(each, id);
        break;
      case 'later':
        this.#later(each, id);
        break;
      case 'items': {
        const head = `async for item in f${each.f}():`;
        this.#block(head, each.body, each.quiet ? ['pass'] : [`print('i', ${id}, *now())`]);
        if (each.stop) this.#put('    break');
        break;
      }
      case 'thread':
        this.#thread(each);
        break;
      case 'timeout':
        this.#block(`async with asyncio.timeout(${each.s}):`, each.body);
        break;
      case 'context':
        this.#block(`async with Context(${each.s}):`, each.body);
        break;
      case 'loop':
        this.#block(`for _ in range(${each.n}):`, each.body);
        break;
      case 'try':
        this.#try(each);
        break;
      case 'raise':
        this.#put(`raise Boom(${id})`);
        break;
      case 'raise_group':
        this.#put(`raise ExceptionGroup('several', [Boom(${id}), Boom(0)])`);
        break;
      case 'rename':
        this.#put("asyncio.current_task().set_name(f'name-{next(counter)}')");
        break;
      case 'never_awaited':
        this.#put('dive(1, 0)');
        break;
      case 'return':
        // Python forbids it in an `except*`.
        this.#put(this.#star > 0 ? 'pass' : this.#isGenerator() ? 'return' : `return ${id}`);
        break;
      case 'yield':
        this.#put(`yield ${id}`);
    }
  }

  #isGenerator(): boolean {
    return this.program.functions[Number(this.#function.slice(1))]?.generator === true;
  }

  #spawn({ f, how, kept }: Extract<Statement, { op: 'spawn' }>, id: number): void {
    const makes = {
      create_task: `asyncio.create_task(f${f}())`,
      named: `asyncio.create_task(f${f}(), name=f'named-{next(counter)}')`,
      ensure_future: `asyncio.ensure_future(f${f}())`,
      'loop.create_task': `asyncio.get_running_loop().create_task(f${f}())`,
      eager_start: `asyncio.create_task(f${f}(), eager_start=True)`,
    };
    this.#prints.set(`s ${id}`, this.#put(`spawned(${makes[how]}, mine, ${kept ? 'True' : 'False'}, ${id})`));
  }

  #future(each: Extract<Statement, { op: 'future' }>, id: number): void {
    if (each.act === 'wait') this.#await(`await futures[${each.r}]`, each, { kinds: ['future'] });
    else if (each.act === 'cancel') this.#put(`futures[${each.r}].cancel()`);
    else this.#put(each.act === 'set' ? `settle(${each.r})` : `settle(${each.r}, Boom(${id}))`);
  }

  #later({ how, s, act, k }: Extract<Statement, { op: 'later' }>, id: number): void {
    const call = `later, ${id}, '${act}', ${k}`;
    if (how === 'call_soon') this.#put(`asyncio.get_running_loop().call_soon(${call})`);
    else if (how === 'call_later') this.#put(`asyncio.get_running_loop().call_later(${s}, ${call})`);
    else {
      this.#put('if mine:');
      this.#put(`    mine[${k} % len(mine)].add_done_callback(lambda _: later(${call.slice(7)}))`);
    }
  }

  #thread(each: Extract<Statement, { op: 'thread' }>): void {
    if (each.how === 'to_thread')
      this.#await(`await asyncio.to_thread(time.sleep, ${each.s})`, each, { kinds: ['thread'] });
    else if (each.how === 'executor')
      this.#await(`await asyncio.get_running_loop().run_in_executor(None, time.sleep, ${each.s})`, each, {
        kinds: ['thread'],
      });
    else {
      this.#put(`thread_sets(${each.s})`);
      this.#await('await event.wait()', each, { kinds: ['event'] });
    }
  }

  #try({ catches, body, handler, last }: Extract<Statement, { op: 'try' }>): void {
    const names = {
      Boom: 'except Boom:',
      CancelledError: 'except asyncio.CancelledError:',
      TimeoutError: 'except asyncio.TimeoutError:',
      BaseException: 'except BaseException:',
      group: 'except* Boom:',
    };
    this.#block('try:', body);
    if (catches === 'group') this.#star++;
    if (catches !== 'nothing') this.#block(names[catches], handler);
    if (catches === 'group') this.#star--;
    if (catches === 'nothing' || last.length > 0) this.#block('finally:', last);
  }
}
