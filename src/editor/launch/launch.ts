import { type DebugConfiguration, FileType, type Uri, type WorkspaceFolder, workspace } from 'vscode';
import { host } from '../host/host';
import type { LaunchOptions } from '../program/launch-options';
import type { Program } from '../program/program';
import { t } from '../words/translate';
import { type LaunchConfiguration, readConfiguration } from './configuration';
import { readEnvFile, splitWords } from './env-file';

/** A launch that can be made. */
export interface Launch {
  readonly program: Program;
  readonly console: 'internalConsole' | 'integratedTerminal';
}

/** @throws Error with one sentence for the user */
export async function launchOf(given: DebugConfiguration, folder: WorkspaceFolder | undefined): Promise<Launch> {
  const read = readConfiguration(given, t);
  if (typeof read === 'string') throw new Error(read);
  const { paths } = host();
  const root = folder ?? workspace.workspaceFolders?.[0];
  const base = root ? paths.of(root.uri) : undefined;
  const absolute = (path: string) => (paths.isAbsolute(path) || base === undefined ? path : paths.join(base, path));
  const file = read.program && absolute(read.program);
  const home = file !== undefined ? paths.dirname(file) : undefined;
  const cwd = read.cwd ? absolute(read.cwd) : (base ?? home ?? paths.temporary());
  if (read.cwd && !(await isFolder(cwd)))
    throw new Error(t('{0}, the "cwd" of this launch configuration, is no folder.', cwd));
  const options = optionsOf(read, cwd, await environment(read, absolute));
  const program = file
    ? await fileProgram(file, base ?? cwd, options)
    : { ...moduleProgram(read.module!, root?.uri ?? paths.uri(cwd), cwd, options), title: read.name };
  return { program, console: read.console ?? 'internalConsole' };
}

function optionsOf(read: LaunchConfiguration, cwd: string, env: Record<string, string>): LaunchOptions {
  const { module, args, engine, clock, pythonPath, detail, followChildren, keep } = read;
  const hasEnv = Object.keys(env).length > 0;
  // Only an interpreter has an environment, and modules to run.
  const needsInterpreter = hasEnv || module || pythonPath;
  const chosen = engine === 'embedded' || engine === 'interpreter' ? engine : needsInterpreter ? 'interpreter' : engine;
  const words = typeof args === 'string' ? splitWords(args) : args;
  return {
    cwd,
    ...(words ? { argv: words } : {}),
    ...(hasEnv ? { env } : {}),
    ...(module ? { module } : {}),
    ...(clock && clock !== 'auto' ? { clock } : {}),
    ...(chosen ? { engine: chosen } : {}),
    ...(pythonPath ? { pythonPath } : {}),
    ...(detail ? { detail } : {}),
    ...(followChildren === undefined ? {} : { followChildren }),
    ...(keep ? { keep } : {}),
  };
}

async function isFolder(path: string): Promise<boolean> {
  return workspace.fs.stat(host().paths.uri(path)).then(
    ({ type }) => (type & FileType.Directory) !== 0,
    () => false,
  );
}

async function environment(
  { env = {}, envFile = '' }: LaunchConfiguration,
  absolute: (path: string) => string,
): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  if (envFile !== '') {
    const path = absolute(envFile);
    const bytes = await workspace.fs.readFile(host().paths.uri(path)).then(
      (read) => read,
      () => undefined,
    );
    if (!bytes) throw new Error(t('{0}, the "envFile" of this launch configuration, cannot be read.', path));
    Object.assign(values, readEnvFile(new TextDecoder().decode(bytes), host().engines.environment()));
  }
  return { ...values, ...env };
}

async function fileProgram(file: string, folder: string, launch: LaunchOptions): Promise<Program> {
  const uri = host().paths.uri(file);
  const document = await workspace.openTextDocument(uri).then(
    (opened) => opened,
    () => undefined,
  );
  if (!document) throw new Error(t('{0}, the "program" of this launch configuration, cannot be read.', file));
  const source = document.getText();
  return {
    uri,
    file,
    source,
    unsaved: document.isDirty,
    folder,
    launch,
    origin: { target: { document }, wish: undefined, launch },
  };
}

function moduleProgram(module: string, uri: Uri, folder: string, launch: LaunchOptions): Program {
  return {
    uri,
    file: host().paths.join(folder, module),
    source: '',
    unsaved: false,
    folder,
    launch,
    origin: undefined,
  };
}
