import {
  DebugAdapterInlineImplementation,
  type DebugConfiguration,
  DebugConfigurationProviderTriggerKind,
  type Disposable,
  debug,
  type WorkspaceFolder,
  window,
} from 'vscode';
import { noticeText } from '../words/notice';
import { t } from '../words/translate';
import type { LaunchParts } from './session';

const TYPE = 'coroscope';

/** Launch configurations of the type `coroscope`: in `launch.json`, by F5 in a Python file, and under "Run and Debug". */
export function launching(parts: LaunchParts): Disposable[] {
  return [
    debug.registerDebugConfigurationProvider(TYPE, { resolveDebugConfiguration: resolve }),
    debug.registerDebugConfigurationProvider(
      TYPE,
      { provideDebugConfigurations: () => [currentFile()] },
      DebugConfigurationProviderTriggerKind.Dynamic,
    ),
    debug.registerDebugAdapterDescriptorFactory(TYPE, {
      async createDebugAdapterDescriptor(session) {
        const { LaunchAdapter } = await import('./session');
        return new DebugAdapterInlineImplementation(new LaunchAdapter(session, parts));
      },
    }),
  ];
}

function currentFile(): DebugConfiguration {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code puts the file in its place
  return { type: TYPE, request: 'launch', name: t('Coroscope: Current File'), program: '${file}' };
}

/** Without a `launch.json`, F5 runs the file in the editor. What is wrong is told before anything starts. */
async function resolve(
  _folder: WorkspaceFolder | undefined,
  given: DebugConfiguration,
): Promise<DebugConfiguration | undefined> {
  const isEmpty = !given.type && !given.request && !given.name;
  if (isEmpty && window.activeTextEditor?.document.languageId !== 'python') {
    window.showInformationMessage(t('Open the Python file that is to run.'));
    return undefined;
  }
  const configuration = isEmpty ? currentFile() : given;
  const { readConfiguration } = await import('./configuration');
  const read = readConfiguration(configuration, t);
  if (typeof read === 'string') {
    window.showErrorMessage(noticeText(read));
    return undefined;
  }
  // There is no debugger: the toolbar has no buttons for steps then.
  return { ...configuration, noDebug: true };
}
