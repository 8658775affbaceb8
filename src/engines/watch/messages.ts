import type { Recent } from '../../core/recent/recent';
import type { Seconds } from '../../core/units';

/** What the thread is started with. */
export interface WatchOptions {
  /** How many of the last seconds are told of. */
  readonly length: Seconds;
  /** English → the reader's language. */
  readonly words: Readonly<Record<string, string>>;
}

/** To the thread. */
export type ToWatch =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** Whether what comes is as new as it is now: then time goes on where nothing comes. Otherwise now is the last record. */
  | { readonly kind: 'growing'; readonly on: boolean }
  /** What comes is another trace. */
  | { readonly kind: 'anew' };

/** From the thread. */
export type FromWatch =
  | { readonly kind: 'recent'; readonly recent: Recent }
  /** So many of the bytes that came were taken in. */
  | { readonly kind: 'taken'; readonly count: number }
  /** What came cannot be read. */
  | { readonly kind: 'failed'; readonly message: string };
