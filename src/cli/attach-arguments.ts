import { optionsAnywhere, timeOf, UsageError, type Wrong, whole } from './option-values';
import type { View } from './view';

/** What `coroscope attach` is asked for. */
export interface AttachCommand extends View {
  readonly pid: number;
  /** Seconds after which the record ends; none: with Ctrl+C or the process. */
  readonly seconds: number | undefined;
  readonly trace: string | undefined;
  readonly arguments: boolean;
  /** Waits in known libraries are named by what was asked of them. */
  readonly libraryCalls: boolean;
}

const options = {
  for: { type: 'string' },
  trace: { type: 'string' },
  html: { type: 'string' },
  json: { type: 'boolean' },
  ascii: { type: 'boolean' },
  story: { type: 'boolean' },
  serve: { type: 'boolean' },
  'no-open': { type: 'boolean' },
  width: { type: 'string' },
  'no-arguments': { type: 'boolean' },
  'no-library-calls': { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Read = ({ readonly kind: 'attach' } & AttachCommand) | { readonly kind: 'help'; readonly lang?: string };

/** @param argv what follows `attach` @throws UsageError */
export function readAttach(argv: readonly string[]): Read {
  const { values, files } = optionsAnywhere(argv, options);
  const text = (name: string) => values[name] as string | undefined;
  const wrong: Wrong = (message, ...holes) => new UsageError(message, holes, text('lang'));
  if (values.help) return { kind: 'help', lang: text('lang') };
  const [pid, more] = files;
  if (pid === undefined) throw wrong('Which process? Write {0}.', 'coroscope attach PID');
  if (!/^[1-9]\d{0,9}$/.test(pid)) throw wrong('A process is told by its number, not by {0}.', pid);
  if (more !== undefined) throw wrong('Unexpected argument {0}: attach takes one process.', more);
  return {
    kind: 'attach',
    pid: Number(pid),
    seconds: timeOf(values, 'for', '10s', wrong),
    trace: text('trace'),
    arguments: values['no-arguments'] !== true,
    libraryCalls: values['no-library-calls'] !== true,
    html: text('html'),
    json: values.json === true,
    ascii: values.ascii === true,
    story: values.story === true,
    serve: values.serve === true,
    noOpen: values['no-open'] === true,
    width: values.width === undefined ? undefined : whole(values, 'width', wrong),
    lang: text('lang'),
  };
}
