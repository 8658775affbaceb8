import type { RowHeights } from '../../src/core/rows/row';

/** In pixels of the page. */
export const HEIGHTS: RowHeights = {
  loop: 34,
  task: 28,
  coroutines: 20,
  output: 26,
  group: 52,
  section: 24,
  bars: 28,
  chart: 36,
  ghost: 16,
};
