import { type Kept, keptBy } from '../src/core/filter';
import { type Found, search } from '../src/core/search';
import type { State } from './store';

/** What follows from the state, reckoned again only when what it follows from has changed. */

export const foundOf: (state: State) => Found | undefined = remembered(
  ({ lanes, searching, words }) => [lanes, searching?.text, words],
  ({ lanes, searching, words }) => lanes && searching && search(lanes, searching.text, words),
);

export const keptOf: (state: State) => Kept | undefined = remembered(
  ({ lanes, filter }) => [lanes, filter],
  ({ lanes, filter }) => lanes && keptBy(lanes, filter),
);

function remembered<T>(from: (state: State) => readonly unknown[], reckon: (state: State) => T): (state: State) => T {
  let last: { readonly inputs: readonly unknown[]; readonly result: T } | undefined;
  return (state) => {
    const inputs = from(state);
    if (!last?.inputs.every((input, i) => input === inputs[i])) last = { inputs, result: reckon(state) };
    return last.result;
  };
}
