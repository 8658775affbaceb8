import { type ExtensionContext, Uri } from 'vscode';
import { activate as start } from './editor/activate';
import { useHost } from './editor/host/host';
import { engineHost, hideInterpreters } from './hosts/browser/engines';
import { fileHost } from './hosts/browser/files';
import { pathsOfUris } from './hosts/browser/paths';

/** The extension in a browser: in the web worker that is VS Code's extension host there. */
export function activate(context: ExtensionContext): void {
  const assets = Uri.joinPath(context.extensionUri, 'dist');
  useHost({
    paths: pathsOfUris,
    engines: engineHost(assets, Uri.joinPath(context.globalStorageUri, 'cache')),
    files: fileHost(assets),
  });
  hideInterpreters();
  start(context);
}
