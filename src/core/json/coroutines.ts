import type { ClosedWhy, ContextSpan, CoroutineSpan } from '../timeline/model';
import type { Seconds } from '../units';
import { type FrameJson, known } from './frame';

export interface CoroutineJson {
  readonly id: number;
  readonly task: number | null;
  readonly function: string;
  readonly kind: string;
  readonly file: string;
  readonly line: number;
  readonly awaiter: number | null;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly outcome: CoroutineSpan['outcome'];
  readonly site: FrameJson | null;
  readonly closed?: { readonly why: ClosedWhy; readonly site: FrameJson | null };
  readonly items?: readonly ItemJson[];
  readonly thrown?: readonly {
    readonly time: Seconds;
    readonly task: number | null;
    readonly text: string;
    readonly site: FrameJson | null;
  }[];
}

export interface ItemJson {
  readonly number: number;
  readonly asked: Seconds;
  readonly given: Seconds;
  readonly task: number | null;
  readonly site: FrameJson | null;
}

export interface ContextJson {
  readonly id: number;
  readonly task: number | null;
  readonly label: string;
  readonly site: FrameJson | null;
  readonly entering: Seconds;
  readonly entered: Seconds | null;
  readonly leaving: Seconds | null;
  readonly left: Seconds | null;
  readonly entry: ContextSpan['entry'];
  readonly exit: ContextSpan['exit'];
}

type Frames = (site: number) => FrameJson | null;

export function coroutineJson(span: CoroutineSpan, frame: Frames): CoroutineJson {
  const { id, task, code, awaiter, start, end, outcome, site, closed, items, thrown } = span;
  return {
    id,
    task: known(task),
    function: code.function,
    kind: code.kind,
    file: code.file,
    line: code.firstLine,
    awaiter: known(awaiter),
    start,
    end,
    outcome,
    site: frame(site),
    ...(closed ? { closed: { why: closed.why, site: frame(closed.site) } } : {}),
    ...(items
      ? {
          items: items.map(({ number, asked, given, task: by, site: where }) => {
            return { number, asked, given, task: known(by), site: frame(where) };
          }),
        }
      : {}),
    ...(thrown
      ? {
          thrown: thrown.map(({ time, task: by, text, site: where }) => {
            return { time, task: known(by), text, site: frame(where) };
          }),
        }
      : {}),
  };
}

export function contextJson(context: ContextSpan, frame: Frames): ContextJson {
  const { id, task, label, site, entering, entered, leaving, left, entry, exit } = context;
  return {
    id,
    task: known(task),
    label,
    site: frame(site),
    entering,
    entered: entered ?? null,
    leaving: leaving ?? null,
    left: left ?? null,
    entry,
    exit,
  };
}
