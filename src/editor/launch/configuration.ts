import {
  array,
  boolean,
  getDotPath,
  type InferOutput,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  record,
  safeParse,
  string,
  union,
} from 'valibot';
import type { Translate } from '../../core/translate';

/** The attributes of a launch configuration of the type `coroscope`, after VS Code has replaced its variables. */
const LaunchConfiguration = object({
  name: string(),
  program: optional(string()),
  module: optional(string()),
  args: optional(union([array(string()), string()])),
  cwd: optional(string()),
  env: optional(record(string(), string())),
  envFile: optional(string()),
  pythonPath: optional(string()),
  engine: optional(picklist(['auto', 'embedded', 'interpreter'])),
  clock: optional(picklist(['auto', 'virtual', 'real'])),
  console: optional(picklist(['internalConsole', 'integratedTerminal'])),
  detail: optional(picklist(['auto', 'full'])),
  followChildren: optional(boolean()),
  keep: optional(pipe(number(), minValue(0))),
});
export type LaunchConfiguration = InferOutput<typeof LaunchConfiguration>;

/** Reads a configuration, which users write by hand. @returns it, or one sentence that says what is wrong */
export function readConfiguration(given: unknown, t: Translate): LaunchConfiguration | string {
  const read = safeParse(LaunchConfiguration, given);
  if (!read.success) {
    return t('In this launch configuration, "{0}" has a value that it cannot have.', getDotPath(read.issues[0]) ?? '');
  }
  const { program, module, engine, env, envFile } = read.output;
  if ((program ?? '') === '' && (module ?? '') === '')
    return t('This launch configuration names no program. Set "program" to a file or "module" to a module.');
  if ((program ?? '') !== '' && (module ?? '') !== '')
    return t('This launch configuration has both "program" and "module". Keep the one that is to run.');
  if (engine === 'embedded' && (module ?? '') !== '')
    return t('The embedded Python runs files only. Set "program", or "engine" to "interpreter".');
  if (engine === 'embedded' && (Object.keys(env ?? {}).length > 0 || (envFile ?? '') !== ''))
    return t(
      'The embedded Python has no environment variables. Remove "env" and "envFile", or set "engine" to "interpreter".',
    );
  return read.output;
}
