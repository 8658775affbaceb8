import { EventKind } from '../trace/events';
import type { Trace } from '../trace/read';
import type { NamedSpan, Timeline } from './model';
import { parseObject } from './parse-object';

type Draft = { -readonly [Key in keyof NamedSpan]: NamedSpan[Key] };

const OUTCOMES = ['ended', 'ended', 'raised', 'cancelled'] as const;

/** Spans that the program named, and requests, in the order in which they began. */
export function collectSpans({ events, strings, sites, meta }: Trace): NamedSpan[] {
  const spans = new Map<number, Draft>();
  for (let i = 0; i < events.count; i++) {
    const kind = events.kind[i];
    if (kind < EventKind.span || kind > EventKind.spanEnded) continue;
    const id = events.b[i];
    const time = Math.max(0, events.t0[i] - meta.origin);
    const text = strings[events.c[i]];
    const known = spans.get(id);
    if (kind === EventKind.span || kind === EventKind.request) {
      const isRequest = kind === EventKind.request;
      const span = draft(id, isRequest ? 'request' : 'span', events.a[i], time, events.seq[i]);
      if (isRequest) tell(span, parseObject(text), sites.length);
      else Object.assign(span, { name: text ?? '', route: text ?? '', site: events.d[i] });
      spans.set(id, span);
    } else if (!known) continue;
    else if (kind === EventKind.spanTold) tell(known, parseObject(text), sites.length);
    else {
      known.end = Math.max(known.start, time);
      known.endStep = Math.max(known.startStep, events.seq[i]);
      known.outcome = OUTCOMES[events.d[i]] ?? 'ended';
      known.error = text ?? '';
    }
  }
  return [...spans.values()].map((span) => (span.route === '' ? { ...span, route: routeLike(span.name) } : span));
}

function draft(id: number, kind: NamedSpan['kind'], task: number, start: number, startStep: number): Draft {
  const unknown = { name: '', route: '', site: 0, error: '', peer: '', handler: '', server: '', traceparent: '' };
  const open = { end: undefined, endStep: undefined, outcome: 'pending' as const, status: undefined };
  return { ...unknown, ...open, id, kind, task, start, startStep };
}

function tell(span: Draft, fields: Record<string, unknown>, sites: number): void {
  for (const name of ['name', 'route', 'peer', 'handler', 'server', 'traceparent'] as const) {
    const value = fields[name];
    if (typeof value === 'string') span[name] = value;
  }
  const { status, site } = fields;
  if (typeof status === 'number') span.status = status;
  if (typeof site === 'number' && Number.isInteger(site) && site > 0 && site < sites) span.site = site;
}

/** Where no framework tells the route: parts of the path that hold a digit, or are hidden, are what differs. */
function routeLike(name: string): string {
  return name.replace(/\/[^/\s]*[\d…][^/\s]*/g, '/…');
}

/** `GET /items/7 → 200`. */
export function requestTitle(name: string, status: number | undefined): string {
  return status === undefined ? name : `${name} → ${status}`;
}

const byTask = new WeakMap<readonly NamedSpan[], Map<number, NamedSpan>>();

/** The request that a task serves: the first, if there are several. */
export function requestOf({ spans }: Pick<Timeline, 'spans'>, task: number): NamedSpan | undefined {
  let known = byTask.get(spans);
  if (!known) {
    known = new Map();
    for (const span of spans) if (span.kind === 'request' && !known.has(span.task)) known.set(span.task, span);
    byTask.set(spans, known);
  }
  return known.get(task);
}
