import { LIVE_SECONDS, optionsAnywhere, timeOf, UsageError, type Wrong } from './option-values';

/** What `coroscope top` is asked for. */
export interface TopCommand {
  /** A process, by its number, or a trace. */
  readonly of: number | string;
  /** How many of the last seconds are shown. */
  readonly length: number;
  /** Seconds after which it ends; none: with `q` or Ctrl+C. */
  readonly seconds: number | undefined;
  readonly arguments: boolean;
  /** Waits in known libraries are named by what was asked of them. */
  readonly libraryCalls: boolean;
  readonly ascii: boolean;
  readonly lang?: string;
}

const options = {
  last: { type: 'string' },
  for: { type: 'string' },
  ascii: { type: 'boolean' },
  'no-arguments': { type: 'boolean' },
  'no-library-calls': { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Read = ({ readonly kind: 'top' } & TopCommand) | { readonly kind: 'help'; readonly lang?: string };

/** @param argv what follows `top` @throws UsageError */
export function readTop(argv: readonly string[]): Read {
  const { values, files } = optionsAnywhere(argv, options);
  const lang = values.lang as string | undefined;
  const wrong: Wrong = (message, ...holes) => new UsageError(message, holes, lang);
  if (values.help) return { kind: 'help', lang };
  const [of, more] = files;
  if (of === undefined) throw wrong('Which process or trace? Write {0}.', 'coroscope top PID');
  if (more !== undefined) throw wrong('Unexpected argument {0}: top takes one process or trace.', more);
  return {
    kind: 'top',
    // A trace of such a name is `./4711`.
    of: /^[1-9]\d{0,9}$/.test(of) ? Number(of) : of,
    length: timeOf(values, 'last', '5s', wrong) ?? LIVE_SECONDS,
    seconds: timeOf(values, 'for', '10s', wrong),
    arguments: values['no-arguments'] !== true,
    libraryCalls: values['no-library-calls'] !== true,
    ascii: values.ascii === true,
    lang,
  };
}
