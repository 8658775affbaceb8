/** The characters of the picture. `ascii` is for terminals and logs that know no others. */
export interface Symbols {
  readonly running: string;
  /** A step that is too short to be drawn as long as it was. */
  readonly moment: string;
  /** End of a step that another step of the same task follows at once. */
  readonly edge: string;
  readonly ready: string;
  readonly suspended: string;
  readonly idle: string;
  readonly callback: string;
  readonly branch: string;
  readonly lastBranch: string;
  readonly trunk: string;
  readonly axis: string;
  readonly tick: string;
  readonly result: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly pending: string;
  /** Before a finding. */
  readonly warning: string;
  /** Before a finding that is only a hint. */
  readonly hint: string;
  readonly arrow: string;
  readonly dot: string;
  readonly bar: string;
  readonly separator: string;
  readonly ellipsis: string;
  readonly dash: string;
}

export const unicodeSymbols: Symbols = {
  running: '█',
  moment: '┃',
  edge: '▌',
  ready: '▒',
  suspended: '─',
  idle: '·',
  callback: '╎',
  branch: '├ ',
  lastBranch: '└ ',
  trunk: '│ ',
  axis: '─',
  tick: '┬',
  result: '✓',
  failed: '✗',
  cancelled: '⊘',
  pending: '…',
  warning: '⚠',
  hint: 'ℹ',
  arrow: '→',
  dot: '•',
  bar: '│',
  separator: ' · ',
  ellipsis: '…',
  dash: '—',
};

export const asciiSymbols: Symbols = {
  running: '#',
  moment: '|',
  edge: '|',
  ready: '+',
  suspended: '-',
  idle: '.',
  callback: ':',
  branch: '|-',
  lastBranch: '`-',
  trunk: '| ',
  axis: '-',
  tick: '+',
  result: 'v',
  failed: 'x',
  cancelled: '/',
  pending: '?',
  warning: '!',
  hint: 'i',
  arrow: '->',
  dot: 'o',
  bar: '|',
  separator: ', ',
  ellipsis: '...',
  dash: '-',
};
