import { parseArgs } from 'node:util';
import { readChange, type SpelledChange } from '../core/what-if/spelling';
import type { AskedLimits } from '../engines/run';
import type { Annotations } from '../engines/simulation';
import { type AttachCommand, readAttach } from './attach-arguments';
import { type CheckCommand, readCheck } from './check-arguments';
import { LIVE_SECONDS, limitsOf, timeOf, UsageError, type Values, type Wrong, whole } from './option-values';
import { readStats, type StatsCommand } from './stats-arguments';
import { readTop, type TopCommand } from './top-arguments';
import type { View } from './view';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help'; readonly lang?: string }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'run' } & RunCommand)
  | ({ readonly kind: 'show' } & ShowCommand)
  | ({ readonly kind: 'compare' } & CompareCommand)
  | ({ readonly kind: 'check' } & CheckCommand)
  | ({ readonly kind: 'stats' } & StatsCommand)
  | ({ readonly kind: 'attach' } & AttachCommand)
  | ({ readonly kind: 'top' } & TopCommand)
  | { readonly kind: 'env'; readonly trace: string; readonly lang?: string };

export interface RunCommand extends View {
  /** As the user wrote it: a path, `notes.md#3`, `file.py::function`, `-` for standard input. */
  readonly file: string;
  /** `-c`: the program itself. */
  readonly code?: string;
  /** `-m`: a module, found as `python -m` finds it. */
  readonly module?: string;
  /** The call that begins the program: `task("A", 2)`. */
  readonly call?: string;
  readonly args: readonly string[];
  readonly engine: string;
  readonly clock?: 'virtual' | 'real';
  readonly trace?: string;
  /** Seconds of the record that are kept; none: all. */
  readonly keep?: number;
  readonly limits: AskedLimits;
  readonly annotations: Annotations;
  /** Changed waits. */
  readonly whatIf: readonly SpelledChange[];
  readonly ties: 'set' | 'reversed' | undefined;
  /** What the coroutines of tasks were called with is recorded. */
  readonly arguments: boolean;
  /** Waits in known libraries are named by what was asked of them. */
  readonly libraryCalls: boolean;
  readonly detail: 'auto' | 'full';
  /** Processes that the program starts are recorded too. */
  readonly followChildren: boolean;
  /** What it does is shown while it runs: its last seconds, so many of them. */
  readonly live?: number;
}

export interface ShowCommand extends View {
  readonly trace: string;
}

export interface CompareCommand extends View {
  /** The earlier run, and the one that it is compared with. */
  readonly traces: readonly [string, string];
}

const view = {
  html: { type: 'string' },
  json: { type: 'boolean' },
  ascii: { type: 'boolean' },
  story: { type: 'boolean' },
  // It may have a value, behind a =.
  why: { type: 'boolean' },
  serve: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  width: { type: 'string' },
  lang: { type: 'string' },
} as const;
const run = {
  ...view,
  engine: { type: 'string' },
  clock: { type: 'string' },
  trace: { type: 'string' },
  keep: { type: 'string' },
  annotations: { type: 'boolean' },
  'no-annotations': { type: 'boolean' },
  'what-if': { type: 'string' },
  ties: { type: 'string' },
  'no-arguments': { type: 'boolean' },
  'no-library-calls': { type: 'boolean' },
  detail: { type: 'string' },
  'follow-children': { type: 'boolean' },
  // It may have a value, behind a =.
  live: { type: 'boolean' },
  call: { type: 'string' },
  code: { type: 'string', short: 'c' },
  module: { type: 'string', short: 'm' },
  'max-steps': { type: 'string' },
  'max-virtual-time': { type: 'string' },
  'max-wall-time': { type: 'string' },
} as const;
/** Names of the options that `run` has. */
export const RUN_OPTIONS: ReadonlySet<string> = new Set(Object.keys(run));
const asking = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'V' } } as const;

/** @throws UsageError */
export function readCommand(argv: readonly string[]): Command {
  if (argv[0] === 'check') return readCheck(argv.slice(1));
  if (argv[0] === 'stats') return readStats(argv.slice(1));
  if (argv[0] === 'attach') return readAttach(argv.slice(1));
  if (argv[0] === 'top') return readTop(argv.slice(1));
  const { values, file, rest, whatIf } = split(argv);
  const lang = typeof values.lang === 'string' ? values.lang : undefined;
  const wrong = (message: string, ...holes: string[]) => new UsageError(message, holes, lang);
  if (values.help) return { kind: 'help', lang };
  if (values.version) return { kind: 'version' };
  for (const [name, value] of Object.entries(values)) {
    const needs = (run as Record<string, { type: string }>)[name]?.type === 'string';
    if (needs && (typeof value !== 'string' || value === '')) throw wrong('Option --{0} needs a value.', name);
  }
  const common = {
    html: values.html as string | undefined,
    json: values.json === true,
    ascii: values.ascii === true,
    story: values.story === true,
    serve: values.serve === true,
    noOpen: values['no-open'] === true,
    ...(values.why === undefined ? {} : { why: values.why === true ? '' : String(values.why) }),
    width: values.width === undefined ? undefined : whole(values, 'width', wrong),
    lang,
  };
  const [command, ...files] = file;
  if (command === undefined)
    throw wrong('What should Coroscope do? Write {0} or {1}.', 'coroscope run FILE', 'coroscope show TRACE');
  if (command === 'env') {
    if (files[0] === undefined || rest.length > 0)
      throw wrong('Where should the trace go? Write {0}.', 'coroscope env OUT.coroscope');
    for (const name of Object.keys(values)) if (name !== 'lang') throw wrong('env has no option --{0}.', name);
    return { kind: 'env', trace: files[0], lang };
  }
  if (command === 'run') {
    const [program] = files;
    if (values.serve && values.keep !== undefined) throw wrong('Write --{0} or --{1}, not both.', 'serve', 'keep');
    if (program === undefined) throw wrong('Which program? Write {0}.', 'coroscope run FILE');
    const { clock } = values;
    if (clock !== undefined && clock !== 'virtual' && clock !== 'real') {
      throw wrong('The clock must be {0} or {1}, not {2}.', 'virtual', 'real', String(clock));
    }
    return {
      kind: 'run',
      ...common,
      file: program,
      ...given('code', values.code),
      ...given('module', values.module),
      ...given('call', values.call),
      args: rest,
      engine: (values.engine as string | undefined) ?? 'auto',
      clock,
      trace: values.trace as string | undefined,
      keep: timeOf(values, 'keep', '30s', wrong),
      limits: limitsOf(values, wrong),
      annotations: values.annotations ? 'on' : values['no-annotations'] ? 'off' : 'auto',
      whatIf: changes(whatIf, clock, wrong),
      ties: tiesOf(values.ties, clock, wrong),
      arguments: values['no-arguments'] !== true,
      libraryCalls: values['no-library-calls'] !== true,
      detail: detailOf(values.detail, wrong),
      followChildren: follows(values, wrong),
      ...liveOf(values, wrong),
    };
  }
  if (command === 'compare') {
    const [a] = files;
    const [b, more] = rest;
    if (a === undefined || b === undefined) throw wrong('Which traces? Write {0}.', 'coroscope compare A B');
    if (more !== undefined) throw wrong('Unexpected argument {0}: compare takes two traces.', more);
    for (const name of Object.keys(values)) {
      // Its text is no drawing.
      if (!['json', 'html', 'lang'].includes(name)) throw wrong('compare has no option --{0}.', name);
    }
    return { kind: 'compare', ...common, traces: [a, b] };
  }
  if (command !== 'show')
    throw wrong('There is no command {0}. Write {1}.', command, 'run, show, compare, check, stats, env, attach, top');
  if (files[0] === undefined) throw wrong('Which trace? Write {0}.', 'coroscope show TRACE');
  if (rest.length > 0) throw wrong('Unexpected argument {0}: show takes one trace.', rest[0]);
  for (const name of Object.keys(values)) {
    if (!(name in view)) throw wrong('Option --{0} belongs to run, not to show.', name);
  }
  return { kind: 'show', ...common, trace: files[0] };
}

interface Split {
  readonly values: Values;
  /** The command, and the file. */
  readonly file: readonly string[];
  /** The arguments of the program. */
  readonly rest: readonly string[];
  /** The one option that may be given several times. */
  readonly whatIf: readonly string[];
}

/**
 * As with `python`: everything after FILE, `-c CODE` or `-m MODULE` belongs to the program. Commands that run no program take
 * their options anywhere.
 */
function split(argv: readonly string[]): Split {
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...run, ...asking },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | undefined> = {};
  const file: string[] = [];
  const rest: string[] = [];
  const whatIf: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (file.length < 2) file.push(token.value);
      else rest.push(token.value);
      if (file.length === 2 && file[0] === 'run') return { values, file, rest: argv.slice(token.index + 1), whatIf };
    } else if (token.kind === 'option' && (token.name === 'code' || token.name === 'module')) {
      values[token.name] = token.value;
      file.push(...(file.length === 0 ? ['run'] : []), token.name === 'code' ? '-c' : (token.value ?? ''));
      return { values, file, rest: argv.slice(token.index + (token.inlineValue ? 1 : 2)), whatIf };
    } else if (token.kind === 'option' && (token.name in run || (file.length < 2 && token.name in asking))) {
      const value = givenValue(token);
      values[token.name] = value;
      if (token.name === 'what-if' && typeof value === 'string') whatIf.push(value);
    } else if (token.kind === 'option' && file.length < 2)
      throw new UsageError('There is no option {0}.', [token.rawName], undefined);
    else if (token.kind === 'option') rest.push(token.rawName);
  }
  return { values, file, rest, whatIf };
}

function givenValue(token: { name: string; value?: string; inlineValue?: boolean }): string | boolean | undefined {
  if (token.name === 'why' || token.name === 'live') return token.value ?? true;
  if ((run as Record<string, { type: string }>)[token.name]?.type !== 'string') return true;
  // `--html --json`: the next option is no value.
  return token.inlineValue === false && token.value?.startsWith('--') ? undefined : token.value;
}

function given(name: 'code' | 'module' | 'call', value: string | boolean | undefined): Partial<RunCommand> {
  return typeof value === 'string' ? { [name]: value } : {};
}

function changes(spelled: readonly string[], clock: string | undefined, wrong: Wrong): SpelledChange[] {
  if (spelled.length > 0 && clock === 'real')
    throw wrong('--{0} needs the virtual clock: leave out {1}.', 'what-if', '--clock real');
  return spelled.map((text) => {
    const change = readChange(text);
    if (!change)
      throw wrong('Option --{0} needs a line and a time, like {1}, not {2}.', 'what-if', '"prog.py:12=5s"', text);
    return change;
  });
}

function detailOf(detail: unknown, wrong: Wrong): 'auto' | 'full' {
  if (detail === undefined || detail === 'auto') return 'auto';
  if (detail === 'full') return 'full';
  throw wrong('The detail must be {0} or {1}, not {2}.', 'auto', 'full', String(detail));
}

/** Children run on the real clock, and their records come when the program has ended. */
function follows(values: Values, wrong: Wrong): boolean {
  if (!values['follow-children']) return false;
  if (values.clock === 'virtual')
    throw wrong('--{0} needs the real clock: leave out {1}.', 'follow-children', '--clock virtual');
  if (values.keep !== undefined) throw wrong('Write --{0} or --{1}, not both.', 'follow-children', 'keep');
  return true;
}

function liveOf(values: Values, wrong: Wrong): Pick<RunCommand, 'live'> {
  if (values.live === undefined) return {};
  return { live: values.live === true ? LIVE_SECONDS : timeOf(values, 'live', '5s', wrong)! };
}

function tiesOf(ties: unknown, clock: 'virtual' | 'real' | undefined, wrong: Wrong): 'set' | 'reversed' | undefined {
  if (ties === undefined) return undefined;
  if (ties !== 'set' && ties !== 'reversed')
    throw wrong('The order of ties must be {0} or {1}, not {2}.', 'set', 'reversed', String(ties));
  if (clock === 'real') throw wrong('--{0} needs the virtual clock: leave out {1}.', 'ties', '--clock real');
  return ties;
}
