import type { ProgramOptions } from '../host/host';

/** What a launch configuration asks of a run. The rest comes from the settings. */
export type LaunchOptions = Partial<
  Pick<
    ProgramOptions,
    'module' | 'argv' | 'cwd' | 'clock' | 'engine' | 'env' | 'pythonPath' | 'detail' | 'followChildren' | 'keep'
  >
>;
