import { delimiter, join, resolve, sep } from 'node:path';

/** What `coroscope env` prints: the variables with which a Python that someone else starts records itself, one in a line. */
export function environment(trace: string, cwd: string, assets: string, env: NodeJS.ProcessEnv): string {
  const hook = join(assets, 'python', 'coroscope', 'children', 'hook');
  const folder = trace.endsWith('/') || trace.endsWith(sep);
  return [
    `PYTHONPATH=${[hook, ...(env.PYTHONPATH ? [env.PYTHONPATH] : [])].join(delimiter)}`,
    `COROSCOPE=${resolve(cwd, trace)}${folder ? '/' : ''}`,
    '',
  ].join('\n');
}
