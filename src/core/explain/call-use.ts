import type { Translate } from '../translate';
import { type Around, code } from './explain';

/** How the value of a call is used that is not awaited on the spot. */
export type CallUse =
  /** A statement of its own: the value is dropped. */
  | { readonly kind: 'dropped' }
  /** Assigned to a name; `used`: the name is read later. */
  | { readonly kind: 'kept'; readonly name: string; readonly used: boolean }
  | { readonly kind: 'returned' }
  /** An argument of something that awaits it: `gather`, `create_task`, `run` … */
  | {
      readonly kind: 'handed';
      readonly to: string;
      readonly taker: string;
      readonly nested?: boolean;
      readonly eager?: boolean;
    }
  /** A task of a TaskGroup. */
  | { readonly kind: 'grouped'; readonly group: string }
  | { readonly kind: 'other' };

/** What to write instead of a bare call of a coroutine function. */
export function instead(call: string, around: Around, t: Translate): string {
  switch (around) {
    case 'coroutine':
      return t(
        'Write {0}, or {1} to run it concurrently.',
        code(`await ${call}`),
        code(`asyncio.create_task(${call})`),
      );
    case 'cell':
      return t('Write {0}.', code(`await ${call}`));
    case 'module':
      return t(
        'Write {0}: outside of functions no event loop is running, and Python refuses `await`.',
        code(`asyncio.run(${call})`),
      );
    default:
      return t(
        'A plain function cannot await: make it `async def` and write {0}, or {1} where no event loop is running.',
        code(`await ${call}`),
        code(`asyncio.run(${call})`),
      );
  }
}
