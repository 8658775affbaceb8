import { type FailOn, failOnWarnings, readFailOn, severities } from '../core/check/fail-on';
import { problemKinds } from '../core/findings/kinds';
import { SLOW } from '../core/timeline/holds';
import type { AskedLimits } from '../engines/run';
import type { Annotations } from '../engines/simulation';
import { clockOf, limitsOf, optionsAnywhere, programOptions, timeOf, UsageError, type Wrong } from './option-values';

/** What `coroscope check` is asked for. */
export interface CheckCommand {
  /** Programs, as `run` takes them, and traces. */
  readonly files: readonly string[];
  readonly failOn: FailOn;
  /** Seconds that a step may block its loop. */
  readonly maxBlock: number;
  readonly json: boolean;
  readonly sarif: string | undefined;
  readonly baseline: string | undefined;
  /** Write the baseline instead of comparing with it. */
  readonly updateBaseline: boolean;
  /** Run the program again with each edit that would mend a finding. */
  readonly try: boolean;
  readonly engine: string;
  readonly clock: 'virtual' | 'real' | undefined;
  readonly limits: AskedLimits;
  readonly annotations: Annotations;
  readonly lang: string | undefined;
}

const options = {
  'fail-on': { type: 'string' },
  'max-block': { type: 'string' },
  sarif: { type: 'string' },
  json: { type: 'boolean' },
  baseline: { type: 'string' },
  'update-baseline': { type: 'boolean' },
  try: { type: 'boolean' },
  ...programOptions,
} as const;

type Read = ({ readonly kind: 'check' } & CheckCommand) | { readonly kind: 'help'; readonly lang?: string };

/** @param argv what follows `check`; options may stand anywhere, for none of it belongs to a program @throws UsageError */
export function readCheck(argv: readonly string[]): Read {
  const { values, files } = optionsAnywhere(argv, options);
  const text = (name: string) => values[name] as string | undefined;
  const wrong: Wrong = (message, ...holes) => new UsageError(message, holes, text('lang'));
  if (values.help) return { kind: 'help', lang: text('lang') };
  if (files.length === 0) throw wrong('Which program or trace? Write {0}.', 'coroscope check FILE…');
  const maxBlock = timeOf(values, 'max-block', '100ms', wrong) ?? SLOW;
  // Shorter steps are not sampled.
  if (maxBlock < SLOW)
    throw wrong(
      '--{0} must be {1} or more: what blocks the event loop for less is not recorded.',
      'max-block',
      '100ms',
    );
  if (values['update-baseline'] && text('baseline') === undefined)
    throw wrong('Which baseline? Write {0}.', '--baseline FILE --update-baseline');
  return {
    kind: 'check',
    files,
    failOn: failOnOf(text('fail-on'), wrong),
    maxBlock,
    json: values.json === true,
    sarif: text('sarif'),
    baseline: text('baseline'),
    updateBaseline: values['update-baseline'] === true,
    try: values.try === true,
    engine: text('engine') ?? 'auto',
    clock: clockOf(values, wrong),
    limits: limitsOf(values, wrong),
    annotations: values.annotations ? 'on' : values['no-annotations'] ? 'off' : 'auto',
    lang: text('lang'),
  };
}

function failOnOf(text: string | undefined, wrong: Wrong): FailOn {
  if (text === undefined) return failOnWarnings;
  const read = readFailOn(text);
  if ('wrong' in read)
    throw wrong(
      '{0} is neither a severity nor a kind of finding. The severities are {1}; the kinds are {2}.',
      read.wrong || '""',
      severities.join(', '),
      problemKinds.join(', '),
    );
  return read;
}
