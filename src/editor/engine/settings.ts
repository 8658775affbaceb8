import { type Uri, workspace } from 'vscode';
import type { AskedLimits } from '../../engines/record-program';
import type { Annotations } from '../../engines/simulation';

export interface Settings {
  readonly engine: 'auto' | 'embedded' | 'interpreter';
  /** Empty: the interpreter that the Python extension has chosen, or else the first one found. */
  readonly pythonPath: string;
  /** undefined: the default clock of the engine. */
  readonly clock: 'virtual' | 'real' | undefined;
  /** See `RunRequest`; undefined: in the order in which they were set. */
  readonly ties: 'reversed' | undefined;
  /** Whether to record the arguments of the coroutines of tasks. */
  readonly arguments: boolean;
  /** Whether waits in known libraries are named by what was asked of them. */
  readonly libraryCalls: boolean;
  /** See `RunRequest`. */
  readonly detail: 'auto' | 'full';
  /** See `RunRequest`. */
  readonly followChildren: boolean;
  readonly args: readonly string[];
  readonly limits: AskedLimits;
  /** Seconds of the record that are kept; undefined: all of it. */
  readonly keep: number | undefined;
  /** Whether `# coroscope:` comments in the program take effect. */
  readonly annotations: Annotations;
}

/** The settings that hold for a file; anything of the wrong type counts as unset. */
export function readSettings(resource: Uri | undefined): Settings {
  const settings = workspace.getConfiguration('coroscope', resource);
  const oneOf = <T extends string>(name: string, choices: readonly T[]) =>
    choices.find((choice) => choice === settings.get(name));
  const amount = (name: string, fallback: number) => {
    const value = settings.get(name);
    return typeof value === 'number' && value >= 0 ? value : fallback;
  };
  const optional = (name: string) => {
    const value = settings.get(name);
    return typeof value === 'number' && value >= 0 ? value : undefined;
  };
  const args = settings.get('args');
  return {
    engine: oneOf('engine', ['auto', 'embedded', 'interpreter']) ?? 'auto',
    pythonPath: String(settings.get('pythonPath') ?? '').trim(),
    clock: oneOf('clock', ['virtual', 'real']),
    ties: oneOf('ties', ['reversed']),
    arguments: settings.get('taskArguments') !== false,
    libraryCalls: settings.get('libraryCalls') !== false,
    detail: oneOf('detail', ['full']) ?? 'auto',
    followChildren: settings.get('followChildren') === true,
    args: Array.isArray(args) ? args.map(String) : [],
    limits: {
      steps: optional('limits.steps'),
      virtualTime: amount('limits.virtualTime', 86_400),
      wallTime: optional('limits.wallTime'),
    },
    keep: amount('keep', 0) || undefined,
    annotations: oneOf('annotations', ['auto', 'on', 'off']) ?? 'auto',
  };
}

/** Bytes that the history of runs may take; 0: nothing is kept. */
export function historyLimit(): number {
  const megabytes = workspace.getConfiguration('coroscope').get('history.limit');
  return (typeof megabytes === 'number' && megabytes >= 0 ? megabytes : 100) * 1e6;
}
