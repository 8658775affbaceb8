import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The tracer stands beside the bundle; in the wheel it is the Python package that the bundle is in. */
export function tracerFolder(assets: string): string {
  const beside = join(assets, 'python', 'coroscope');
  return existsSync(beside) ? beside : join(assets, '..');
}
