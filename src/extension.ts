import { type ExtensionContext, Uri } from 'vscode';
import { activate as start } from './editor/activate';
import { useHost } from './editor/host/host';
import { hostOfNode } from './hosts/node/host';

/** The extension on the desktop, and on a server. */
export function activate(context: ExtensionContext): void {
  const assets = Uri.joinPath(context.extensionUri, 'dist').fsPath;
  const cache = Uri.joinPath(context.globalStorageUri, 'cache').fsPath;
  useHost(hostOfNode({ assets, cache }));
  start(context);
}
