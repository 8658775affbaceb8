import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join, normalize, relative } from 'node:path';
import { Uri } from 'vscode';
import type { Host } from '../../editor/host/host';
import { engineHost, type Folders } from './engines';
import { fileHost } from './files';
import { processHost } from './processes';

/** Nothing heavy is loaded here: engines come with their first use. */
export function hostOfNode(folders: Folders): Host {
  const paths = { dirname, isAbsolute, join, normalize, relative };
  return {
    paths: { ...paths, of: ({ fsPath }) => fsPath, uri: (path) => Uri.file(path), temporary: tmpdir },
    engines: engineHost(folders),
    files: fileHost(folders),
    processes: processHost(folders),
  };
}
