import { Kind } from '../src/engines/embedded/frames';
import type { RunOrder } from '../src/engines/embedded/protocol';

/** Page → worker: run this. One at a time. */
export interface ToPython {
  readonly order: RunOrder;
}

/** Worker → page. */
export type FromPython =
  | { readonly type: 'ready' }
  | { readonly type: 'bytes'; readonly kind: 'trace' | 'stdout' | 'stderr'; readonly bytes: Uint8Array }
  /** `over`: this Python runs nothing more. */
  | { readonly type: 'done'; readonly exit: number; readonly over?: boolean }
  | { readonly type: 'failed'; readonly message: string };

export function kindName(kind: Kind): 'trace' | 'stdout' | 'stderr' {
  if (kind === Kind.trace) return 'trace';
  return kind === Kind.stdout ? 'stdout' : 'stderr';
}
