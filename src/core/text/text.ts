import { isToldAlready } from '../findings/errors';
import { problemWords } from '../findings/finding-words';
import { type ProblemKind, problemsOf } from '../findings/findings';
import { userSite } from '../places/chain';
import type { ProgramError, Timeline, Truncation } from '../timeline/model';
import type { Translate } from '../translate';
import { durationWords, formatDuration } from '../units';
import { changeText } from '../words/changes';
import { deadlockText, stopMessage, wasOver } from '../words/deadlocks';
import { tasksOnlyText } from '../words/detail';
import { explainErrorIn } from '../words/error-loops';
import { foreignText } from '../words/foreign-loops';
import { oneLine } from '../words/labels';
import { noTaskText } from '../words/no-task';
import { displayPath } from '../words/places';
import { processesText } from '../words/processes';
import { taskLabel } from '../words/tasks';
import { Line, line, paint } from './canvas';
import { howItEnded } from './how-it-ended';
import { jobList } from './jobs';
import { nameWidth, type TextRows, textRows } from './rows';
import { spanList } from './spans';
import { bandsOf, stepChart, stepsShown } from './step-chart';
import { storyLines } from './story';
import { asciiSymbols, type Symbols, unicodeSymbols } from './symbols';
import { loopName, timeChart } from './time-chart';
import { columnsOf, cut, cutFolders, wrapped } from './width';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
  readonly ascii: boolean;
  readonly translate: Translate;
  /** Folder that paths are shown relative to. */
  readonly root: string;
  /** Tells the run sentence by sentence too. */
  readonly story?: boolean;
}

/** Lanes and lines of output beyond these are only counted: the HTML page shows them all. */
const MOST_LANES = 40;
const FIRST_LINES = 30;
const LAST_LINES = 10;
const MOST_ERRORS = 20;
const NARROWEST = 48;

/** The timeline as text for a terminal. */
export function timelineText(timeline: Timeline, options: TextOptions): string {
  const symbols = options.ascii ? asciiSymbols : unicodeSymbols;
  const t = options.translate;
  const width = Math.max(NARROWEST, options.width);
  const rows = textRows(timeline, symbols, MOST_LANES);
  const lines = [heading(timeline, rows, symbols, { ...options, width }), ...changed(timeline, width, symbols, t)];
  if (rows.rows.length === 0) lines.push(new Line(), line(noTaskText(timeline, t), 'faint'));
  else {
    const names = nameWidth(rows.rows, [...rows.lanes.loops.map((lane) => loopName(lane, t)), t('output')], width);
    const chart = { width, names, symbols, translate: t };
    if (timeline.duration > 0) {
      lines.push(new Line(), title(t('In time'), t('every column is the same amount of time'), symbols, width));
      lines.push(...timeChart(timeline, rows, chart));
    }
    const steps = stepsShown(timeline, rows);
    const bands = bandsOf(steps, width - names - 1);
    const note =
      bands.total < steps
        ? t('the first {0} of {1} steps of the event loop; --html draws them all', bands.total, steps)
        : t('every step of the event loop has the same width');
    lines.push(new Line(), title(t('Step by step'), note, symbols, width), ...stepChart(timeline, rows, bands, chart));
    lines.push(new Line(), ...legend(symbols, width, t), ...leftOut(rows, t));
    const foreign = new Set(timeline.loops.map((loop) => loop.foreign).filter((name) => name !== ''));
    for (const name of foreign) lines.push(line(foreignText(name, t), 'faint'));
    const processes = processesText(timeline, t);
    if (processes !== '') lines.push(...wrapped(processes, width).map((part) => line(part, 'faint')));
    if (timeline.meta.detail === 'tasks')
      lines.push(...wrapped(tasksOnlyText(t), width).map((part) => line(part, 'faint')));
    lines.push(...tieLines(timeline, t));
    if (options.story) lines.push(...storyLines(rows.lanes, width, t));
  }
  lines.push(...spanList(timeline, symbols, width, t));
  lines.push(...jobList(timeline, symbols, width, t));
  lines.push(...outputList(timeline, symbols, width, t), ...problems(timeline, symbols, options));
  return paint(lines, options.colour);
}

function heading(
  timeline: Timeline,
  { rows, left }: TextRows,
  symbols: Symbols,
  { translate: t, root, width }: TextOptions,
): Line {
  const { meta, duration } = timeline;
  const ended = howItEnded(timeline, t);
  const tasks = rows.length + left;
  const facts = [
    meta.engine === 'embedded' ? t('embedded Python {0}', meta.python) : `Python ${meta.python}`,
    meta.clock === 'virtual' ? t('virtual clock') : t('real clock'),
    tasks === 1 ? t('1 task') : t('{0} tasks', tasks),
    meta.clipped ? t('the last {0}', formatDuration(duration)) : formatDuration(duration),
    ...(ended === undefined ? [] : [ended]),
  ];
  const told = facts.join(symbols.separator);
  const path = displayPath(meta.program, root);
  const made = new Line();
  const at = made.put(0, cutFolders(path, width - 2 - columnsOf(told), symbols.ellipsis), 'strong');
  made.put(at + 2, cut(told, width - at - 2, symbols.ellipsis), 'faint');
  return made;
}

/** Says that waits were changed, so the run is not the program as written. */
function changed(timeline: Timeline, width: number, symbols: Symbols, t: Translate): Line[] {
  const known = timeline.meta.whatIf.filter((change) => change !== undefined);
  return known.map((change) =>
    line(cut(t('What if {0}?', changeText(change, t, timeline)), width, symbols.ellipsis), 'strong'),
  );
}

function title(text: string, note: string, symbols: Symbols, width: number): Line {
  const made = new Line();
  const at = made.put(0, text, 'strong');
  made.put(at, cut(` ${symbols.dash} ${note}`, width - at, symbols.ellipsis), 'faint');
  return made;
}

/** The legend, wrapped. */
function legend(symbols: Symbols, width: number, t: Translate): Line[] {
  const lines = [new Line()];
  let at = 0;
  for (const [mark, ink, text] of [
    [symbols.running, 'running', t('running')],
    [symbols.moment, 'running', t('running briefly')],
    [symbols.ready, 'ready', t('ready, waits for its turn')],
    [symbols.suspended, 'suspended', t('suspended at an await')],
    [symbols.callback, 'running', t('callback')],
    [symbols.result, 'plain', t('done')],
    [symbols.failed, 'bad', t('failed')],
    [symbols.cancelled, 'stopped', t('cancelled')],
    [symbols.dot, 'output', t('output')],
    [symbols.arrow, 'plain', t('result')],
  ] as const) {
    if (at + columnsOf(text) + 2 > width) {
      lines.push(new Line());
      at = 0;
    }
    const made = lines.at(-1)!;
    at = made.put(made.put(at, mark, ink) + 1, text, 'plain') + 2;
  }
  return lines;
}

/** Says that timers that are due at the same instant may fire in another order, and how to see it. */
function tieLines({ ties, meta }: Timeline, t: Translate): Line[] {
  if (ties.length === 0) return [];
  const other = meta.ties === 'reversed' ? '--ties set' : '--ties reversed';
  return [
    line(
      ties.length === 1
        ? t(
            'At {0}, timers that were set at different moments are due together: in reality either may fire first.',
            durationWords(ties[0].time, t),
          )
        : t(
            'At {0} moments, timers that were set at different moments are due together: in reality either may fire first.',
            ties.length,
          ),
      'faint',
    ),
    line(t('{0} shows the other order.', other), 'faint'),
  ];
}

function leftOut({ internal, library, left }: TextRows, t: Translate): Line[] {
  const lines: Line[] = [];
  if (left > 0) lines.push(line(t('{0} more tasks are not shown here; --html draws them all.', left), 'faint'));
  if (library > 0)
    lines.push(
      line(t('Not shown: {0} tasks that libraries create for themselves; --html shows them, too.', library), 'faint'),
    );
  if (internal > 0)
    lines.push(line(t('Not shown: {0} tasks that asyncio itself creates to clean up at the end.', internal), 'faint'));
  return lines;
}

function outputList(timeline: Timeline, symbols: Symbols, width: number, t: Translate): Line[] {
  const said = spoken(timeline);
  if (said.length === 0) return [];
  const names = new Map(timeline.tasks.map((task) => [task.id, taskLabel(task)]));
  const shown =
    said.length > FIRST_LINES + LAST_LINES
      ? [...said.slice(0, FIRST_LINES), undefined, ...said.slice(-LAST_LINES)]
      : said;
  const times = Math.max(...shown.map((one) => (one ? columnsOf(formatDuration(one.time)) : 0)));
  const nameOf = (one: Spoken | undefined) => (one?.byPython ? 'Python' : (names.get(one?.task ?? 0) ?? ''));
  const who = Math.min(24, Math.max(...shown.map((one) => columnsOf(nameOf(one)))));
  const lines = [new Line(), line(t('Output, in time'), 'strong')];
  for (const one of shown) {
    if (!one) {
      lines.push(line(t('… {0} more lines …', said.length - FIRST_LINES - LAST_LINES), 'faint'));
      continue;
    }
    const made = new Line();
    const moment = formatDuration(one.time);
    made.put(1 + times - columnsOf(moment), moment, 'faint');
    made.put(times + 3, cut(nameOf(one), who, symbols.ellipsis), 'faint');
    const at = made.put(times + who + 4, symbols.bar, one.stream === 'stderr' ? 'bad' : 'faint');
    made.put(at + 1, cut(one.text, width - at - 1, symbols.ellipsis), 'output');
    lines.push(made);
  }
  return lines;
}

interface Spoken {
  readonly time: number;
  readonly task: number;
  readonly stream: string;
  readonly byPython: boolean;
  text: string;
}

/** Whole lines of output: a `print` may write its text and its line end apart. */
function spoken({ output, errors }: Timeline): Spoken[] {
  const lines: Spoken[] = [];
  const open: Record<string, Spoken | undefined> = {};
  for (const { time, task, stream, text, byPython } of output) {
    const parts = text.split('\n');
    parts.forEach((part, i) => {
      let one = open[stream];
      if (!one && (part !== '' || i < parts.length - 1)) {
        one = { time, task, stream, text: '', byPython };
        lines.push(one);
      }
      if (one) one.text += oneLine(part);
      open[stream] = i < parts.length - 1 ? undefined : one;
    });
  }
  // Errors have a section of their own, and Python has printed their tracebacks.
  const traces = new Set(errors.flatMap(({ traceback }) => traceback.split('\n').map(oneLine)));
  return lines.filter(({ stream, text }) => stream === 'stdout' || !traces.has(text));
}

/** Findings to list. Errors and deadlocks have sections of their own, and cancellations are visible in the lanes. */
const TOLD: ReadonlySet<ProblemKind> = new Set([
  'blocking',
  'long-callback',
  'not-woken',
  'limit-ignored',
  'cancel-ignored',
  'outlived-limit',
  'still-waiting',
  'waiting-outside',
  'left-running',
  'not-thread-safe',
  'unseen-exceptions',
  'generator-left-open',
  'race',
  'own-lock',
  'sequential-awaits',
  'awaited-at-once',
  'busy-poll',
  'convoy',
  'unbounded-fan-out',
  'unfinished',
]);

function problems(timeline: Timeline, symbols: Symbols, { translate: t, root }: TextOptions): Line[] {
  const lines: Line[] = [];
  const names = new Map(timeline.tasks.map((task) => [task.id, taskLabel(task)]));
  const errors = timeline.errors.filter((error) => !isToldAlready(timeline, error));
  for (const error of errors.slice(0, MOST_ERRORS)) {
    const { kind, type, message, task } = error;
    const made = new Line();
    let at = made.put(0, symbols.failed, 'bad') + 1;
    at = made.put(
      at,
      // Some messages say the type themselves.
      oneLine(
        kind === 'never-awaited' || message.includes(type) ? message : message === '' ? type : `${type}: ${message}`,
      ),
      'plain',
    );
    const where = [
      kind === 'never-retrieved' && !message.includes('never retrieved') ? t('its exception was never retrieved') : '',
      names.has(task) ? t('in {0}', oneLine(names.get(task)!)) : '',
      ...placesOf(timeline, error, root, t),
    ].filter((part) => part !== '');
    if (where.length > 0) made.put(at + 2, where.join(symbols.separator), 'faint');
    lines.push(made);
    for (const held of error.holds?.slice(0, MOST_ERRORS) ?? []) {
      const place = userSite(timeline, held.site);
      const one = new Line();
      const end = one.put(2, oneLine(held.message === '' ? held.type : `${held.type}: ${held.message}`), 'plain');
      if (place) one.put(end + 2, `${displayPath(place.code.file, root)}:${place.line}`, 'faint');
      lines.push(one);
    }
    const explained = kind === 'never-awaited' || kind === 'tracer' ? undefined : explainErrorIn(timeline, error, t);
    for (const text of explained ? [explained.meaning, explained.advice] : [])
      if (text !== '') lines.push(line(`  ${text}`, 'plain'));
  }
  const more = errors.length - MOST_ERRORS;
  if (more > 0) lines.push(line(t('… {0} more errors', more), 'faint'));
  for (const problem of problemsOf(timeline).slice(0, MOST_ERRORS)) {
    if (!TOLD.has(problem.kind)) continue;
    const made = new Line();
    const isHint = problem.severity === 'info';
    const at = made.put(0, isHint ? symbols.hint : symbols.warning, isHint ? 'plain' : 'bad') + 1;
    const said = problemWords(timeline, problem, t);
    const end = made.put(at, oneLine(said.title), 'plain');
    const place = userSite(timeline, problem.site);
    const where = place ? `${displayPath(place.code.file, root)}:${place.line}` : '';
    const cost = problem.cost > 0 ? t('cost {0}', formatDuration(problem.cost)) : '';
    const facts = [where, cost].filter((part) => part !== '').join(symbols.separator);
    if (facts !== '') made.put(end + 2, facts, 'faint');
    lines.push(made, line(`  ${oneLine(`${said.why} ${said.advice}`)}`, 'faint'));
  }
  for (const finding of timeline.findings) {
    const stops = timeline.truncated?.reason === 'deadlock' && finding.end === undefined;
    if (!stops && !wasOver(timeline, finding))
      lines.push(line(`${symbols.warning} ${oneLine(deadlockText(timeline, finding, t))}`, 'stopped'));
  }
  if (timeline.truncated)
    lines.push(line(`${symbols.warning} ${stopText(timeline, timeline.truncated, t)}`, 'stopped'));
  return lines.length > 0 ? [new Line(), ...lines] : [];
}

/** Where it happened, and what is known beyond that. */
function placesOf(timeline: Timeline, error: ProgramError, root: string, t: Translate): string[] {
  const path = (site: number) => {
    const place = userSite(timeline, site);
    return place ? `${displayPath(place.code.file, root)}:${place.line}` : '';
  };
  const place = path(error.site);
  if (error.told === 'made') return [t('created at {0}', place)];
  if (error.told === 'noticed') return [place === '' ? t('still held at the end') : t('noticed at {0}', place)];
  const first = path(timeline.coroutines[(error.coroutine ?? 0) - 1]?.site ?? 0);
  return [place, first === '' ? '' : t('first awaited at {0}', first)];
}

/** For a limit: a sentence in the reader's language with the option that changes the limit. For other reasons: the recorded message. */
function stopText(timeline: Timeline, { reason }: Truncation, t: Translate): string {
  const moves = (option: string) => ` ${t('{0} changes this limit (0: no limit).', option)}`;
  if (reason === 'steps') return t('Stopped at the limit of steps.') + moves('--max-steps N');
  if (reason === 'virtual-time') return t('Stopped at the limit of virtual time.') + moves('--max-virtual-time S');
  if (reason === 'wall-time') return t('Stopped at the limit of time.') + moves('--max-wall-time S');
  return oneLine(stopMessage(timeline, t));
}
