import { extensions, type Uri, workspace } from 'vscode';

/** The part of the Python extension's interface that is used here. See https://github.com/microsoft/vscode-python-environments and `@vscode/python-extension`. */
interface PythonExtension {
  readonly environments?: {
    getActiveEnvironmentPath?(resource?: Uri): { readonly path?: string } | undefined;
    resolveEnvironment?(environment: unknown): Promise<{ readonly executable?: { readonly uri?: Uri } } | undefined>;
  };
}

/** The interpreter that the Python extension has chosen for a file, if it is installed and has chosen one. */
export async function activeInterpreter(resource: Uri): Promise<string | undefined> {
  return (await fromPythonExtension(resource)) ?? fromSetting(resource);
}

async function fromPythonExtension(resource: Uri): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtension>('ms-python.python');
  if (!extension) return undefined;
  try {
    const { environments } = await extension.activate();
    const active = environments?.getActiveEnvironmentPath?.(resource);
    if (!active) return undefined;
    const resolved = await environments?.resolveEnvironment?.(active);
    return resolved?.executable?.uri?.fsPath ?? active.path;
  } catch {
    // An error of another extension must not prevent a run: there are other ways to find an interpreter.
    return undefined;
  }
}

/** The value `python` is the default of that setting: the user has chosen nothing. */
function fromSetting(resource: Uri): string | undefined {
  const path = workspace.getConfiguration('python', resource).get<string>('defaultInterpreterPath');
  const folder = workspace.getWorkspaceFolder(resource)?.uri.fsPath ?? '';
  const resolved = path?.replace(/\$\{workspaceFolder\}/g, folder);
  return resolved && resolved !== 'python' && !resolved.includes('${') ? resolved : undefined;
}
