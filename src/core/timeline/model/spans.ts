import type { Seconds } from '../../units';

/** A stretch with a name: of a request that a server answers, or of a `coroscope.span()` of the program. */
export interface NamedSpan {
  readonly id: number;
  readonly kind: 'request' | 'span';
  /** `GET /items/7`, or what the program calls it. */
  readonly name: string;
  /** What alike ones have in common: `GET /items/{id}`, or the name. */
  readonly route: string;
  /** Task id, 0 none. */
  readonly task: number;
  /** Where the `with` stands, or the handler of a request is written (site id, 0 unknown). */
  readonly site: number;
  readonly start: Seconds;
  /** Turn in which it began, and in which it ended. */
  readonly startStep: number;
  /** Undefined: it was going on when the record ended. */
  readonly end: Seconds | undefined;
  readonly endStep: number | undefined;
  readonly outcome: 'ended' | 'raised' | 'cancelled' | 'pending';
  /** `Type: message` of the exception that left it, or empty. */
  readonly error: string;
  /** What is known of a request: its response's status or close code, the other side, the name of its handler, which server answers. */
  readonly status: number | undefined;
  readonly peer: string;
  readonly handler: string;
  readonly server: string;
  /** The header of W3C Trace Context that came with it, or empty. */
  readonly traceparent: string;
}
