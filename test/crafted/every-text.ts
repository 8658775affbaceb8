import { joined } from '../../src/core/joined';
import { EventKind } from '../../src/core/trace/events';
import { PlanNoteSchema } from '../../src/core/trace/read-plan-notes';
import { chunk, TraceStory, text } from '../core/encode';

/** A trace that has a text in every field that may hold one, and copies of it in which one of them, or all, are other texts. */

export const FILE = '/project/demo.py';

/** A text of a trace: `code 3 · kind`, `META · notes[2].call`, … */
export interface Field {
  readonly name: string;
  readonly with: (text: string) => Uint8Array;
}

/** Each field by itself, without those that hold the same as another: `str 7` is one, whoever refers to it. */
export function fieldsOf(trace: Uint8Array): Field[] {
  const found: Field[] = [];
  const chunks = chunksOf(trace);
  const changed = (nth: number, content: string) =>
    joined([
      trace.slice(0, 16),
      ...chunks.map(({ tag, payload }, i) => chunk(tag, i === nth ? text(content) : payload)),
    ]);
  chunks.forEach(({ tag, payload }, nth) => {
    const content = new TextDecoder().decode(payload).trim();
    if (tag === 'META')
      for (const { path, put } of textsIn(JSON.parse(content)))
        found.push({ name: `META · ${path}`, with: (crafted) => changed(nth, JSON.stringify(put(crafted))) });
    if (tag !== 'DEFS') return;
    const lines = content.split('\n');
    lines.forEach((line, at) => {
      const [kind, id, ...rest] = JSON.parse(line);
      for (const { path, put } of textsIn(rest)) {
        const made = (crafted: string) => JSON.stringify([kind, id, ...(put(crafted) as unknown[])]);
        const all = (crafted: string) => [...lines.slice(0, at), made(crafted), ...lines.slice(at + 1)].join('\n');
        found.push({ name: `${kind} ${id} · ${path}`, with: (crafted) => changed(nth, all(crafted)) });
      }
    });
  });
  return found;
}

/** All texts at once: `craft` says what becomes of each. */
export function crafted(trace: Uint8Array, craft: (text: string) => string): Uint8Array {
  const again = (value: unknown): unknown => every(value, (each) => inner(each, craft));
  return joined([
    trace.slice(0, 16),
    ...chunksOf(trace).map(({ tag, payload }) => {
      const content = new TextDecoder().decode(payload).trim();
      if (tag === 'META') return chunk(tag, text(JSON.stringify(again(JSON.parse(content)))));
      if (tag !== 'DEFS') return chunk(tag, payload);
      const lines = content.split('\n').map((line) => {
        const [kind, id, ...rest] = JSON.parse(line);
        return JSON.stringify([kind, id, ...(again(rest) as unknown[])]);
      });
      return chunk(tag, text(lines.join('\n')));
    }),
  ]);
}

/** Some texts are JSON themselves: errors, log records. */
function inner(value: string, craft: (text: string) => string): string {
  return value.startsWith('{') ? JSON.stringify(every(JSON.parse(value), craft)) : craft(value);
}

function every(value: unknown, craft: (text: string) => string): unknown {
  if (typeof value === 'string') return craft(value);
  if (Array.isArray(value)) return value.map((each) => every(each, craft));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, every(each, craft)]));
}

function* textsIn(
  value: unknown,
  path = '',
  put: (value: unknown) => unknown = (made) => made,
): Generator<{ path: string; put: (text: string) => unknown }> {
  if (typeof value === 'string' && value.startsWith('{'))
    yield* textsIn(JSON.parse(value), path, (made) => put(JSON.stringify(made)));
  else if (typeof value === 'string') yield { path, put };
  else if (Array.isArray(value))
    for (const [i, each] of value.entries())
      yield* textsIn(each, `${path}[${i}]`, (made) => put(value.map((old, at) => (at === i ? made : old))));
  else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value))
      yield* textsIn(each, `${path}.${name}`, (made) => put({ ...value, [name]: made }));
}

function chunksOf(trace: Uint8Array): { tag: string; payload: Uint8Array }[] {
  const view = new DataView(trace.buffer, trace.byteOffset, trace.byteLength);
  const found: { tag: string; payload: Uint8Array }[] = [];
  for (let at = 16; at < trace.length; ) {
    const length = view.getUint32(at + 4, true);
    found.push({
      tag: new TextDecoder().decode(trace.slice(at, at + 4)),
      payload: trace.slice(at + 8, at + 8 + length),
    });
    at += 8 + length;
  }
  return found;
}

/** Kinds of definitions, as the description of the format lists them. */
export function documentedKinds(format: string): string[] {
  return [...format.matchAll(/^\| `\["(\w+)",/gm)].map(([, kind]) => kind);
}

/** Notes of every kind there is, with a text wherever one may stand. */
function everyNote(): unknown[] {
  type Schema = { type: string; literal?: unknown; options?: readonly unknown[]; wrapped?: Schema };
  const made = ({ type, literal, options, wrapped }: Schema): unknown => {
    if (type === 'literal') return literal;
    if (type === 'picklist') return options![0];
    if (type === 'optional') return made(wrapped!);
    return { string: 'noted', number: 1, boolean: true, array: ['noted'] }[type];
  };
  return PlanNoteSchema.options.map(({ entries }) =>
    Object.fromEntries(Object.entries(entries).map(([name, schema]) => [name, made(schema as Schema)])),
  );
}

/** With every kind of definition, and what refers to it: a run that failed, and says so. */
export function everyText(): Uint8Array {
  const story = new TraceStory(FILE);
  story.holds = 'sampled';
  story.whatIf = [
    { file: FILE, line: 3, column: null, task: { name: 'first', path: [] }, visit: null, from: 1, to: 2 },
  ];
  const main = story.task('first', 'main', 0);
  const child = story.task('second', 'work', 0.1, main, 4);
  story.called(child, "'argument'").group(child, 'gather').group(main, 'TaskGroup');
  story.step(main, {
    start: 0,
    end: 0.1,
    stands: ['main:4:4'],
    wait: ['task', 'task second', { task: child, name: 'x' }],
  });
  const lock = story.resource('lock', 'lock a', { type: 'MyLock', site: 1 });
  const job = story.job('thread', 'reads', 0.2, child);
  story.jobStarted(job, 0.2, 'worker-1').jobEnded(job, 0.5, 'exception', 'OSError: gone');
  story.use(lock, 'taken', 0.2, child);
  story.held(['work:7:4', 'loads!:9:8=loads(1)', '~sleep!:1:0=time.sleep(1)'], 0.3, 1.3, { task: child, blocked: 1 });
  story.step(child, {
    start: 0.2,
    end: 1.5,
    by: main,
    cause: 'task',
    stands: ['work:7:4', '~sleep:1:0'],
    wait: ['sleep', 'sleep 1 s', { delay: 1 }],
  });
  story.print('printed\n', 1.4, child).log('WARNING', 'logged', 1.4, child);
  story.callback('called back', 1.6, main);
  const span = story.enter(child, 'helper', 1.5);
  story.leave(span, 1.6);
  story.step(child, { start: 2, by: 0, cause: 'timer' }).done(child, 2, 'exception', 'ValueError: bad');
  story.error('ValueError', 'bad', 2.1, child, 3);
  story.step(main, {
    start: 2.2,
    by: child,
    cause: 'task',
    from: 'work:7:4',
    stands: ['main:5:4'],
    wait: ['lock', 'lock a', { resource: lock }],
  });
  story.stop('deadlock', 'Nothing can go on.', 3);
  const bytes = story.bytes({ ended: false });
  return joined([
    bytes.slice(0, 16),
    ...chunksOf(bytes).map(({ tag, payload }) => {
      const content = () => new TextDecoder().decode(payload).trim();
      if (tag === 'META')
        return chunk(tag, text(JSON.stringify({ ...JSON.parse(content()), argv: ['given'], notes: everyNote() })));
      // A site may have all there is to say of it; and what of `forget` is a text.
      if (tag === 'DEFS')
        return chunk(
          tag,
          text(`${content()}\n["site",90,0,1,3,4,3,20,"enter",[3],"labelled",false]\n["forget",1,"str"]`),
        );
      return chunk(tag, payload);
    }),
  ]);
}

/** The same, and behind it records of every kind that refer to all texts as whatever it may be. */
export function everyRecord(): Uint8Array {
  const kinds = Object.values(EventKind);
  const ids = [1, 2, 3, 4, 5, 6];
  const bytes = new Uint8Array(8 + kinds.length * ids.length * 40);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, kinds.length * ids.length, true);
  view.setUint32(4, 1, true);
  kinds.forEach((kind, nth) => {
    for (const [i, id] of ids.entries()) {
      const at = 8 + (nth * ids.length + i) * 40;
      view.setFloat64(at, 2.5, true);
      view.setFloat64(at + 8, 2.5, true);
      for (const [n, value] of [kind, 3, 1 + (i % 2), id, id, id].entries())
        view.setUint32(at + 16 + 4 * n, value, true);
    }
  });
  return joined([everyText(), chunk('EVNT', bytes)]);
}
