import type { NamedSpan } from '../timeline/model';
import type { Seconds } from '../units';
import { type FrameJson, known } from './frame';

/** A request that a server answered, or a `coroscope.span()` of the program. */
export interface SpanJson {
  readonly id: number;
  readonly kind: NamedSpan['kind'];
  readonly name: string;
  /** What alike ones have in common: `GET /items/{id}`; of a span its name. */
  readonly route: string;
  readonly task: number | null;
  readonly start: Seconds;
  readonly end: Seconds | null;
  readonly outcome: NamedSpan['outcome'];
  readonly error?: string;
  readonly site: FrameJson | null;
  /** Of a request, as far as they are known. */
  readonly status?: number;
  readonly peer?: string;
  readonly handler?: string;
  readonly server?: string;
  readonly traceparent?: string;
}

export function spanJson(span: NamedSpan, frame: (site: number) => FrameJson | null): SpanJson {
  const { id, kind, name, route, task, start, end, outcome, error, site, status } = span;
  const { peer, handler, server, traceparent } = span;
  const texts = Object.entries({ error, peer, handler, server, traceparent }).filter(([, text]) => text !== '');
  const about = { task: known(task), start, end: end ?? null, outcome, site: frame(site) };
  return { id, kind, name, route, ...about, ...(status === undefined ? {} : { status }), ...Object.fromEntries(texts) };
}
