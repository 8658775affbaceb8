import type { DebugConfiguration, WorkspaceFolder } from 'vscode';

/** The launch configuration that a run came from: to run it again. */
export interface Launched {
  readonly folder: WorkspaceFolder | undefined;
  readonly configuration: DebugConfiguration;
}
