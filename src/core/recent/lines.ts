import { Line } from '../text/canvas';
import type { Symbols } from '../text/symbols';
import { columnsOf, cut, cutFolders } from '../text/width';
import type { Translate } from '../translate';
import { durationWords, formatCount, formatDuration, type Seconds } from '../units';
import { oneLine } from '../words/labels';
import { displayPath } from '../words/places';
import { type Cell, tableLines } from './columns';
import type { RecentFinding } from './findings';
import { rateText, tookText } from './rate';
import type { Recent } from './recent';
import type { Took } from './requests';

export interface LinesOptions {
  readonly width: number;
  /** Lines that there are. */
  readonly height: number;
  readonly symbols: Symbols;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  readonly translate: Translate;
  /** How long it has been followed. */
  readonly followed: Seconds;
  /** What is at the right of the first line: what a key does. */
  readonly hint: string;
  /** Newest first; kept beyond the last seconds. */
  readonly findings: readonly RecentFinding[];
}

/** The display: a line for the program, the tasks and the loop, then as much of the tables as there is room for. */
export function recentLines(recent: Recent, options: LinesOptions): Line[] {
  const { height, width, translate: t, symbols } = options;
  const lines = [head(recent, options), tasks(recent, options), loop(recent, options)];
  const tables = [
    ...(recent.routes.length > 0 ? [routes(recent, options)] : []),
    busiest(recent, options),
    waits(recent, options),
    ...(options.findings.length > 0 ? [found(options)] : []),
  ];
  const room = shared(
    tables.map(({ rows }) => 1 + Math.max(1, rows.length)),
    height - lines.length,
  );
  tables.forEach(({ title, rows }, i) => {
    if (room[i] < 2) return;
    const none: Cell[][] = [[{ text: t('none'), ink: 'faint' }]];
    lines.push(...tableLines(title, rows.length > 0 ? rows.slice(0, room[i] - 1) : none, width, symbols));
  });
  return lines.slice(0, height);
}

interface Table {
  readonly title: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Gives each table its share of the lines: what one does not need, others get. A table of one line would be a heading alone. */
function shared(wanted: readonly number[], lines: number): number[] {
  const given = wanted.map(() => 0);
  let left = lines;
  for (let i = 0; i < wanted.length && left >= 2; i++, left -= 2) given[i] = 2;
  for (let round = 0; left > 0 && given.some((has, i) => has > 0 && has < wanted[i]); round++) {
    const i = round % wanted.length;
    if (given[i] === 0 || given[i] >= wanted[i]) continue;
    given[i]++;
    left--;
  }
  return given;
}

function head({ program, length, silent, clock, ended }: Recent, options: LinesOptions): Line {
  const { width, translate: t, symbols, followed, hint, root } = options;
  const parts = [
    durationWords(Math.round(followed), t),
    t('the last {0}', durationWords(Number(length.toPrecision(2)), t)),
    ...(clock === 'virtual' ? [t('virtual clock')] : []),
    ...(ended
      ? [t('ended')]
      : silent >= SILENT
        ? [t('nothing new for {0}', durationWords(Math.round(silent), t))]
        : []),
  ];
  const line = new Line();
  const right = columnsOf(hint) + 2 <= width / 2 ? hint : '';
  const room = width - (right === '' ? 0 : columnsOf(right) + 2);
  const name = cutFolders(oneLine(displayPath(program, root)), Math.max(8, room / 2), symbols.ellipsis);
  const at = line.put(0, cut(name, room, symbols.ellipsis), 'strong');
  line.put(at, cut(`${symbols.separator}${parts.join(symbols.separator)}`, room - at, symbols.ellipsis), 'faint');
  if (right !== '') line.put(width - columnsOf(right), right, 'faint');
  return line;
}

/** From here on it is said that nothing came. */
const SILENT: Seconds = 2;

function tasks({ tasks: counts, length }: Recent, { width, translate: t, symbols }: LinesOptions): Line {
  return facts(
    [
      { text: t('Tasks'), ink: 'strong' },
      { text: `${t('running')} ${formatCount(counts.running)}`, ink: 'running' },
      { text: `${t('ready')} ${formatCount(counts.ready)}`, ink: 'ready' },
      { text: `${t('suspended')} ${formatCount(counts.suspended)}`, ink: 'suspended' },
      { text: t('done {0}', rateText(counts.ended, length, t)), ink: 'plain' },
    ],
    width,
    symbols,
  );
}

function loop({ loops, lag, steps, length }: Recent, { width, translate: t, symbols }: LinesOptions): Line {
  const shares = loops.map(({ busy }) => busy).sort((a, b) => b - a);
  const [most = 0] = shares;
  const bar = symbols.running.repeat(Math.round(most * BAR)).padEnd(BAR, symbols.idle);
  const inks = most >= BUSY ? 'bad' : 'plain';
  return facts(
    [
      { text: shares.length > 1 ? t('{0} loops', shares.length) : t('Loop'), ink: 'strong' },
      { text: `${t('busy {0}', shares.slice(0, MOST_LOOPS).map(percent).join(' '))} ${bar}`, ink: inks },
      { text: t('lag p50 {0}', lag ? formatDuration(lag.p50) : symbols.dash), ink: 'plain' },
      { text: `p95 ${lag ? formatDuration(lag.p95) : symbols.dash}`, ink: lag && lag.p95 >= LATE ? 'bad' : 'plain' },
      {
        text: `${t('max')} ${lag ? formatDuration(lag.max) : symbols.dash}`,
        ink: lag && lag.max >= LATE ? 'bad' : 'plain',
      },
      { text: t('steps {0}', rateText(steps, length, t)), ink: 'faint' },
    ],
    width,
    symbols,
  );
}

const BAR = 10;
const MOST_LOOPS = 4;
/** What is marked: a loop that has no time left, and tasks that had to wait as long as asyncio calls slow. */
const BUSY = 0.9;
const LATE: Seconds = 0.1;

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}

/** Whatever does not fit any more is left out whole. */
function facts(cells: readonly Cell[], width: number, symbols: Symbols): Line {
  const line = new Line();
  let at = 0;
  for (const { text, ink = 'plain' } of cells) {
    const gap = at === 0 ? 0 : 3;
    if (at + gap + columnsOf(text) > width) {
      if (at === 0) line.put(0, cut(text, width, symbols.ellipsis), ink);
      break;
    }
    at = line.put(at + gap, text, ink);
  }
  return line;
}

function routes({ routes: all, length }: Recent, { translate: t, symbols }: LinesOptions): Table {
  const spans = all.some(({ kind }) => kind === 'span');
  const title = [
    { text: spans ? t('Requests and named spans') : t('Requests') },
    ...[t('per second'), 'p50', 'p95', t('open'), t('failed')].map((text) => ({ text })),
  ];
  const time = (took: Took | undefined) => (took ? tookText(took) : symbols.dash);
  const rows = all.map(({ route, ended, open, failed, p50, p95 }) => [
    { text: oneLine(route), ink: 'label' as const },
    { text: perSecond(ended, length) },
    { text: time(p50) },
    { text: time(p95) },
    { text: formatCount(open) },
    { text: formatCount(failed), ink: failed > 0 ? ('bad' as const) : ('faint' as const) },
  ]);
  return { title, rows };
}

function perSecond(count: number, length: Seconds): string {
  return length > 0 ? String(Number((count / length).toPrecision(count / length < 10 ? 2 : 3))) : '0';
}

function busiest({ busiest: all, length }: Recent, { translate: t, root, symbols }: LinesOptions): Table {
  const title = [t('Busiest'), t('held'), t('share'), t('times'), t('longest')].map((text) => ({ text }));
  const rows = all.map(({ name, file, line, held, count, longest }) => [
    place(name, file, line, root, symbols),
    { text: formatDuration(held) },
    { text: length > 0 ? percent(held / length) : '' },
    { text: formatCount(count) },
    { text: formatDuration(longest), ink: longest >= LATE ? ('bad' as const) : ('plain' as const) },
  ]);
  return { title, rows };
}

function waits({ waits: all }: Recent, { translate: t, root, symbols }: LinesOptions): Table {
  const title = [t('Waited at'), t('now'), t('waited')].map((text) => ({ text }));
  const rows = all.map(({ name, file, line, what, now, waited }) => [
    place(what === '' ? name : `${name}${symbols.separator}${oneLine(what)}`, file, line, root, symbols),
    { text: formatCount(now) },
    { text: formatDuration(waited) },
  ]);
  return { title, rows };
}

function place(name: string, file: string | undefined, line: number, root: string, { ellipsis }: Symbols): Cell {
  if (file === undefined) return { text: oneLine(name) };
  return { text: oneLine(name), more: `${cutFolders(oneLine(displayPath(file, root)), 40, ellipsis)}:${line}` };
}

function found({ findings, translate: t, root, symbols }: LinesOptions): Table {
  const rows = findings.map(({ severity, title, file, line, age, times }) => {
    const sign = severity === 'info' ? symbols.hint : symbols.warning;
    const text = `${sign} ${oneLine(title)}${times > 1 ? ` (${times}×)` : ''}`;
    return [
      { ...place(text, file, line, root, symbols), ink: severity === 'info' ? ('plain' as const) : ('bad' as const) },
      { text: age < 1 ? t('now') : t('{0} ago', durationWords(Math.round(age), t)), ink: 'faint' as const },
    ];
  });
  return { title: [{ text: t('Findings') }], rows };
}
