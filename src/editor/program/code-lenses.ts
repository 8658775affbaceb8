import {
  CodeLens,
  type CodeLensProvider,
  type Disposable,
  EventEmitter,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { blocksOf, forgetBlocks } from '../documents/documents';
import { t } from '../words/translate';

const SELECTOR = [{ language: 'python' }, { language: 'markdown' }];

/** ▶ Visualize async: above what starts an event loop, above coroutine functions, blocks of notes and cells. */
class RunLenses implements CodeLensProvider {
  readonly #changes = new EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changes.event;

  changed(): void {
    this.#changes.fire();
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    if (!workspace.getConfiguration('coroscope', document).get('codeLens', true)) return [];
    // Most files have no async code: a text search avoids the parser.
    if (document.uri.scheme === 'git' || !/\b(async|await|asyncio)\b/.test(document.getText())) return [];
    const [{ filePlaces, blockPlaces }, { kind, blocks, home }] = await Promise.all([
      import('../documents/parsers'),
      blocksOf(document),
    ]);
    const readings = blocks.all.map((read) => read());
    const places =
      kind === 'file'
        ? filePlaces(readings[0])
        : (kind === 'notebook' ? readings.slice(home, home + 1) : readings).flatMap(blockPlaces);
    return places.map(({ line, function: name, way }) => {
      const target = { uri: document.uri.toString(), line: kind === 'note' ? line : undefined, function: name, way };
      const title = `$(play) ${t('Visualize async')}`;
      return new CodeLens(new Range(line - 1, 0, line - 1, 0), {
        command: 'coroscope.visualize',
        title,
        arguments: [target],
      });
    });
  }
}

export function runLenses(): Disposable[] {
  const lenses = new RunLenses();
  return [
    languages.registerCodeLensProvider(SELECTOR, lenses),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('coroscope.codeLens')) lenses.changed();
    }),
    workspace.onDidCloseTextDocument(forgetBlocks),
    workspace.onDidCloseNotebookDocument(forgetBlocks),
  ];
}
