import { parseArgs } from 'node:util';
import { type AskedLimits, defaultLimits } from '../engines/run';

/** Values of options, as all commands read them. */

/** The command line is wrong; the message is an English key with placeholders for `Translate`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly holes: readonly string[];
  constructor(
    message: string,
    holes: readonly string[],
    readonly lang: string | undefined,
  ) {
    super(message);
    this.holes = holes;
  }
}

export type Values = Readonly<Record<string, string | boolean | undefined>>;

export type Wrong = (message: string, ...holes: string[]) => UsageError;

export function limitsOf(values: Values, wrong: Wrong): AskedLimits {
  // A run that keeps only its last seconds may run for ever.
  const endless = values.keep !== undefined;
  const limit = (name: string, normal: number) =>
    values[name] === undefined ? (endless ? 0 : normal) : seconds(values, name, wrong);
  return {
    // The defaults of these two depend on the engine, which is chosen later.
    steps: values['max-steps'] === undefined ? (endless ? 0 : undefined) : whole(values, 'max-steps', wrong),
    virtualTime: limit('max-virtual-time', defaultLimits.virtualTime),
    wallTime: values['max-wall-time'] === undefined && !endless ? undefined : limit('max-wall-time', 0),
  };
}

/** Seconds that a live display tells of, where no others are asked for. */
export const LIVE_SECONDS = 5;

const UNITS = { ms: 1e-3, s: 1, m: 60, h: 3600 } as const;

/** `30s`, `500ms`, `5m`; a number alone is seconds. @returns undefined where it was not given */
export function timeOf(values: Values, name: string, example: string, wrong: Wrong): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(String(value)) ?? [];
  const time = Number(number) * UNITS[(unit ?? 's') as keyof typeof UNITS];
  if (!(time > 0)) throw wrong('Option --{0} needs a time, like {1}, not {2}.', name, example, String(value));
  return time;
}

export function seconds(values: Values, name: string, wrong: Wrong): number {
  const value = Number(values[name]);
  if (!Number.isFinite(value) || value < 0)
    throw wrong('Option --{0} needs a number from 0, not {1}.', name, String(values[name]));
  return value;
}

export function whole(values: Values, name: string, wrong: Wrong): number {
  const value = seconds(values, name, wrong);
  if (!Number.isInteger(value)) throw wrong('Option --{0} needs a whole number, not {1}.', name, String(values[name]));
  return value;
}

export function clockOf({ clock }: Values, wrong: Wrong): 'virtual' | 'real' | undefined {
  if (clock !== undefined && clock !== 'virtual' && clock !== 'real')
    throw wrong('The clock must be {0} or {1}, not {2}.', 'virtual', 'real', String(clock));
  return clock;
}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;

/** How a command other than `run` runs a program. */
export const programOptions = {
  engine: { type: 'string' },
  clock: { type: 'string' },
  annotations: { type: 'boolean' },
  'no-annotations': { type: 'boolean' },
  'max-steps': { type: 'string' },
  'max-virtual-time': { type: 'string' },
  'max-wall-time': { type: 'string' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Options and files of a command whose options may stand anywhere. @throws UsageError */
export function optionsAnywhere(argv: readonly string[], options: Options): { values: Values; files: string[] } {
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const values: Record<string, string | boolean | undefined> = {};
  const files: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    if (!Object.hasOwn(options, token.name))
      throw new UsageError('There is no option {0}.', [token.rawName], undefined);
    const isText = options[token.name].type === 'string';
    if (isText && (!token.value || (!token.inlineValue && token.value.startsWith('--'))))
      throw new UsageError('Option --{0} needs a value.', [token.name], undefined);
    values[token.name] = isText ? token.value : true;
  }
  return { values, files };
}
