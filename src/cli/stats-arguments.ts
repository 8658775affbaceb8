import { type StatTable, statTables } from '../core/stats/stat-row';
import type { CheckCommand } from './check-arguments';
import { clockOf, limitsOf, optionsAnywhere, programOptions, UsageError, type Wrong } from './option-values';

/** What `coroscope stats` is asked for. */
export interface StatsCommand extends Pick<CheckCommand, 'engine' | 'clock' | 'limits' | 'annotations' | 'lang'> {
  /** A program, as `run` takes it, or a trace. */
  readonly file: string;
  readonly tables: readonly StatTable[];
  readonly form: 'text' | 'csv' | 'json';
}

const options = {
  by: { type: 'string' },
  csv: { type: 'boolean' },
  json: { type: 'boolean' },
  ...programOptions,
} as const;

type Read = ({ readonly kind: 'stats' } & StatsCommand) | { readonly kind: 'help'; readonly lang?: string };

/** @param argv what follows `stats` @throws UsageError */
export function readStats(argv: readonly string[]): Read {
  const { values, files } = optionsAnywhere(argv, options);
  const text = (name: string) => values[name] as string | undefined;
  const wrong: Wrong = (message, ...holes) => new UsageError(message, holes, text('lang'));
  if (values.help) return { kind: 'help', lang: text('lang') };
  const [file, more] = files;
  if (file === undefined) throw wrong('Which program or trace? Write {0}.', 'coroscope stats FILE');
  if (more !== undefined) throw wrong('Unexpected argument {0}: stats takes one program or trace.', more);
  if (values.csv && values.json) throw wrong('Write --{0} or --{1}, not both.', 'csv', 'json');
  const by = text('by');
  const table = statTables.find((each) => each === by);
  if (by !== undefined && !table) throw wrong('--{0} must be {1}, not {2}.', 'by', statTables.join(', '), by);
  return {
    kind: 'stats',
    file,
    tables: table ? [table] : values.csv ? ['site'] : statTables,
    form: values.csv ? 'csv' : values.json ? 'json' : 'text',
    engine: text('engine') ?? 'auto',
    clock: clockOf(values, wrong),
    limits: limitsOf(values, wrong),
    annotations: values.annotations ? 'on' : values['no-annotations'] ? 'off' : 'auto',
    lang: text('lang'),
  };
}
