import { type DebugConfiguration, type Uri, workspace } from 'vscode';
import type { AsyncTest } from '../../source/async-tests';
import { host } from '../host/host';

/** The launch configuration that runs one test, as its runner would. */
export function testLaunch(uri: Uri, { path, runner }: Pick<AsyncTest, 'path' | 'runner'>): DebugConfiguration {
  const { paths } = host();
  const file = paths.of(uri);
  const root = workspace.getWorkspaceFolder(uri);
  const cwd = root ? paths.of(root.uri) : paths.dirname(file);
  const beside = paths.relative(cwd, file).replaceAll('\\', '/');
  const asked =
    runner === 'unittest'
      ? [[...beside.replace(/\.py$/, '').split('/'), ...path].join('.')]
      : ['-q', [beside, ...path].join('::')];
  return {
    type: 'coroscope',
    request: 'launch',
    name: path.at(-1)!,
    module: runner,
    args: asked,
    cwd,
    clock: 'real',
  };
}
